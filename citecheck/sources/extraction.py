"""The text of a source out of its file: HTML, Markdown, plain text, or PDF with the extra `[pdf]`.

Nothing is rendered, run or followed. A page is taken whole: to cut what looks like a menu loses passages that are
quoted, and to keep it costs nothing but room.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from citecheck.errors import UnreadableFile, UsageError
from citecheck.files.encodings import UTF_8
from citecheck.sources.html_text import html_text
from citecheck.text.patterns import lazy_re

_CHARSET = lazy_re(r"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})")
_FALLBACK: Final = "cp1252"  # what browsers take for a page that says nothing and is not UTF-8 (WHATWG Encoding)
_HEAD: Final = 4_096  # bytes of a page in which it says how it is encoded


class Extracted(NamedTuple):
    """The text of a source, its title where the file says it, its type, and what read it, with its version."""

    text: str
    type: str
    reader: str
    title: str = ""


def extracted(name: str, data: bytes) -> Extracted:
    """The text of a file by its name. Raises UsageError for a kind of file that is not read, and where an extra lacks.

    Raises UnreadableFile for a broken PDF.
    """
    suffix = os.path.splitext(name)[1].lower()
    if suffix not in _READERS:
        raise UsageError(f"{name}: no source is read from such a file; give HTML, Markdown, plain text or PDF")
    return _READERS[suffix](name, data)


def from_html(name: str, data: bytes) -> Extracted:
    """The text of a page, with its title and the day on which it says that it was published."""
    page = html_text(_page(data))
    return Extracted(page.text, "text/html", "html 1", page.title)


def from_text(name: str, data: bytes) -> Extracted:
    """The text of plain text or Markdown, as it is."""
    return Extracted(_decoded(data, UTF_8), "text/plain", "text 1")


def from_pdf(name: str, data: bytes) -> Extracted:
    """The text of a PDF, page after page. Raises UsageError without the extra, and UnreadableFile for a broken file."""
    try:
        import pypdfium2
    except ImportError as error:
        raise UsageError(f"{name}: PDF is read with pip install 'citecheck-lint[pdf]'") from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(f"{name}: is no PDF that can be read, or needs a password") from error
    try:
        pages = [_page_text(page) for page in document]
    finally:
        document.close()
    return Extracted("\n\n".join(pages), "application/pdf", "pdf 1")


def _page_text(page: object) -> str:
    text_page = page.get_textpage()  # type: ignore[attr-defined]  # the library has no types
    text: str = text_page.get_text_range()
    text_page.close()
    page.close()  # type: ignore[attr-defined]
    return text


def _page(data: bytes) -> str:
    """The text of a page, in the encoding that it names, else UTF-8, else what browsers take it for."""
    named = _CHARSET.search(data[:_HEAD].decode("ascii", "replace"))
    return _decoded(data, named[1].lower() if named else UTF_8)


def _decoded(data: bytes, codec: str) -> str:
    from citecheck.files.encodings import codec_for, decode

    for each in (codec, UTF_8, _FALLBACK):
        try:
            return decode(data, "", codec_for(each))[0]
        except (UnreadableFile, UsageError):
            continue
    return data.decode(UTF_8, "replace")


_READERS: Final[Mapping[str, Callable[[str, bytes], Extracted]]] = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), from_html),
    **dict.fromkeys((".txt", ".text", ".md", ".markdown", ".mkd"), from_text),
    ".pdf": from_pdf,
}
