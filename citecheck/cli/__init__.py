"""The command line: arguments in, exit status out; no judgement of its own.

Exit status: 0 nothing found that weighs enough to fail, 1 something found, 2 the run itself failed. Python's own
exit status 1 never passes for a finding: `main` catches whatever is raised.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from itertools import takewhile
from typing import Final, NoReturn

from citecheck import __version__
from citecheck.cli.arguments import command_of, parse
from citecheck.cli.commands import FAILED, PASSED
from citecheck.errors import CitecheckError, UsageError, shown

_INTERRUPTED: Final = 130  # what a shell reports of a command that SIGINT ended
_PIPE_CLOSED: Final = 141  # and of one that SIGPIPE ended
_HELP: Final = frozenset({"--help", "-h"})
_VERSION: Final = frozenset({"--version", "-V"})
_SHELL: Final = frozenset({"--install-completion", "--show-completion"})
_COMPLETING: Final = "_CITECHECK_COMPLETE"  # the variable by which a shell asks what could follow


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command and exits: the whole of the command line."""
    sys.exit(status(arguments))


def status(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns the exit status."""
    try:
        _prepare_output()
        code = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
        return code
    except CitecheckError as error:
        return _fail(str(error))
    except BrokenPipeError:
        _drop_output()  # anyone who read it has read enough
        return _PIPE_CLOSED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            _drop_output()
            return _fail(f"the report cannot be written: {error.strerror}")
        _fail("internal error; please report it, with the lines that follow and, if you may, the document")
        import traceback

        traceback.print_exception(error)
        return FAILED


def _drop_output() -> None:
    """Lets what is still to be written go nowhere: Python would complain once more when it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _prepare_output() -> None:
    if sys.stdout is None:  # closed by anyone who started the command
        raise CitecheckError("there is no standard output to write to")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a document may hold what the terminal cannot show


def _run(arguments: Sequence[str]) -> int:
    """Runs the command that the arguments name, or prints the help or the version that they ask for."""
    if not arguments:
        _by_typer("--help")
        return FAILED  # a run that checks nothing must not pass
    name, *rest = arguments
    if name in _HELP:
        return _by_typer("--help")
    if name in _SHELL or _COMPLETING in os.environ:
        return _by_typer(*arguments)
    if name in _VERSION:
        sys.stdout.write(f"citecheck {__version__}\n")
        return PASSED
    if name.startswith("-"):
        raise UsageError(f"no such option before a command: {shown(name, quoted=False)}; `citecheck --help` shows all")
    command = command_of(name)
    if not _HELP.isdisjoint(takewhile(lambda each: each != "--", rest)):
        return _by_typer(name, "--help")
    return parse(command, rest).run()


def _by_typer(*arguments: str) -> int:
    from citecheck.cli.typer_help import answer

    code = answer(arguments)
    return _PIPE_CLOSED if code == 1 else code  # 1 is what Typer makes of a closed pipe


def _fail(message: str) -> int:
    shown = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in message)
    sys.stderr.write(f"citecheck: {shown}\n")
    return FAILED
