"""What is asked of whom: pages of their hosts, and identifiers of registries, several at once where these allow it.

A DOI is asked of Crossref, of DataCite where Crossref does not have it, and of doi.org where neither does. What is kept
of a registry's answer is its record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final, NamedTuple

from citecheck.model.outcomes import Reason
from citecheck.sources.online.asking import Asked, Asking, key_of
from citecheck.sources.online.client import Answer, Question, Unanswered, host_of
from citecheck.sources.online.hosts import Hosts
from citecheck.sources.online.lanes import Task, in_lanes
from citecheck.sources.online.liveness import judged
from citecheck.sources.online.records import WorkRecord, decoded, encoded
from citecheck.sources.online.registries import Registry, arxiv, crossref, datacite, doi, open_library, pubmed

_OF: Final[Mapping[str, tuple[Registry, ...]]] = MappingProxyType(
    {
        "doi": (crossref.REGISTRY, datacite.REGISTRY, doi.REGISTRY),
        "arxiv": (arxiv.REGISTRY,),
        "pmid": (pubmed.REGISTRY,),
        "isbn": (open_library.REGISTRY,),
    }
)
NAMES: Final = tuple(registry.name for registries in _OF.values() for registry in registries)
_LARGEST: Final = 4 * 1024 * 1024  # bytes of a registry's answer
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class Wanted(NamedTuple):
    """What a document names that can be asked: an identifier of a scheme such as `doi`, or an address, of `url`."""

    scheme: str
    value: str

    @property
    def key(self) -> str:
        """What it is known by: `doi:10.1000/182`, and an address by itself."""
        return self.value if self.scheme == "url" else f"{self.scheme}:{self.value}"


class Told(NamedTuple):
    """What was told of something wanted: of an identifier, whether there is such a work, and its record.

    `asked` is the answer; the reason why nothing is known is its, and so is what a page says.
    """

    asked: Asked
    record: WorkRecord | None = None

    @property
    def absent(self) -> bool:
        """Whether the registry that settles it has no such work."""
        return self.asked.answer.reason is None and self.asked.answer.status == 404


class Request(NamedTuple):
    """One request as it would be sent: the host, and the address."""

    host: str
    url: str


class Inquiry:
    """Asks for what documents name. `bases` are addresses of registries, by name, in place of their own."""

    def __init__(self, asking: Asking, hosts: Hosts, bases: Mapping[str, str] = _NOTHING) -> None:
        self._asking = asking
        self._hosts = hosts
        self._bases = {name.casefold(): base.rstrip("/") for name, base in bases.items()}

    def told(self, wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, Told]]:
        """What is reported of each, as it comes: first what earlier runs were told."""
        missing: list[Wanted] = []
        for each in dict.fromkeys(wanted):
            known = self._asking.known(_key(each))
            if known and (told := _read(known)):
                yield each, told
            elif self._asking.offline:
                yield each, Told(self._asking.unasked(each.value))
            else:
                missing.append(each)
        for answers in in_lanes(self._tasks(missing), self._hosts):
            yield from answers

    def requests(self, wanted: Iterable[Wanted]) -> Iterator[Request]:
        """The requests that `told` would begin with; a DOI that one registry does not have is asked of the next."""
        missing = [each for each in dict.fromkeys(wanted) if not self._asking.known(_key(each))]
        for scheme, group in _grouped(missing).items():
            if scheme == "url":
                yield from (Request(host_of(each), each) for each in group)
                continue
            for registry, batch in _batches(scheme, group):
                url = self._url(registry, batch)
                yield Request(host_of(url), url)

    def _tasks(self, wanted: Sequence[Wanted]) -> Iterator[Task[list[tuple[Wanted, Told]]]]:
        for scheme, group in _grouped(wanted).items():
            if scheme == "url":
                yield from (Task(host_of(each), partial(self._page, each)) for each in group)
            elif scheme == "doi":
                yield from (Task(host_of(self._url(_first(each), [each])), partial(self._doi, each)) for each in group)
            else:
                for registry, batch in _batches(scheme, group):
                    yield Task(host_of(self._url(registry, batch)), partial(self._several, scheme, registry, batch))

    def _page(self, url: str) -> list[tuple[Wanted, Told]]:
        _, asked = self._asking.asked(Question(url))
        return [(Wanted("url", url), Told(asked))]

    def _doi(self, value: str) -> list[tuple[Wanted, Told]]:
        """The first registry that has a DOI, and doi.org where none has."""
        wanted = Wanted("doi", value)
        first = _first(value)
        order = (first, *(each for each in _OF["doi"] if each is not first))
        answer = Answer(value, value)
        for registry in order:
            answer = self._record(registry, [value])[value]
            if answer.status != 404:
                break
        return [(wanted, self._kept(wanted, answer))]

    def _several(self, scheme: str, registry: Registry, values: Sequence[str]) -> list[tuple[Wanted, Told]]:
        answers = self._record(registry, values)
        if len(values) > 1 and all(each.reason is Reason.CANNOT_TELL for each in answers.values()):
            answers = {value: self._record(registry, [value])[value] for value in values}  # one of them spoils it
        return [(wanted := Wanted(scheme, value), self._kept(wanted, answers[value])) for value in values]

    def _kept(self, wanted: Wanted, answer: Answer) -> Told:
        asked = self._asking.keep(_key(wanted), answer)
        return _read(asked) or Told(asked)

    def _record(self, registry: Registry, values: Sequence[str]) -> Mapping[str, Answer]:
        """What a registry says of each identifier: its record as the body, 404 for none, or the reason why not."""
        url = self._url(registry, values)
        answer = self._asking.fetch(Question(url, registry.accept, _LARGEST, whole=True))
        try:
            if not (answer.good or answer.status == 404 or registry is doi.REGISTRY) or answer.reason:
                judgement = judged(answer)
                reason = judgement.reason or Reason.CANNOT_TELL
                raise Unanswered(reason, f"{registry.name} answers: {judgement.words}")
            found = registry.found(answer, values)
        except Unanswered as error:
            return {value: Answer(value, registry.name, 0, error.reason, error.words) for value in values}
        except (ValueError, RecursionError):  # what is no JSON, or was made to break its reader
            words = f"{registry.name} answers with something else"
            return {value: Answer(value, registry.name, 0, Reason.BROKEN, words) for value in values}
        return {value: _told(registry, value, found) for value in values}

    def _url(self, registry: Registry, values: Sequence[str]) -> str:
        return self._bases.get(registry.name.casefold(), registry.base) + registry.path(values)


def _told(registry: Registry, value: str, found: Mapping[str, WorkRecord | None]) -> Answer:
    if value not in found:
        return Answer(value, registry.name, 0, Reason.CANNOT_TELL, f"{registry.name} answers with something else")
    record = found[value]
    if record is not None:
        return Answer(value, registry.name, 200, body=encoded(record))
    if registry.settles or registry in _OF["doi"]:
        return Answer(value, registry.name, 404)
    return Answer(value, registry.name, 0, Reason.NOT_INDEXED, f"{registry.name} does not have it")


def _first(value: str) -> Registry:
    """The registry that a DOI is asked of first."""
    return datacite.REGISTRY if value.partition("/")[0] in datacite.PREFIXES else crossref.REGISTRY


def _grouped(wanted: Iterable[Wanted]) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for each in wanted:
        groups[each.scheme].append(each.value)
    return groups


def _batches(scheme: str, values: Sequence[str]) -> Iterator[tuple[Registry, Sequence[str]]]:
    """The identifiers of a scheme in runs that are requested at once, and of whom."""
    if scheme == "doi":
        yield from ((_first(value), [value]) for value in values)
        return
    (registry,) = _OF[scheme]
    for start in range(0, len(values), registry.batch):
        yield registry, values[start : start + registry.batch]


def _key(wanted: Wanted) -> str:
    """What an answer is kept under; that of an identifier with the way in which the registries' answers are read."""
    if wanted.scheme == "url":
        return key_of(Question(wanted.value))
    return f"{wanted.key} {sum(registry.edition for registry in _OF[wanted.scheme])}"


def _read(asked: Asked) -> Told | None:
    """What an answer tells; None where the cache has it in an odd form."""
    if not asked.answer.good or asked.answer.final not in NAMES:
        return Told(asked)
    try:
        return Told(asked, decoded(asked.answer.body))
    except ValueError:
        return None
