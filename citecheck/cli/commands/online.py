"""`citecheck check --online`: what documents name is asked about, and what came back goes into their reports."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from citecheck import __version__
from citecheck.cli.commands import PASSED
from citecheck.cli.commands.progress import asked_about
from citecheck.errors import UsageError, known
from citecheck.execution.runner import Job, lint_verified, parse_inputs
from citecheck.home import HOME
from citecheck.model.document import Document
from citecheck.model.findings import counted
from citecheck.model.results import Result
from citecheck.reports.terminal import visible
from citecheck.text.patterns import lazy_re

if TYPE_CHECKING:  # which are imported when something is asked
    from citecheck.sources.online.asking import Asking
    from citecheck.sources.online.hosts import Hosts
    from citecheck.sources.online.lookups import Inquiry

_AGE = lazy_re(r"(\d{1,4})(s|m|h|d|w)")
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_WEEK: Final = 604_800.0
_MAILTO: Final = "CITECHECK_MAILTO"  # an address by which a service reaches anyone who runs this; never kept
_ADDRESS = lazy_re(r"[^\s@<>();,]{1,100}@[^\s@<>();,]{1,100}")


class AskingOptions(NamedTuple):
    """How sources are asked about: `max_age` in seconds, the share of them that is `required` to be checked."""

    max_age: float = _WEEK
    offline: bool = False
    required: float = 0.0
    dry_run: bool = False
    allow_private: tuple[str, ...] = ()
    bases: Mapping[str, str] = {}

    @classmethod
    def of(
        cls,
        *,
        max_age: str | None,
        offline: bool,
        refresh: bool,
        require_checked: str | None,
        dry_run: bool,
        allow_private: tuple[str, ...],
        registries: tuple[str, ...],
    ) -> AskingOptions:
        """The options as they were given. Raises UsageError."""
        installed()
        age = 0.0 if refresh else _age(max_age) if max_age else _WEEK
        required = _share(require_checked) if require_checked else 0.0
        return cls(age, offline, required, dry_run, allow_private, dict(map(_base, registries)))


def installed() -> None:
    """Raises UsageError where the library that asks is missing."""
    if find_spec("urllib3") is None:
        raise UsageError("--online needs urllib3; `pip install 'citecheck-lint[online]'` installs it")


def _age(written: str) -> float:
    found = _AGE.fullmatch(written)
    if found is None:
        raise UsageError(f"--max-age takes a number and s, m, h, d or w, such as 12h, not {visible(written)}")
    return float(int(found[1]) * _SECONDS[found[2]])


def _share(written: str) -> float:
    try:
        share = float(written)
    except ValueError:
        share = -1.0
    if not 0.0 <= share <= 1.0:
        raise UsageError(f"--require-checked takes a share from 0 to 1, such as 0.8, not {visible(written)}")
    return share


def _base(written: str) -> tuple[str, str]:
    from citecheck.sources.online.lookups import NAMES

    name, _, url = written.partition("=")
    names = {each.casefold(): each for each in NAMES}
    known(name.casefold(), names, "registry")
    if not url.startswith(("http://", "https://")):
        raise UsageError(
            f"--registry takes a name and an address, such as Crossref=https://mirror.example, not {written}"
        )
    return names[name.casefold()], url


def ask(jobs: Sequence[Job], options: AskingOptions, folder: str | None, *, counting: bool) -> Iterator[Result]:
    """The results of documents, once all that they name was asked about; answers are kept in a folder."""
    from citecheck.sources.online.verifying import verifications, wanted

    with _inquiry(options, folder) as inquiry:
        named = dict.fromkeys(each for document in _documents(jobs) for each in wanted(document))
        answers = dict(asked_about(inquiry.told(named), len(named)))

    def verified(document: Document) -> Document:
        answered = verifications(document, answers)
        return replace(document, verifications=(*document.verifications, *answered))

    return lint_verified(jobs, verified, counting=counting)


def would_ask(jobs: Sequence[Job], options: AskingOptions, folder: str | None, stream: TextIO) -> int:
    """Writes which hosts would be asked, and all that each would be sent; opens no connection."""
    from citecheck.sources.online.verifying import wanted

    with _inquiry(options, folder) as inquiry:
        named = dict.fromkeys(each for document in _documents(jobs) for each in wanted(document))
        requests = list(inquiry.requests(named))
    hosts: dict[str, list[str]] = defaultdict(list)
    for request in requests:
        hosts[request.host].append(request.url)
    for host, urls in sorted(hosts.items()):
        stream.write(f"{visible(host)}\n")
        stream.writelines(f"  GET {visible(url)}\n" for url in urls)
    if requests:
        stream.write(f"\nsent with each: User-Agent: {_agent()}\n")
        stream.write("a DOI that its registry does not have is asked of the next: Crossref, DataCite, doi.org\n")
    stream.write(f"{counted(len(requests), 'request')} to {counted(len(hosts), 'host')}\n")
    return PASSED


def _documents(jobs: Sequence[Job]) -> Iterator[Document]:
    return (document for document in parse_inputs(jobs) if isinstance(document, Document))


@contextmanager
def asking_by(options: AskingOptions, folder: str | None) -> Iterator[tuple[Asking, Hosts]]:
    """What asks, with answers of earlier runs in a folder. Raises UsageError for addresses that are none."""
    from citecheck.sources.online.asking import Asking
    from citecheck.sources.online.cache import Cache
    from citecheck.sources.online.client import Client
    from citecheck.sources.online.guard import Guard, allowing
    from citecheck.sources.online.hosts import Hosts

    try:
        table = allowing(options.allow_private)
    except ValueError as error:
        raise UsageError(f"--allow-private takes an address such as 10.0.0.7 or 10.0.0.7:8080: {error}") from error
    hosts = Hosts()
    client = Client(Guard(table), hosts.turn, agent=_agent())
    cache = Cache(folder)
    try:
        asking = Asking(client, hosts, cache, max_age=options.max_age, offline=options.offline)
        yield asking, hosts
    finally:
        cache.close()


@contextmanager
def _inquiry(options: AskingOptions, folder: str | None) -> Iterator[Inquiry]:
    from citecheck.sources.online.lookups import Inquiry

    with asking_by(options, folder) as (asking, hosts):
        yield Inquiry(asking, hosts, options.bases)


def _agent() -> str:
    """How citecheck names itself, with an address of its user where that is set. Raises UsageError for an odd one."""
    mailto = os.environ.get(_MAILTO, "")
    if mailto and not (_ADDRESS.fullmatch(mailto) and mailto.isascii() and mailto.isprintable()):
        raise UsageError(f"{_MAILTO} is no address of mail")
    about = "; ".join(filter(None, (f"+{HOME}" if HOME else "", f"mailto:{mailto}" if mailto else "")))
    return f"citecheck/{__version__}" + (f" ({about})" if about else "")
