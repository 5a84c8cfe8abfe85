"""The command line: arguments in, exit status out; no judgement of its own.

Exit status: 0 nothing found that weighs enough to fail, 1 something found, 2 the run itself failed. Python's own
exit status 1 never passes for a finding: `main` catches whatever is raised.
"""

from __future__ import annotations

import errno
import io
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Annotated, Final, NoReturn, cast

import typer
from typer.main import get_command

from citecheck import __version__
from citecheck.errors import CitecheckError

Run = Callable[[], int]
"""What a command does, once its arguments are understood; returns the exit status."""

FAILED: Final = 2
_INTERRUPTED: Final = 130  # what a shell reports of a command that SIGINT ended
_PIPE_CLOSED: Final = 141  # and of one that SIGPIPE ended
_HINT: Final = re.compile(r"\.? \(?(?:Did you mean|Possible options:) (?P<words>.+)")
_SEVERITIES: Final = ("error", "warning", "info")
_COLOURS: Final = ("auto", "always", "never")

app = typer.Typer(
    name="citecheck",
    epilog="Exit status: 0 nothing found, 1 something found, 2 the run itself failed.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)


def _formats(incomplete: str) -> list[str]:
    from citecheck.formats import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def _rules(incomplete: str) -> list[str]:
    from citecheck.rulebook import rules

    words = [word for rule in rules().values() for word in (rule.code, rule.name)]
    return [word for word in words if word.startswith(incomplete)]


def _one_of(words: Iterable[str]) -> Callable[[str], list[str]]:
    return lambda incomplete: [word for word in words if word.startswith(incomplete)]


Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATHS", help="Files and folders, - for standard input; the current folder by default."),
]
As = Annotated[
    str | None,
    typer.Option("--as", metavar="FORMAT", help="Read everything as markdown or text.", autocompletion=_formats),
]
StdinFilename = Annotated[
    str | None, typer.Option(metavar="NAME", help="What standard input is called; its suffix chooses the format.")
]
Exclude = Annotated[
    list[str] | None, typer.Option(metavar="GLOB", help="Pass files over, as a line of .gitignore would; repeatable.")
]
Language = Annotated[
    str | None, typer.Option(metavar="CODE", help="The language of the documents, such as de; guessed by default.")
]
Colour = Annotated[str, typer.Option(metavar="WHEN", help="auto, always or never.", autocompletion=_one_of(_COLOURS))]


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"citecheck {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Print the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Check the citations of documents: that every marker has its source, and every source is used."""
    if context.invoked_subcommand is None:
        sys.stdout.write(f"{context.get_help()}\n")
        raise typer.Exit(FAILED)  # a run that checks nothing must not pass


@app.command()
def check(
    paths: Paths = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULES", help="Only these rules: codes, names, prefixes; by commas.", autocompletion=_rules
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="RULES", help="Not these rules.", autocompletion=_rules)
    ] = None,
    exclude: Exclude = None,
    fail_on: Annotated[
        str,
        typer.Option(
            metavar="SEVERITY", help="What fails: error, warning or info.", autocompletion=_one_of(_SEVERITIES)
        ),
    ] = "error",
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 whatever is found.")] = False,
    format: Annotated[
        str,
        typer.Option(
            metavar="REPORT", help="text, concise or json.", autocompletion=_one_of(("text", "concise", "json"))
        ),
    ] = "text",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print what is found, without the summary.")] = False,
    color: Colour = "auto",
    as_: As = None,
    stdin_filename: StdinFilename = None,
    language: Language = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes; one a processor by default.")
    ] = None,
) -> Run:
    """Check documents and report what is wrong."""
    from citecheck import commands  # late, so that help and completion need not wait for it

    return partial(
        commands.check,
        paths or [os.curdir],
        commands.Reading(tuple(exclude or ()), as_, stdin_filename, language),
        select=_words(select),
        ignore=_words(ignore),
        fail_on=fail_on,
        exit_zero=exit_zero,
        report=format,
        quiet=quiet,
        color=color,
        jobs=jobs,
    )


@app.command()
def inspect(
    paths: Paths = None,
    format: Annotated[
        str, typer.Option(metavar="REPORT", help="text or json.", autocompletion=_one_of(("text", "json")))
    ] = "text",
    exclude: Exclude = None,
    color: Colour = "auto",
    as_: As = None,
    stdin_filename: StdinFilename = None,
    language: Language = None,
) -> Run:
    """Show how documents are read: markers, sources, claims."""
    from citecheck import commands

    reading = commands.Reading(tuple(exclude or ()), as_, stdin_filename, language)
    return partial(commands.inspect, paths or [os.curdir], reading, report=format, color=color)


@app.command()
def rule(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="A code or a name.", autocompletion=_rules)],
    color: Colour = "auto",
) -> Run:
    """Print the manual page of a rule."""
    from citecheck import commands

    return partial(commands.print_rule, rule, color=color)


@app.command()
def rules(color: Colour = "auto") -> Run:
    """List all rules."""
    from citecheck import commands

    return partial(commands.print_rules, color=color)


def _words(lists: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(word for each in lists or () for word in each.replace(",", " ").split())


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
        # Whoever read the output has read enough; Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            return _fail(f"the report cannot be written: {error.strerror}")
        _fail("internal error; please report it, with the lines that follow and, if you may, the document")
        traceback.print_exception(error)
        return FAILED


def _prepare_output() -> None:
    if sys.stdout is None:  # closed by whoever started the command
        raise CitecheckError("there is no standard output to write to")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a document may hold what the terminal cannot show


def _understood(arguments: Sequence[str] | None) -> Run | int:
    """What the arguments ask for: a run, or the exit status where it is done already, as for `--help`."""
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
    words = _HINT.sub(lambda hint: f"; did you mean {hint['words'].rstrip('?)')}?", words)
    return words[:1].lower() + words[1:]


def _fail(message: str) -> int:
    shown = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in message)
    sys.stderr.write(f"citecheck: {shown}\n")
    return FAILED
