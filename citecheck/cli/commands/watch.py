"""`citecheck check --watch`: checks again whenever a document or a settings file changes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from citecheck.config.discovery import NAMES
from citecheck.errors import CitecheckError, UsageError
from citecheck.files.decoding import STDIN
from citecheck.readers import format_for
from citecheck.reports.terminal import visible

_CLEAR: Final = "\x1b[2J\x1b[3J\x1b[H"  # the screen and what was scrolled off it; then the cursor in its corner
_QUIET: Final = 300  # milliseconds without a change; an editor, or git, writes several files at once


def watch(paths: Sequence[str], check: Callable[[], int], *, config: str | None = None) -> int:
    """Checks at once and after every change, until interrupted.

    `config` is a settings file that is watched with them. Raises UsageError where nothing can be watched.
    """
    if STDIN in paths:
        raise UsageError("standard input cannot be watched")
    missing = [path for path in paths if not os.path.exists(path)]
    if missing:
        raise UsageError(f"no such file or folder: {missing[0]}")
    for _ in _occasions(paths, config):
        if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
            sys.stdout.write(_CLEAR)
            sys.stdout.flush()  # before errors, which have a stream of their own
        try:
            check()
        except CitecheckError as error:  # a settings file half-written; the next change may complete it
            sys.stderr.write(f"citecheck: {visible(str(error))}\n")
        sys.stdout.write(f"\nchecked at {time.strftime('%H:%M:%S')}; watching, Ctrl+C ends it\n\n")
        sys.stdout.flush()
    return 0


def _occasions(paths: Sequence[str], config: str | None) -> Iterator[None]:
    """Now, and then whenever something changed that matters."""
    try:
        import watchfiles  # an extra: few need it
    except ImportError as error:
        raise UsageError("--watch needs watchfiles; install it with: pip install 'citecheck-lint[watch]'") from error

    settings = {*NAMES, os.path.basename(config)} if config else {*NAMES}

    def matters(change: object, path: str) -> bool:
        name = os.path.basename(path)
        return name in settings or format_for(name) is not None

    yield
    for _ in watchfiles.watch(*paths, *filter(None, [config]), watch_filter=matters, step=_QUIET):
        yield
