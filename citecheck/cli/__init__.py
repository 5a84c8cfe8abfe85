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
from typing import Final, NoReturn, cast

from citecheck.cli.commands import FAILED
from citecheck.cli.fast_path import parse_check
from citecheck.cli.requests import Run, build_check
from citecheck.errors import CitecheckError
from citecheck.text.patterns import lazy_re

_INTERRUPTED: Final = 130  # what a shell reports of a command that SIGINT ended
_PIPE_CLOSED: Final = 141  # and of one that SIGPIPE ended
_HINT: Final = lazy_re(r"\.? \(?(?:Did you mean|Possible options:) (?P<words>.+)")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command and exits: the whole of the command line."""
    sys.exit(status(arguments))


def status(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns the exit status."""
    try:
        _prepare_output()
        run = _understood(arguments)
        code = run if isinstance(run, int) else run()
        sys.stdout.flush()
        return code
    except CitecheckError as error:
        return _fail(str(error))
    except BrokenPipeError:
        _drop_output()  # whoever read it has read enough
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
    if sys.stdout is None:  # closed by whoever started the command
        raise CitecheckError("there is no standard output to write to")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a document may hold what the terminal cannot show


def _understood(arguments: Sequence[str] | None) -> Run | int:
    """What the arguments ask for: a run, or the exit status where it is done already, as for `--help`."""
    asked = parse_check(sys.argv[1:] if arguments is None else arguments)
    return build_check(asked) if asked else _by_typer(arguments)


def _by_typer(arguments: Sequence[str] | None) -> Run | int:
    from typer.main import get_command

    from citecheck.cli import adopt, check, rewrite, show  # noqa: F401 - each adds its commands, in this order
    from citecheck.cli.root import app

    command = get_command(app)
    try:
        asked = command.main(arguments and list(arguments), prog_name="citecheck", standalone_mode=False)
    except SystemExit as left:
        return _PIPE_CLOSED if left.code == 1 else cast("int", left.code or 0)  # 1 is what Typer makes of a closed pipe
    except Exception as error:
        # Typer has had several classes for wrong arguments, none public in all its versions; all can do this.
        if not hasattr(error, "format_message"):
            raise
        return _fail(_one_line(error.format_message()))
    return cast("Run | int", asked or 0)


def _one_line(message: str) -> str:
    """What Typer says of wrong arguments, in the words of all other errors."""
    words = " ".join(message.split()).rstrip(".")
    words = _HINT.sub(lambda hint: f"; did you mean {hint['words'].split(',')[0].rstrip('?)')}?", words)
    return words[:1].lower() + words[1:]


def _fail(message: str) -> int:
    shown = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in message)
    sys.stderr.write(f"citecheck: {shown}\n")
    return FAILED
