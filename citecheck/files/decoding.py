"""Files to texts, and texts to files: what is read, what is written, and what is said where that cannot be."""

from __future__ import annotations

import errno
import os
import stat
import sys
from typing import Final, NamedTuple

from citecheck.errors import CitecheckError, NotText, UnreadableFile, UnwritableFile, nearest
from citecheck.files.encodings import UTF_8, Encoding, decode
from citecheck.files.roots import Root
from citecheck.files.writing import replacing
from citecheck.limits import LARGEST, check_size
from citecheck.model.settings import Settings

STDIN: Final = "-"


class Input(NamedTuple):
    """A document to be read: the name to show, its format, and what applies to it.

    It is in the file of that name, below `root` and by no link, or was `piped` in. `codec` is how its text is written
    where no byte order mark says so; a `lenient` one may be no text without failing the run. A run holds one for each
    of its documents, so it is kept small.
    """

    name: str
    format: str
    settings: Settings = Settings()
    piped: bytes | None = None
    codec: str = UTF_8
    lenient: bool = False
    root: Root | None = None

    @property
    def place(self) -> str:
        """What distinguishes it from other documents, however it was named."""
        if self.piped is not None:
            return STDIN
        path = os.path.abspath(self.name)
        return self.root.real + path.removeprefix(self.root.named) if self.root else path

    def data(self) -> bytes:
        """The bytes. Raises UnreadableFile."""
        return read_bytes(self.name) if self.piped is None else self.piped

    def decoded(self, data: bytes) -> tuple[str, Encoding]:
        """The text of its bytes, or of those of an older version, and how it was written. Raises NotText."""
        return decode(data, self.name, self.codec)

    def read(self) -> str:
        """The text, without a byte order mark and with its own line endings. Raises UnreadableFile."""
        return self.decoded(self.data())[0]

    def tolerates(self, error: CitecheckError) -> bool:
        """Whether the document's settings take why it cannot be read for a warning."""
        return self.lenient and isinstance(error, NotText)

    def encoded(self, before: str, after: str) -> tuple[bytes, Encoding]:
        """A text as it would be written in the place of the one that was read, and how that is.

        Raises UnwritableFile where it cannot be written so, or where bytes would change that nobody meant to change;
        UnreadableFile where the document is gone.
        """
        data = self.data()
        text, encoding = self.decoded(data)
        if text != before:
            raise UnwritableFile(f"{self.name}: changed while it was checked, and is left as it is; run again")
        told = f"{self.name}: is left as it is"
        if encoding.encode(before) != data:
            raise UnwritableFile(
                f"{told}: its bytes are not those that {encoding.codec} has for its text; save it as UTF-8"
            )
        try:
            return encoding.encode(after), encoding
        except UnicodeEncodeError as error:
            character = ascii(after[error.start])
            raise UnwritableFile(
                f"{told}: {encoding.codec} has no {character}, which a fix writes; save it as UTF-8"
            ) from error

    def write(self, before: str, after: str) -> None:
        """Puts a text in the place of the one that was read; what came from standard input goes to standard output.

        Raises UnwritableFile.
        """
        data, _ = self.encoded(before, after)
        if self.piped is None:
            write(self.name, data, self.root)
        else:
            sys.stdout.buffer.write(data)


def read_bytes(path: str) -> bytes:
    """A file's bytes. Raises UnreadableFile, where they are too many, or where the path has become a link, as well."""
    try:
        with open(os.open(path, _UNFOLLOWED), "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableFile(f"{path}: is not a file")
            check_size(path, status.st_size)
            return file.read()
    except OSError as error:
        raise unreadable(path, error) from error


# A name is looked at before it is opened, and may represent something else by then; a pipe would be waited for.
_UNFOLLOWED: Final = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


def read_stdin() -> bytes:
    """The bytes that come by standard input. Raises UnreadableFile where it is closed, or does not come to an end."""
    if sys.stdin is None:
        raise UnreadableFile("there is no standard input to read from")
    data = sys.stdin.buffer.read(LARGEST + 1)
    check_size("<stdin>", len(data))
    return data


def current_folder() -> str:
    """The absolute path of the current folder. Raises UnreadableFile where it was deleted."""
    try:
        return os.getcwd()
    except FileNotFoundError as error:
        raise UnreadableFile("the current folder was deleted; change to one that is there") from error


def unreadable(path: str, error: OSError) -> UnreadableFile:
    """What is said of a path that cannot be read, and what to do; names a neighbour where it points nowhere."""
    if isinstance(error, FileNotFoundError):
        if os.path.islink(path):
            return UnreadableFile(f"{path}: is a link to nothing")
        return UnreadableFile(f"no such file or folder: {path}{_nearest(path)}")
    if isinstance(error, PermissionError):
        return UnreadableFile(f"{path}: may not be read; its permissions forbid it")
    if error.errno == errno.ELOOP and os.path.exists(path):
        return UnreadableFile(f"{path}: has become a link while it was checked; run again")
    return UnreadableFile(f"{path}: cannot be read: {error.strerror or error}")


def _nearest(path: str) -> str:
    folder, name = os.path.split(path.rstrip(os.sep))
    try:
        siblings = os.listdir(folder or os.curdir)
    except OSError:
        return ""
    stem, suffix = os.path.splitext(name)
    same = [each for each in siblings if os.path.splitext(each)[0] == stem]
    stems = {os.path.splitext(each)[0]: each for each in siblings if each.endswith(suffix)}
    meant = same[0] if len(same) == 1 else stems.get(nearest(stem, stems) or "")
    return f"; did you mean {os.path.join(folder, meant)}?" if meant else ""


def write(path: str, data: bytes, root: Root | None = None) -> None:
    """Puts bytes into a file that is there.

    They are written elsewhere and take the file's name in one step, so that whatever happens the file holds the old or
    the new, whole (POSIX `rename`). Its mode stays, its owner where that is permitted; other hard links to the file
    keep what they had. Raises UnwritableFile where the file may not be written, or where a link now points outside
    its root.
    """
    target = os.path.realpath(path)
    try:
        status = os.stat(target)
        if not all(map(_writable, (target, os.path.dirname(target)))):
            raise PermissionError
        if root and (refusal := root.refusal(path)):  # as the last thing before it is written
            raise UnwritableFile(f"{path}: is {refusal}, and is left as it is")
        with replacing(target, status) as file:
            file.write(data)
    except OSError as error:
        raise _unwritable(path, error) from error


def _writable(path: str) -> bool:
    """Whether a file or folder may be written; where nobody may, root does not either, to whom nothing is forbidden."""
    return bool(os.stat(path).st_mode & 0o222) and os.access(path, os.W_OK)


def _unwritable(path: str, error: OSError) -> UnwritableFile:
    if isinstance(error, PermissionError):
        return UnwritableFile(f"{path}: may not be written; its permissions, or its folder's, forbid it")
    return UnwritableFile(f"{path}: cannot be written: {error.strerror or error}")
