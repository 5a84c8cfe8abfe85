"""The protocol: what a client asks to the answers, and what is found to the client. The one module that knows pygls.

Hover, definition, references, highlights and completion answer at once, from the last finished analysis, whose places
are carried to the text as it is by now. What has to fit the text as it is waits for the analysis of it. A client that
asks for diagnostics is sent none; any other is sent them when they are known: never both, or it would show each twice.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout, suppress
from functools import partial
from typing import Any, Final, NamedTuple, TypeVar

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter, lsp_method
from pygls.uris import from_fs_path, to_fs_path, uri_scheme

from citecheck import __version__
from citecheck.config.discovery import NAMES
from citecheck.errors import SettingsError
from citecheck.execution.baseline import NAME as BASELINE
from citecheck.model.document import Document
from citecheck.server import conversion
from citecheck.server.analysis import Analysis, Version, analysis
from citecheck.server.answers.actions import Action, Work, about_document, about_findings, edits, refactorings
from citecheck.server.answers.completion import TRIGGERS, completion
from citecheck.server.answers.faults import place_of_fault
from citecheck.server.answers.hover import hover
from citecheck.server.answers.marginalia import hints, lenses, links
from citecheck.server.answers.navigation import definitions, highlights, references
from citecheck.server.answers.outline import folds, symbols
from citecheck.server.answers.renaming import Refused, rename, renameable
from citecheck.server.carrying import Carrying
from citecheck.server.conversion import Client, place_of, range_of, stretch_of
from citecheck.server.desk import Desk
from citecheck.server.projects import Projects
from citecheck.server.texts import Change, Place, Positions
from citecheck.text.spans import Span
from citecheck.text.units import Unit

_SCHEMES: Final = ("file", "untitled")  # a cell of a notebook, or an old version, is a document of another kind
_WATCHED: Final = ("**/{" + ",".join([*NAMES, BASELINE]) + "}", "**/*.{bib,bibtex,json,yaml,yml,ris,bbl}")
_WORKERS: Final = 2  # a long document must not keep a short one waiting
_FAILED: Final = -32803  # RequestFailed: the request is sound, and cannot be met
_CHANGED: Final = -32801  # ContentModified

_Answer = TypeVar("_Answer")


class Options(NamedTuple):
    """What a client can turn on and off."""

    lenses: bool = True
    hints: bool = False

    def changed(self, given: object) -> Options:
        """The options after what a client says, as it is or under `citecheck`; what is no option is skipped."""
        table = given.get("citecheck", given) if isinstance(given, dict) else {}
        told = table if isinstance(table, dict) else {}
        lens, hint = told.get("codeLens"), told.get("inlayHints")
        return Options(
            lens if isinstance(lens, bool) else self.lenses,
            hint if isinstance(hint, bool) else self.hints,
        )


class _Protocol(LanguageServerProtocol):
    """The library's protocol without its store of texts, which takes a form feed for the end of a line."""

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: lsp.DidOpenTextDocumentParams) -> None:
        """Keeps a document that is opened."""
        _server_of(self).opened(params.text_document)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> None:
        """Changes its text."""
        _server_of(self).changed(params)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: lsp.DidCloseTextDocumentParams) -> None:
        """Lets go of it."""
        _server_of(self).closed(params.text_document.uri)

    def structure_message(self, data: dict[str, Any]) -> Any:
        """The message that JSON is; a request that has no sound parameters is answered with an error."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and isinstance(data.get("id"), str | int):
                self._send_response(data["id"], error=error.to_response_error())
            raise


def _server_of(protocol: LanguageServerProtocol) -> Server:
    server = protocol._server
    assert isinstance(server, Server)
    return server


class Server(LanguageServer):
    """A server for one client."""

    def __init__(self) -> None:
        super().__init__(
            "citecheck",
            __version__,
            text_document_sync_kind=lsp.TextDocumentSyncKind.Incremental,
            protocol_cls=_Protocol,
            converter_factory=default_converter,
        )
        self.client = Client()
        self.options = Options()
        self.unit = Unit.UTF_16
        self.ended = False  # whether the client has said that it is about to go
        self.workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="analysis")
        self.projects = Projects()
        self.desk = Desk(partial(analysis, projects=self.projects), self.workers, self._finished)
        self._positions: dict[str, tuple[str, Positions]] = {}
        self._faults: dict[str, str] = {}  # what is shown of settings files, by their URIs

    def report_server_error(self, error: Exception, source: object) -> None:
        """Tells the client's log, and not the person who writes, of an error of ours or of a message that is none."""
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, f"citecheck: {error}"))

    # The texts ------------------------------------------------------------------------------------------------

    def opened(self, item: lsp.TextDocumentItem) -> None:
        """Keeps a document that is opened."""
        scheme = uri_scheme(item.uri)
        if scheme in _SCHEMES:
            path = to_fs_path(item.uri) or os.path.join(self._folder(), item.uri.removeprefix(f"{scheme}:"))
            self.desk.open(item.uri, Version(path, item.language_id, item.text, item.version))

    def _folder(self) -> str:
        """The folder of the workspace, where a document without a file is taken to be."""
        return self.workspace.root_path or os.getcwd()

    def changed(self, params: lsp.DidChangeTextDocumentParams) -> None:
        """Changes the text of a document."""
        changes = [
            Change(
                each.text, stretch_of(each.range) if isinstance(each, lsp.TextDocumentContentChangePartial) else None
            )
            for each in params.content_changes
        ]
        self.desk.change(params.text_document.uri, changes, self.unit, params.text_document.version)

    def closed(self, uri: str) -> None:
        """Lets go of a document; what was sent of it is taken back."""
        if uri in self.desk and not self.client.pulls:
            self._publish(uri, [], None)
        self.desk.close(uri)
        self._positions.pop(uri, None)

    def positions(self, uri: str, text: str) -> Positions:
        """The positions of a text of a document; those of the last one are kept."""
        kept = self._positions.get(uri)
        if kept is None or kept[0] is not text:
            kept = (text, Positions(text, self.unit))
            if uri in self.desk:
                self._positions[uri] = kept
        return kept[1]

    # What is found --------------------------------------------------------------------------------------------

    def _finished(self, uri: str, done: Analysis) -> None:
        if done.settings_fault:
            self._tell_fault(done.settings_fault)
        if not self.client.pulls:
            positions = self.positions(uri, done.version.text)
            self._publish(uri, conversion.diagnostics(done, uri, positions, self.client), done.version.number)

    def _publish(self, uri: str, found: list[lsp.Diagnostic], number: int | None) -> None:
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found, number))

    def _tell_fault(self, fault: SettingsError) -> None:
        """Shows what is wrong with a settings file in that file, and once as a message."""
        path = fault.path or ""
        uri = from_fs_path(path) or ""
        if self._faults.get(uri) == str(fault):
            return
        self._faults[uri] = str(fault)
        self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, f"citecheck: {fault}"))
        if path and os.path.isfile(path):
            with open(path, encoding="utf-8", errors="replace", newline="") as file:
                text = file.read()
            range = range_of(Positions(text, self.unit).stretch(place_of_fault(text, str(fault))))
            found = lsp.Diagnostic(range, str(fault), lsp.DiagnosticSeverity.Error, source=conversion.SOURCE)
            self._publish(uri, [found], None)

    def renew(self) -> None:
        """Has everything read and checked again, since a file on which it depends may have changed."""
        for uri in self._faults:
            if uri:
                self._publish(uri, [], None)
        self._faults.clear()
        self.projects.renew()
        self.desk.renew()
        if self.client.pulls and self.client.refreshes:
            self.workspace_diagnostic_refresh(None)

    # Answers --------------------------------------------------------------------------------------------------

    async def aside(self, work: Callable[[], _Answer]) -> _Answer:
        """What some work comes to that takes its time, off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self.workers, work)

    async def current(self, uri: str) -> tuple[Analysis, Document, Positions] | None:
        """The analysis of a document as it is now, where its places are those of its text."""
        done = await self.desk.current(uri)
        document = done.readable if done else None
        return (done, document, self.positions(uri, done.version.text)) if done and document else None

    async def latest(self, uri: str, position: lsp.Position) -> _At | None:
        """The last finished analysis, with the place that is asked about, where it was there already."""
        done = await self.desk.latest(uri)
        version = self.desk.version(uri)
        if done is None or version is None:
            return None
        positions = self.positions(uri, version.text)
        carrying = None if done.version.text is version.text else Carrying(done.version.text, version.text)
        offset = positions.offset(place_of(position))
        before = carrying.back(offset) if carrying else offset
        return None if before is None else _At(done, before, positions, carrying)


class _At(NamedTuple):
    """A place in an analysis, and how its answers get to the text as it is by now."""

    analysis: Analysis
    offset: int
    positions: Positions
    carrying: Carrying | None

    def range(self, span: Span) -> lsp.Range | None:
        """Where a span of the analysis is; None where it was changed."""
        now = self.carrying.forth(span) if self.carrying else span
        return range_of(self.positions.stretch(now)) if now else None

    def ranges(self, spans: Iterable[Span]) -> list[lsp.Range]:
        """Where spans are that are still there."""
        return [range for span in spans if (range := self.range(span))]


# Requests -----------------------------------------------------------------------------------------------------


def _initialize(ls: Server, params: lsp.InitializeParams) -> None:
    ls.client = Client.of(params.capabilities)
    ls.options = ls.options.changed(params.initialization_options)
    ls.unit = Unit(ls.workspace.position_encoding or Unit.UTF_16)
    if ls.client.pulls:
        options = lsp.DiagnosticOptions(
            inter_file_dependencies=False, workspace_diagnostics=False, identifier="citecheck"
        )
        ls.feature(lsp.TEXT_DOCUMENT_DIAGNOSTIC, options)(_diagnostic)


async def _initialized(ls: Server, params: lsp.InitializedParams) -> None:
    if not ls.client.watches:
        return
    options = lsp.DidChangeWatchedFilesRegistrationOptions([lsp.FileSystemWatcher(glob) for glob in _WATCHED])
    method = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
    registration = lsp.Registration("citecheck-files", method, options)
    await ls.client_register_capability_async(lsp.RegistrationParams([registration]))


def _renewed(ls: Server, params: lsp.DidChangeWatchedFilesParams | lsp.DidSaveTextDocumentParams) -> None:
    ls.renew()


def _configured(ls: Server, params: lsp.DidChangeConfigurationParams) -> None:
    ls.options = ls.options.changed(params.settings)


async def _diagnostic(ls: Server, params: lsp.DocumentDiagnosticParams) -> lsp.DocumentDiagnosticReport:
    uri = params.text_document.uri
    done = await ls.desk.current(uri)
    if done is None:
        return lsp.RelatedFullDocumentDiagnosticReport(items=[])
    serial = str(done.serial)
    if params.previous_result_id == serial:
        return lsp.RelatedUnchangedDocumentDiagnosticReport(result_id=serial)
    found = conversion.diagnostics(done, uri, ls.positions(uri, done.version.text), ls.client)
    return lsp.RelatedFullDocumentDiagnosticReport(items=found, result_id=serial)


async def _hover(ls: Server, params: lsp.HoverParams) -> lsp.Hover | None:
    at = await ls.latest(params.text_document.uri, params.position)
    if not at:
        return None
    found = await ls.aside(lambda: hover(at.analysis, at.offset, markdown=ls.client.markdown))
    if not found:
        return None
    kind = lsp.MarkupKind.Markdown if ls.client.markdown else lsp.MarkupKind.PlainText
    return lsp.Hover(lsp.MarkupContent(kind, found.words), at.range(found.span))


async def _definition(ls: Server, params: lsp.DefinitionParams) -> list[lsp.Location] | list[lsp.LocationLink] | None:
    at = await ls.latest(params.text_document.uri, params.position)
    if not at:
        return None
    origin, targets = await ls.aside(lambda: definitions(at.analysis, at.offset))
    links: list[lsp.LocationLink] = []
    for each in targets:
        if each.path is None:
            uri, whole, selection = params.text_document.uri, at.range(each.span), at.range(each.selection)
        else:
            positions = Positions(each.text, ls.unit)
            uri = from_fs_path(each.path) or ""
            whole, selection = (range_of(positions.stretch(span)) for span in (each.span, each.selection))
        if whole and selection:
            links.append(lsp.LocationLink(uri, whole, selection, at.range(origin) if origin else None))
    if ls.client.links:
        return links
    return [lsp.Location(link.target_uri, link.target_selection_range) for link in links]


async def _references(ls: Server, params: lsp.ReferenceParams) -> list[lsp.Location] | None:
    at = await ls.latest(params.text_document.uri, params.position)
    if not at:
        return None
    spans = references(at.analysis, at.offset, declaration=params.context.include_declaration)
    return [lsp.Location(params.text_document.uri, range) for range in at.ranges(spans)]


async def _highlight(ls: Server, params: lsp.DocumentHighlightParams) -> list[lsp.DocumentHighlight] | None:
    at = await ls.latest(params.text_document.uri, params.position)
    kinds = {True: lsp.DocumentHighlightKind.Write, False: lsp.DocumentHighlightKind.Read}
    found = highlights(at.analysis, at.offset) if at else ()
    return [
        lsp.DocumentHighlight(range, kinds[each.is_entry]) for each in found if at and (range := at.range(each.span))
    ]


async def _completion(ls: Server, params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
    uri = params.text_document.uri
    done, version = await ls.desk.latest(uri), ls.desk.version(uri)
    if done is None or version is None:
        return []
    positions = ls.positions(uri, version.text)
    if _in_code(done, version, positions, params.position.line):
        return []
    start, end = (
        positions.raw_offset(Place(params.position.line, column)) for column in (0, params.position.character)
    )
    before = version.text[start:end]
    offers = await ls.aside(lambda: completion(done, before))
    return list(conversion.offered(offers, positions, positions.offset(place_of(params.position))))


def _in_code(done: Analysis, version: Version, positions: Positions, line: int) -> bool:
    """Whether a line was part of code when the document was last analysed."""
    start = positions.offset(Place(line, 0))
    before = start if done.version.text is version.text else Carrying(done.version.text, version.text).back(start)
    return bool(done.readable and before is not None and before in done.readable.structure.verbatim)


async def _prepare_rename(ls: Server, params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder | None:
    found = await ls.current(params.text_document.uri)
    if not found:
        return None
    done, _, positions = found
    try:
        label = renameable(done, positions.offset(place_of(params.position)))
    except Refused as refused:
        raise JsonRpcException(str(refused), _FAILED) from refused
    return lsp.PrepareRenamePlaceholder(range_of(positions.stretch(label.span)), label.label) if label else None


async def _rename(ls: Server, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    found = await ls.current(params.text_document.uri)
    if not found:
        return None
    done, _, positions = found
    offset = positions.offset(place_of(params.position))
    try:
        made = await ls.aside(lambda: rename(done, offset, params.new_name))
    except Refused as refused:
        raise JsonRpcException(str(refused), _FAILED) from refused
    return conversion.workspace_edit(made, params.text_document.uri, done.version.number, positions, ls.client)


async def _symbols(
    ls: Server, params: lsp.DocumentSymbolParams
) -> list[lsp.DocumentSymbol] | list[lsp.SymbolInformation] | None:
    found = await ls.current(params.text_document.uri)
    if not found:
        return None
    _, document, positions = found
    if ls.client.nested:
        return [conversion.nested(each, positions) for each in symbols(document)]
    uri = params.text_document.uri
    return [one for each in symbols(document) for one in conversion.flat(each, uri, positions)]


async def _folds(ls: Server, params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
    found = await ls.current(params.text_document.uri)
    if not found:
        return []
    _, document, positions = found
    stretches = [positions.stretch(span) for span in folds(document)]
    return [lsp.FoldingRange(start.line, end.line) for start, end in stretches if start.line < end.line]


async def _links(ls: Server, params: lsp.DocumentLinkParams) -> list[lsp.DocumentLink]:
    found = await ls.current(params.text_document.uri)
    if not found:
        return []
    _, document, positions = found
    return [
        lsp.DocumentLink(range_of(positions.stretch(each.span)), each.words)
        for each in await ls.aside(lambda: list(links(document)))
    ]


async def _lenses(ls: Server, params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
    found = await ls.current(params.text_document.uri) if ls.options.lenses else None
    if not found:
        return []
    done, _, positions = found
    return [lsp.CodeLens(range_of(positions.stretch(each.span)), lsp.Command(each.words, "")) for each in lenses(done)]


async def _hints(ls: Server, params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
    found = await ls.current(params.text_document.uri) if ls.options.hints else None
    if not found:
        return []
    _, document, positions = found
    within = positions.span(stretch_of(params.range))
    return [
        lsp.InlayHint(lsp.Position(*positions.place(each.span.start)), each.words, padding_left=True)
        for each in hints(document, within)
    ]


async def _actions(ls: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    uri = params.text_document.uri
    done = await ls.desk.current(uri)
    if done is None or done.document is None:
        return []
    positions = ls.positions(uri, done.version.text)
    span = positions.span(stretch_of(params.range))
    found = conversion.diagnostics(done, uri, positions, ls.client)
    made = []
    for action in _wanted(done, span, params.context):
        data = {"uri": uri, "serial": done.serial, "action": action._asdict()}
        one = conversion.code_action(action, found[action.finding] if action.finding is not None else None, data)
        if action.work in (Work.RENUMBER, Work.MERGE) or not ls.client.resolves:
            one = await _worked(ls, one, done, action, uri)
        if one.disabled is None or ls.client.disables:
            made.append(one)
    return [one for one in made if one.data or one.edit or one.disabled]


def _wanted(done: Analysis, span: Span, context: lsp.CodeActionContext) -> Iterable[Action]:
    """The actions that a client asks for; those that take long only where a person does."""
    only = [str(getattr(kind, "value", kind)) for kind in context.only or ()]
    asked = context.trigger_kind is not lsp.CodeActionTriggerKind.Automatic
    every = [*about_findings(done, span), *about_document(done)]
    every += refactorings(done) if only or asked else ()
    kinds = conversion.KINDS
    return [each for each in every if not only or any(f"{kinds[each.work]}.".startswith(f"{one}.") for one in only)]


async def _worked(ls: Server, one: lsp.CodeAction, done: Analysis, action: Action, uri: str) -> lsp.CodeAction:
    """An action with its edit, or with the reason why there is none."""
    one.data = None
    try:
        changes = await ls.aside(lambda: edits(done, action))
    except Refused as refused:
        one.disabled = lsp.CodeActionDisabled(str(refused))
        return one
    if changes:
        positions = ls.positions(uri, done.version.text)
        one.edit = conversion.workspace_edit(changes, uri, done.version.number, positions, ls.client)
    return one


async def _resolve(ls: Server, one: lsp.CodeAction) -> lsp.CodeAction:
    try:
        uri, serial = one.data["uri"], one.data["serial"]  # type: ignore[index]  # what is none is caught
        action = Action(**{**one.data["action"], "work": Work(one.data["action"]["work"])})  # type: ignore[index]
    except (TypeError, KeyError, ValueError) as error:
        raise JsonRpcInvalidParams(f"no action of this server: {one.title}") from error
    done = await ls.desk.current(uri)
    if done is None or done.serial != serial:
        raise JsonRpcException("the document has changed since; ask again", _CHANGED)
    worked = await _worked(ls, one, done, action, uri)
    if worked.disabled:
        raise JsonRpcException(worked.disabled.reason, _FAILED)
    return worked


def _shutdown(ls: Server, params: None) -> None:
    ls.ended = True


_FEATURES: Final[tuple[tuple[str, Callable[..., Any], object], ...]] = (
    (lsp.INITIALIZE, _initialize, None),
    (lsp.INITIALIZED, _initialized, None),
    (lsp.SHUTDOWN, _shutdown, None),
    (lsp.TEXT_DOCUMENT_DID_SAVE, _renewed, lsp.SaveOptions(include_text=False)),
    (lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, _renewed, None),
    (lsp.WORKSPACE_DID_CHANGE_CONFIGURATION, _configured, None),
    (lsp.TEXT_DOCUMENT_HOVER, _hover, None),
    (lsp.TEXT_DOCUMENT_DEFINITION, _definition, None),
    (lsp.TEXT_DOCUMENT_REFERENCES, _references, None),
    (lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, _highlight, None),
    (lsp.TEXT_DOCUMENT_COMPLETION, _completion, lsp.CompletionOptions(trigger_characters=list(TRIGGERS))),
    (lsp.TEXT_DOCUMENT_PREPARE_RENAME, _prepare_rename, None),
    (lsp.TEXT_DOCUMENT_RENAME, _rename, lsp.RenameOptions(prepare_provider=True)),
    (lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _symbols, None),
    (lsp.TEXT_DOCUMENT_FOLDING_RANGE, _folds, None),
    (lsp.TEXT_DOCUMENT_DOCUMENT_LINK, _links, None),
    (lsp.TEXT_DOCUMENT_CODE_LENS, _lenses, None),
    (lsp.TEXT_DOCUMENT_INLAY_HINT, _hints, None),
    (
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        _actions,
        lsp.CodeActionOptions(code_action_kinds=sorted(set(conversion.KINDS.values())), resolve_provider=True),
    ),
    (lsp.CODE_ACTION_RESOLVE, _resolve, None),
)


def serve() -> bool:
    """Serves one client by standard input and output, until it goes; whether it ended the session before it went."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # a client is reported of errors by the protocol
    server = Server()
    for method, handler, options in _FEATURES:
        server.feature(method, options)(handler)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")  # of its own, so that nothing else gets between the messages
    with redirect_stdout(sys.stderr), suppress(OSError), out:
        server.start_io(stdout=out)
    server.workers.shutdown(wait=False, cancel_futures=True)
    return server.ended
