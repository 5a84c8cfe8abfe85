"""Worker processes that leave signals to their parent, and never outlive it, whatever ends it."""

from __future__ import annotations

import os
import signal
import sys
from typing import Final

_PR_SET_PDEATHSIG: Final = 1  # <linux/prctl.h>: the signal that a process gets when its parent ends


def serve(parent: int) -> None:
    """Makes this process a worker of its parent, whose id is given; called first of all in it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux" and _is_signalled():
        if os.getppid() != parent:  # which ended before it could be signalled
            os._exit(0)
    else:
        _watch()


def _is_signalled() -> bool:
    """Has the system end this process with its parent; whether it will."""
    import ctypes  # here, as small runs have no workers

    try:
        return bool(ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL)) == 0)
    except (OSError, AttributeError):  # no C library, or one that cannot
        return False


def _watch() -> None:
    """Ends this process with its parent, whose end of a pipe is closed then."""
    import threading
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    if parent := parent_process():
        sentinel = parent.sentinel

        def end() -> None:
            wait([sentinel])
            os._exit(0)

        threading.Thread(target=end, daemon=True).start()
