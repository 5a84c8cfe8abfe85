"""What readers of a Markdown document see, comments aside: to tell whether a change of its source shows."""

from __future__ import annotations

from typing import Final

import pyromark
import regex

from citecheck.patterns import lazy

_MARKDOWN: Final = pyromark.Markdown(
    options=(
        pyromark.Options.ENABLE_TABLES
        | pyromark.Options.ENABLE_FOOTNOTES
        | pyromark.Options.ENABLE_TASKLISTS
        | pyromark.Options.ENABLE_MATH
        | pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
        | pyromark.Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
    )
)
_COMMENT: Final = lazy(r"<!--.*?-->", regex.DOTALL)
_SPACE: Final = lazy(r"\s+(?=<|\Z)|\s+")


def rendered(text: str) -> str:
    """The document as HTML, without comments and with spaces as browsers see them."""
    html = _COMMENT.sub("", _MARKDOWN.html(text))
    return _SPACE.sub(" ", html).replace(" <", "<").replace("> ", ">")
