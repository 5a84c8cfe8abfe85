"""Units of other programs: byte offsets of UTF-8 to code points."""

from __future__ import annotations

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
