"""Bytes to text and back: which encodings are known, and what a byte order mark says.

Only sets of characters are encodings here. Python has more codecs, which decompress, encrypt or run escapes, and finds
them by importing whatever has the name; a name is looked up in the table first, and may come from anywhere.
"""

from __future__ import annotations

import codecs
from encodings.aliases import aliases
from typing import Final, NamedTuple

from citecheck.errors import NotText, known
from citecheck.text.patterns import lazy_re

UTF_8: Final = "utf-8"
_CODECS: Final = frozenset(
    "ascii utf_8 utf_16_le utf_16_be utf_32_le utf_32_be latin_1 "
    "iso8859_2 iso8859_3 iso8859_4 iso8859_5 iso8859_6 iso8859_7 iso8859_8 iso8859_9 iso8859_10 iso8859_11 iso8859_13 "
    "iso8859_14 iso8859_15 iso8859_16 "
    "cp437 cp720 cp737 cp775 cp850 cp852 cp855 cp856 cp857 cp858 cp860 cp861 cp862 cp863 cp864 cp865 cp866 cp869 cp874 "
    "cp932 cp949 cp950 cp1006 cp1125 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 "
    "koi8_r koi8_t koi8_u kz1048 hp_roman8 ptcp154 tis_620 "
    "mac_cyrillic mac_greek mac_iceland mac_latin2 mac_roman mac_turkish "
    "big5 big5hkscs gb2312 gbk gb18030 hz euc_jp euc_jis_2004 euc_jisx0213 euc_kr johab "
    "shift_jis shift_jis_2004 shift_jisx0213 "
    "iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr".split()
)
_ALSO: Final = {"utf_8_sig": "utf_8"}  # what a byte order mark says is known without
_SEPARATORS: Final = lazy_re(r"[\W_]+")
_BOMS: Final = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Encoding(NamedTuple):
    """How a file's text was written: a codec, and the byte order mark before the text, if any."""

    codec: str = UTF_8
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """The bytes of a text as the file had them, its byte order mark included. Raises UnicodeEncodeError."""
        return self.mark + text.encode(self.codec)


UTF8_WITH_MARK: Final = Encoding(UTF_8, codecs.BOM_UTF8)


def codec_for(word: str) -> str:
    """The codec of an encoding by any name that is usual for it, such as `latin-1`. Raises UsageError for others."""
    name = _SEPARATORS.sub("_", word.lower()).strip("_")
    name = aliases.get(name, name)
    name = _ALSO.get(name, name)
    if name not in _CODECS:
        known(word, _usual_names(), "encoding")
    return name.replace("_", "-")


def _usual_names() -> list[str]:
    """Names to suggest: those of the codecs, and those that people write."""
    names = {alias for alias, name in aliases.items() if name in _CODECS and not alias[0].isdigit()}
    return sorted(name.replace("_", "-") for name in names | _CODECS)


def decode(data: bytes, name: str, codec: str = UTF_8) -> tuple[str, Encoding]:
    """The text of a file's bytes, in the encoding that its byte order mark says, or else in the one that is given.

    Raises NotText.
    """
    mark, codec = next((each for each in _BOMS if data.startswith(each[0])), (b"", codec))
    try:
        return data[len(mark) :].decode(codec), Encoding(codec, mark)
    except UnicodeDecodeError as error:
        offset = len(mark) + error.start
        where = f"byte 0x{data[offset : offset + 1].hex()} at offset {offset}"
        told = f"{name}: cannot be read as text: it is not valid {codec.upper()} ({where})"
        raise NotText(
            f"{told}; save it as UTF-8, say what it is with --encoding, or exclude it with --exclude"
        ) from error
