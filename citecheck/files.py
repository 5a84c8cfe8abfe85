"""Files to texts, and texts to files: how bytes become text, and what is said where they do not."""

from __future__ import annotations

import codecs
import os
import stat
import sys
from contextlib import suppress
from typing import Final, NamedTuple

from citecheck.config import Settings
from citecheck.errors import UnreadableFile, UnwritableFile
from citecheck.limits import LARGEST, fits

STDIN: Final = "-"
_BOMS: Final = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Encoding(NamedTuple):
    """How a file's text was written: a codec, and the byte order mark before the text, if any."""

    codec: str = "utf-8"
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """The bytes of a text as the file had them, its byte order mark included."""
        return self.mark + text.encode(self.codec)


UTF8_WITH_MARK: Final = Encoding("utf-8", codecs.BOM_UTF8)


class Piped(NamedTuple):
    """What came by standard input: a text, and the encoding it came in."""

    text: str
    encoding: Encoding


class Input(NamedTuple):
    """A document to be read: the name to show, its format, and what applies to it.

    It is in the file of that name, or was `piped` in. A run holds one for each of its documents, so it is kept small.
    """

    name: str
    format: str
    settings: Settings = Settings()
    piped: Piped | None = None

    @property
    def place(self) -> str:
        """What tells it from other documents, however it was named."""
        return STDIN if self.piped else os.path.abspath(self.name)

    def read(self) -> str:
        """The text, without a byte order mark and with its own line endings. Raises UnreadableFile."""
        return self.piped.text if self.piped else read(self.name)[0]

    @property
    def encoding(self) -> Encoding:
        """How the text was written. Raises UnreadableFile."""
        return self.piped.encoding if self.piped else read(self.name)[1]

    def write(self, before: str, after: str) -> None:
        """Puts a text in the place of the one that was read; what came from standard input goes to standard output.

        Raises UnwritableFile.
        """
        if self.piped:
            sys.stdout.buffer.write(self.piped.encoding.encode(after))
        else:
            write(self.name, before, after)


def read(path: str) -> tuple[str, Encoding]:
    """A file's text, its line endings as they are, and how it was encoded. Raises UnreadableFile."""
    return decode(read_bytes(path), path)


def read_bytes(path: str) -> bytes:
    """A file's bytes. Raises UnreadableFile, where they are too many as well."""
    try:
        with open(path, "rb", buffering=0) as file:
            fits(path, os.fstat(file.fileno()).st_size)
            return file.read()
    except OSError as error:
        raise unreadable(path, error) from error


def read_stdin() -> bytes:
    """The bytes that come by standard input. Raises UnreadableFile where it is closed, or does not come to an end."""
    if sys.stdin is None:
        raise UnreadableFile("there is no standard input to read from")
    data = sys.stdin.buffer.read(LARGEST + 1)
    fits("<stdin>", len(data))
    return data


def current_folder() -> str:
    """The absolute path of the current folder. Raises UnreadableFile where it was deleted."""
    try:
        return os.getcwd()
    except FileNotFoundError as error:
        raise UnreadableFile("the current folder was deleted; change to one that is there") from error


def decode(data: bytes, name: str) -> tuple[str, Encoding]:
    """The text of a file's bytes: UTF-8, or what its byte order mark says. Raises UnreadableFile."""
    mark, codec = next((each for each in _BOMS if data.startswith(each[0])), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(codec), Encoding(codec, mark)
    except UnicodeDecodeError as error:
        offset = len(mark) + error.start
        where = f"byte 0x{data[offset]:02x} at offset {offset}"
        told = f"{name}: cannot be read as text: it is not valid {codec.upper()} ({where})"
        raise UnreadableFile(f"{told}; save it as UTF-8, or leave it out with --exclude") from error


def unreadable(path: str, error: OSError) -> UnreadableFile:
    """What is said of a path that cannot be read, and what to do; names a neighbour where it leads nowhere."""
    if isinstance(error, FileNotFoundError):
        if os.path.islink(path):
            return UnreadableFile(f"{path}: is a link to nothing")
        return UnreadableFile(f"no such file or folder: {path}{_nearest(path)}")
    if isinstance(error, PermissionError):
        return UnreadableFile(f"{path}: may not be read; its permissions forbid it")
    return UnreadableFile(f"{path}: cannot be read: {error.strerror or error}")


def _nearest(path: str) -> str:
    folder, name = os.path.split(path.rstrip(os.sep))
    try:
        siblings = os.listdir(folder or os.curdir)
    except OSError:
        return ""
    from difflib import get_close_matches  # here, as most files are found

    close = get_close_matches(name, siblings, n=1)
    return f"; did you mean {os.path.join(folder, close[0])}?" if close else ""


def write(path: str, before: str, after: str) -> None:
    """Puts a text into a file in the place of the one that was read from it.

    The new text is written beside the file and takes its name in one step, so that whatever happens the file holds the
    one or the other, whole (POSIX `rename`). Its encoding and mode stay, its owner where that is permitted, and a
    symbolic link goes on leading to it; other hard links to the file keep the old text. Raises UnwritableFile where the
    file may not be written, or no longer holds what was read.
    """
    target = os.path.realpath(path)
    try:
        status = os.stat(target)
        if not all(map(_writable, (target, os.path.dirname(target)))):
            raise PermissionError
        text, encoding = read(target)
        if text != before:
            raise UnwritableFile(f"{path}: changed while it was checked, and is left as it is; run again")
        replace(target, encoding.encode(after), status)
    except OSError as error:
        raise _unwritable(path, error) from error


def _writable(path: str) -> bool:
    """Whether a file or folder may be written; where nobody may, root does not either, to whom nothing is forbidden."""
    return bool(os.stat(path).st_mode & 0o222) and os.access(path, os.W_OK)


def replace(target: str, data: bytes, status: os.stat_result) -> None:
    """Gives a file new bytes, and the owner and mode of `status`; raises OSError, and the file is as it was.

    It goes by way of a temporary file, which is gone afterwards whatever happens but a kill.
    """
    folder, name = os.path.split(target)
    import tempfile  # here, as most runs write nothing

    descriptor, temporary = tempfile.mkstemp(prefix=f".{name[:100]}.", suffix=".citecheck", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            _inherit(file.fileno(), status)
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    _settle(folder)


def _inherit(descriptor: int, status: os.stat_result) -> None:
    """Gives a file an owner and a mode; the owner first, since a change of it takes bits from the mode."""
    if hasattr(os, "fchown"):
        with suppress(PermissionError):  # only root gives files away; a group one belongs to can be kept
            os.fchown(descriptor, -1, status.st_gid)
            os.fchown(descriptor, status.st_uid, -1)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode))


def _settle(folder: str) -> None:
    """Makes the new name last through a loss of power, on systems that can flush a folder."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(path: str, error: OSError) -> UnwritableFile:
    if isinstance(error, PermissionError):
        return UnwritableFile(f"{path}: may not be written; its permissions, or its folder's, forbid it")
    return UnwritableFile(f"{path}: cannot be written: {error.strerror or error}")
