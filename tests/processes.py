"""Commands run as their users run them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}


def behind(statement: str, command: Sequence[str]) -> list[str]:
    """A command that takes the place of a process in which a statement of Python was run."""
    return [sys.executable, "-c", f"import os, sys; {statement}; os.execv(sys.argv[1], sys.argv[1:])", *command]


@contextmanager
def interruptible(command: Sequence[str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that an interruption ends, even where the tests run where none does, as behind `nohup` and `&`.

    It is gone afterwards, whatever happens.
    """
    heard = behind("import signal; signal.signal(signal.SIGINT, signal.SIG_DFL)", command)
    with subprocess.Popen(
        heard, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            yield process
        finally:
            process.kill()
