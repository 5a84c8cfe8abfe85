"""What readers of a Markdown document see, comments aside: to tell whether a change of its source shows."""

from __future__ import annotations

from typing import Final

import regex

from citecheck.readers.markdown import MARKDOWN
from citecheck.text.patterns import lazy_regex

# A comment that nothing closes stays, and no other is looked for behind it: none could close either.
_COMMENT: Final = lazy_regex(r"<!--(?:.*?-->|.*(*SKIP)(*FAIL))", regex.DOTALL)


def rendered(text: str) -> str:
    """The document as HTML, without comments and with spaces as browsers see them."""
    html = _COMMENT.sub("", MARKDOWN.html(text))
    return " ".join(html.split()).replace(" <", "<").replace("> ", ">")
