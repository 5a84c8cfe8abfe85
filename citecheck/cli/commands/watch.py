"""`citecheck check --watch`: checks again whenever a document or a settings file changes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence

from citecheck.config.discovery import NAMES
from citecheck.errors import CitecheckError, UsageError
from citecheck.files.decoding import STDIN
from citecheck.readers import format_for
from citecheck.reports.terminal import visible


def watch(paths: Sequence[str], check: Callable[[], int]) -> int:
    """Checks at once and after every change, until interrupted. Raises UsageError where nothing can be watched."""
    if STDIN in paths:
        raise UsageError("standard input cannot be watched")
    missing = [path for path in paths if not os.path.exists(path)]
    if missing:
        raise UsageError(f"no such file or folder: {missing[0]}")
    for _ in _occasions(paths):
        try:
            check()
        except CitecheckError as error:  # a settings file half-written; the next change may mend it
            sys.stderr.write(f"citecheck: {visible(str(error))}\n")
        sys.stdout.write("\nwatching; Ctrl+C ends it\n\n")
        sys.stdout.flush()
    return 0


def _occasions(paths: Sequence[str]) -> Iterator[None]:
    """Now, and then whenever something changed that matters."""
    try:
        import watchfiles  # an extra: few need it
    except ImportError as error:
        raise UsageError("--watch needs watchfiles; install it with: pip install 'citecheck-lint[watch]'") from error

    yield
    for _ in watchfiles.watch(*paths, watch_filter=_matters):
        yield


def _matters(change: object, path: str) -> bool:
    name = os.path.basename(path)
    return name in NAMES or format_for(name) is not None
