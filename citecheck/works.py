"""Whether two entries are of one work, written perhaps in two ways."""

from __future__ import annotations

from typing import NamedTuple

from citecheck.document import Source
from citecheck.identifiers.url import bare
from citecheck.patterns import lazy

_BETWEEN_WORDS = lazy(r"[^\p{L}\p{M}\p{N}]+")


class Work(NamedTuple):
    """What tells the work of one entry from that of another."""

    doi: str | None
    address: str | None  # without its fragment
    fragment: str
    words: str
    bare: bool  # an address and no words

    @classmethod
    def of(cls, source: Source) -> Work:
        """The work that a source's words speak of."""
        doi, url, words = source.record.doi, source.record.url, _words(source.text)
        bare = url is not None and words in _words(url.value)
        address, fragment = _address(url.value) if url else (None, "")
        return cls(doi and doi.value.casefold(), address, fragment, words, bare)

    def same(self, other: Work, *, in_parts: bool = True) -> bool:
        """Whether nothing shows that this is another work.

        The same DOI or address is the same work, unless it leads to two places of a page; so is an entry that says less
        than the other, and nothing else: a shorter form of it, no words at all, or an address beside words without one,
        where works may be told `in_parts`. Two addresses alone are two works, though one begins like the other.
        """
        if self.doi and other.doi:
            return self.doi == other.doi
        if self.address and self.address == other.address:
            return self.fragment == other.fragment or not (self.fragment and other.fragment)
        if self.bare and other.bare:
            return False
        if in_parts and ((self.bare and not other.address) or (other.bare and not self.address)):
            return True
        return self.words in other.words or other.words in self.words


def _words(text: str) -> str:
    """A text's words in lower case with a space on each side; a lone space where there are none."""
    return f" {_BETWEEN_WORDS.sub(' ', text.casefold()).strip()} ".replace("  ", " ")


def _address(url: str) -> tuple[str, str]:
    """An address without what two writers put differently: scheme, `www.`, port, closing slash, case; and its fragment.

    What a browser is to highlight, `#:~:text=salt`, is no place of a document.
    """
    address, _, fragment = bare(url).casefold().partition("#")
    return address.rstrip("/"), "" if fragment.startswith(":~:") else fragment
