"""Units of other programs: byte offsets of UTF-8, and what editors count columns in, to code points and back."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

_STRIDE = 256  # bytes between two checkpoints of a ByteIndex
_CONTINUATION = bytes(range(0x80, 0xC0))  # all bytes of a code point but its first, in UTF-8


class ByteIndex:
    """Turns UTF-8 byte offsets into code points; built once for a text that is not all ASCII.

    Without its continuation bytes UTF-8 has one byte a code point. How many there are is known for every 256th
    byte, so an offset costs a look at the few bytes before it.
    """

    __slots__ = ("_bytes", "_counts")

    def __init__(self, encoded: bytes) -> None:
        self._bytes = encoded
        self._counts = [0]
        for start in range(0, len(encoded), _STRIDE):
            piece = encoded[start : start + _STRIDE].translate(None, _CONTINUATION)
            self._counts.append(self._counts[-1] + len(piece))

    def code_point(self, offset: int) -> int:
        """The code point that begins at a byte offset."""
        checkpoint = offset // _STRIDE
        tail = self._bytes[checkpoint * _STRIDE : offset]  # may begin within a code point, which is counted already
        return self._counts[checkpoint] + len(tail.decode(errors="ignore"))


class Unit(StrEnum):
    """What a program counts the columns of a line in: a position encoding of the Language Server Protocol 3.17."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    UTF_32 = "utf-32"


_CODEC: Final = {Unit.UTF_8: ("utf-8", 1), Unit.UTF_16: ("utf-16-le", 2)}  # and the bytes of a code unit
_LONE: Final = "surrogatepass"  # half of a pair, which an editor may send, counts as any other code point


def code_units(text: str, unit: Unit) -> int:
    """How many code units a text has."""
    if unit is Unit.UTF_32 or text.isascii():
        return len(text)
    codec, width = _CODEC[unit]
    return len(text.encode(codec, _LONE)) // width


def code_points(text: str, count: int, unit: Unit) -> int:
    """How many code points the first code units of a text are: all where it has fewer, and none that is cut in two."""
    if unit is Unit.UTF_32 or text.isascii():
        return min(count, len(text))
    codec, width = _CODEC[unit]
    encoded = text.encode(codec, _LONE)
    if count * width >= len(encoded):
        return len(text)
    head = encoded[: count * width]
    if unit is Unit.UTF_8:
        return len(head.translate(None, _CONTINUATION)) - (encoded[count] in _CONTINUATION)
    begun = head.decode(codec, _LONE)
    return len(begun) - (bool(begun) and begun[-1] != text[len(begun) - 1])
