"""What changed since a git revision, as git itself tells it.

Git is asked with arguments, never through a shell, and told to run no program that settings name (`--no-ext-diff`,
`--no-textconv`, no file system monitor). Paths are passed literally and read NUL-terminated.
"""

from __future__ import annotations

import os
import re
import subprocess
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from typing import Final

from citecheck.errors import CitecheckError, UsageError
from citecheck.execution.fingerprints import fingerprint
from citecheck.files.besides import Content, Files, digest
from citecheck.files.roots import Root, lies_in
from citecheck.model.findings import Diagnostic
from citecheck.model.results import Result
from citecheck.text.spans import Span

_BINARY: Final = re.compile(rb"^Binary files ", re.MULTILINE)  # in a difference without context a header alone
_HUNK: Final = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_SAFE: Final = ("git", "-c", "core.fsmonitor=false", "--literal-pathspecs", "--no-optional-locks")
_PLAIN: Final = ("--no-ext-diff", "--no-textconv", "--no-color", "--find-renames")


class Changes:
    """What changed since a revision in the repository of the current folder.

    Where the revision is on another branch, what counts is the last commit that both have in common. Raises UsageError
    where there is no repository, no git, or no such revision.
    """

    def __init__(self, revision: str) -> None:
        try:
            top = _git("rev-parse", "--show-toplevel", folder=os.curdir)
        except CitecheckError as error:
            raise UsageError(f"what changed cannot be determined: {error}") from error
        self._root = os.fsdecode(top).rstrip("\n")
        try:
            commit = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
        except CitecheckError as error:
            raise UsageError(f"git knows no revision {revision!r}") from error
        self._base = self._fork(os.fsdecode(commit))
        self._gone: dict[str, str] = {}
        self._before = dict(self._changed())

    def _fork(self, commit: str) -> str:
        try:
            return os.fsdecode(self._ask("merge-base", "HEAD", commit)).strip()
        except CitecheckError:  # no common history
            return commit

    def _changed(self) -> list[tuple[str, str | None]]:
        """Each changed file as it is now, and the path it had; None for a file that is new."""
        words = os.fsdecode(self._ask("diff", "--name-status", "-z", *_PLAIN, self._base)).split("\0")
        found: list[tuple[str, str | None]] = []
        at = 0
        while at + 1 < len(words):
            status, old = words[at][:1], words[at + 1]
            moved = status in ("R", "C")
            new = words[at + 2] if moved else old
            at += 3 if moved else 2
            if status in ("D", "R"):
                self._gone[self._place(old)] = old
            if status != "D":
                found.append((self._place(new), None if status == "A" else old))
        untracked = os.fsdecode(self._ask("ls-files", "--others", "--exclude-standard", "-z")).split("\0")
        return [*found, *((self._place(each), None) for each in untracked if each)]

    def _place(self, path: str) -> str:
        return os.path.join(os.path.realpath(self._root), path)  # a link that changed is not what it points to

    def __contains__(self, path: str) -> bool:
        """Whether a document changed, or is new."""
        return os.path.realpath(path) in self._before

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self._before or self._gone)

    def earlier(self) -> Files:
        """The files of the repository as they were."""
        return _EarlierFiles(self._before, self._gone, lambda old: self._ask("show", f"{self._base}:{old}"))

    def before(self, path: str) -> bytes | None:
        """The bytes that a changed document had at the revision; None for one that is new."""
        old = self._before[os.path.realpath(path)]
        return None if old is None else self._ask("show", f"{self._base}:{old}")

    def touched(self, result: Result, before: Callable[[bytes | None], Result]) -> Result:
        """A result with those findings only that the change touches or brought about.

        A finding is touched when a changed line is its own, or one of those that explain it. It was brought about when
        the document did not have it `before`, which checks the bytes of an older version, or None for the same beside
        other files: so a marker counts whose source was deleted.
        """
        place = os.path.realpath(result.path)
        if not result.diagnostics or (place in self._before and self._before[place] is None):
            return result
        old = self._before.get(place)
        lines = self._changed_lines(place, old) if old else frozenset[int]()
        if lines is None:
            return result
        newlines = [at.start() for at in re.finditer("\n", result.text)]
        data = self._ask("show", f"{self._base}:{old}") if old else None
        had = Counter(map(fingerprint, before(data).diagnostics))
        kept = []
        for each in result.diagnostics:
            print_ = fingerprint(each)
            brought = had[print_] == 0
            had[print_] -= 1
            if brought or any(_lines(span, newlines) & lines for span in _spans(each)):
                kept.append(each)
        return result.only(kept, "untouched")

    def _changed_lines(self, place: str, old: str) -> frozenset[int] | None:
        """The lines of a file that are new or were edited, as git counts them; None where it cannot."""
        relative = os.path.relpath(place, os.path.realpath(self._root))
        told = self._ask("diff", "--unified=0", "--inter-hunk-context=0", *_PLAIN, self._base, "--", old, relative)
        if _BINARY.search(told):
            return None  # as it takes UTF-16
        hunks = [(int(hunk[1]), int(hunk[2] or 1)) for hunk in _HUNK.finditer(told)]
        return frozenset(line for first, count in hunks for line in range(first, first + count))

    def _ask(self, *arguments: str) -> bytes:
        return _git(*arguments, folder=self._root)


class _EarlierFiles(Files):
    """The files as they were: `before` are those that have changed since, `gone` those that are no longer there."""

    def __init__(self, before: dict[str, str | None], gone: dict[str, str], show: Callable[[str], bytes]) -> None:
        super().__init__()
        self._then = {**before, **gone}
        self._show = show

    def there(self, path: str) -> bool:
        place = os.path.realpath(path)
        return self._then[place] is not None if place in self._then else super().there(path)

    def content(self, path: str) -> Content:
        place = os.path.realpath(path)
        if place not in self._then:
            return super().content(path)
        if (old := self._then[place]) is None:
            return Content(fault="it was not there")
        data = self._show(old)
        return Content(data, digest(data))

    def below(self, root: Root) -> tuple[str, ...] | None:
        now = super().below(root)
        if now is None:
            return None
        then = (place for place, old in self._then.items() if old is not None and lies_in(place, root.real))
        named = (os.path.join(root.named, os.path.relpath(place, root.real)) for place in then)
        return tuple(sorted({*filter(self.there, now), *named}))


def _spans(diagnostic: Diagnostic) -> list[Span]:
    return [diagnostic.span, *(each.span for each in diagnostic.related)]


def _lines(span: Span, newlines: list[int]) -> frozenset[int]:
    """The lines of a span as git counts them, from 1; they end at line feeds only."""
    first, last = bisect_left(newlines, span.start), bisect_left(newlines, max(span.start, span.end - 1))
    return frozenset(range(first + 1, last + 2))


def _git(*arguments: str, folder: str) -> bytes:
    """What git answers. Raises CitecheckError with the first line of what it says is wrong."""
    try:
        done = subprocess.run([*_SAFE, *arguments], cwd=folder, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise CitecheckError("git is not installed") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CitecheckError(lines[0] if lines else f"git {arguments[0]} failed")
    return done.stdout
