"""The command for millions of documents: `corpus`."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from citecheck.cli.declarations import Argument, Option, given_settings, words
from citecheck.cli.options import (
    DOCUMENTS,
    EXECUTION,
    OUTPUT,
    As,
    Config,
    ExtendSelect,
    Ignore,
    Isolated,
    Jobs,
    Language,
    Pedantic,
    Select,
)
from citecheck.errors import UsageError


class Corpus(NamedTuple):
    """Check the documents of tables; a stopped run goes on."""

    paths: Annotated[
        tuple[str, ...],
        Argument("Parquet, JSON Lines or Arrow files, or folders of them; the output folder last.", "PATHS"),
    ] = ()
    text_column: Annotated[str, Option("The column of the documents; text by default.", "NAME", DOCUMENTS)] = "text"
    id_column: Annotated[str | None, Option("A column that names the documents, to keep.", "NAME", DOCUMENTS)] = None
    sample: Annotated[
        str | None, Option("Check this share of the documents, such as 0.01 or 1%.", "SHARE", DOCUMENTS)
    ] = None
    seed: Annotated[int | None, Option("Which documents a sample has.", "N", DOCUMENTS)] = None
    as_: As = None
    language: Language = None
    select: Select = ()
    extend_select: ExtendSelect = ()
    ignore: Ignore = ()
    pedantic: Pedantic = False
    fail_over: Annotated[
        tuple[str, ...],
        Option("Fail above a share of documents: errors=0.5%, warnings=5%, unchecked=0.1%.", "LIMIT", OUTPUT),
    ] = ()
    jobs: Jobs = None
    batch_rows: Annotated[
        int | None, Option("Documents that a process gets at once; 256 by default.", "N", EXECUTION, least=1)
    ] = None
    timeout: Annotated[
        int | None, Option("Seconds that a document may take; 120 by default.", "SECONDS", EXECUTION, least=1)
    ] = None
    config: Config = None
    isolated: Isolated = False

    def run(self) -> int:
        """Checks the documents, and writes the parts that are missing and the summary."""
        from citecheck.cli.commands.corpus import corpus
        from citecheck.cli.commands.inputs import InputSelection

        if len(self.paths) < 2:
            raise UsageError("name one or more tables, or folders of them, and the output folder last")
        *tables, folder = self.paths
        reading = InputSelection(given_settings(self), self.as_, config=self.config, isolated=self.isolated)
        return corpus(
            tables,
            folder,
            reading,
            text=self.text_column,
            name=self.id_column,
            sample=_share(self.sample, "--sample") if self.sample else 1.0,
            seed=self.seed or 0,
            limits=[_limit(each) for each in words(self.fail_over)],
            jobs=self.jobs,
            batch_rows=self.batch_rows,
            seconds=self.timeout,
        )


def _limit(word: str) -> tuple[str, float]:
    """What `--fail-over` asks for: `errors=0.5%`."""
    name, equals, share = word.partition("=")
    if not equals or name not in ("errors", "warnings", "unchecked"):
        raise UsageError(f"--fail-over takes errors=SHARE, warnings=SHARE or unchecked=SHARE, not {word!r}")
    return name, _share(share, "--fail-over")


def _share(word: str, flag: str) -> float:
    """A share, as `0.005` or `0.5%`."""
    try:
        share = float(word.removesuffix("%")) / (100 if word.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise UsageError(f"{flag} takes a share such as 0.01 or 1%, not {word!r}")
    return share
