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
# A comment that nothing closes stays, and no other is looked for behind it: none could close either.
_COMMENT: Final = lazy(r"<!--(?:.*?-->|.*(*SKIP)(*FAIL))", regex.DOTALL)


def rendered(text: str) -> str:
    """The document as HTML, without comments and with spaces as browsers see them."""
    html = _COMMENT.sub("", _MARKDOWN.html(text))
    return " ".join(html.split()).replace(" <", "<").replace("> ", ">")
