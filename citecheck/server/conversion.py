"""Plain data to the types of the protocol: code points to places as the client counts them, and what it can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from lsprotocol import types as lsp

from citecheck.model.findings import Diagnostic, Edit, Severity
from citecheck.server.analysis import Analysis
from citecheck.server.answers.actions import Action, Work
from citecheck.server.answers.completion import Offer
from citecheck.server.answers.outline import Symbol
from citecheck.server.texts import Place, Positions, Stretch
from citecheck.text.spans import Span

SOURCE: Final = "citecheck"
FIX_ALL: Final = f"{lsp.CodeActionKind.SourceFixAll.value}.citecheck"
_UNUSED: Final = "CC102"  # whose entries an editor shows faded
_SEVERITIES: Final[Mapping[Severity, lsp.DiagnosticSeverity]] = MappingProxyType(
    {
        Severity.ERROR: lsp.DiagnosticSeverity.Error,
        Severity.WARNING: lsp.DiagnosticSeverity.Warning,
        Severity.INFO: lsp.DiagnosticSeverity.Information,
    }
)
KINDS: Final[Mapping[Work, str]] = MappingProxyType(
    {
        Work.FIX: lsp.CodeActionKind.QuickFix.value,
        Work.IGNORE: lsp.CodeActionKind.QuickFix.value,
        Work.FIX_ALL: FIX_ALL,
        Work.RENUMBER: lsp.CodeActionKind.RefactorRewrite.value,
        Work.MERGE: lsp.CodeActionKind.RefactorRewrite.value,
    }
)


class Client(NamedTuple):
    """What a client can do, as it said when it started."""

    pulls: bool = False
    refreshes: bool = False
    watches: bool = False
    markdown: bool = False
    versions: bool = False
    links: bool = False
    nested: bool = False
    resolves: bool = False
    disables: bool = False
    related: bool = False
    tags: bool = False

    @classmethod
    def of(cls, told: lsp.ClientCapabilities) -> Client:
        """What capabilities come to."""
        text = told.text_document or lsp.TextDocumentClientCapabilities()
        space = told.workspace or lsp.WorkspaceClientCapabilities()
        hover = text.hover.content_format if text.hover else None
        action = text.code_action
        published = text.publish_diagnostics
        resolves = action.resolve_support.properties if action and action.resolve_support else ()
        return cls(
            pulls=text.diagnostic is not None,
            refreshes=bool(space.diagnostics and space.diagnostics.refresh_support),
            watches=bool(space.did_change_watched_files and space.did_change_watched_files.dynamic_registration),
            markdown=bool(hover) and hover is not None and hover[0] == lsp.MarkupKind.Markdown,
            versions=bool(space.workspace_edit and space.workspace_edit.document_changes),
            links=bool(text.definition and text.definition.link_support),
            nested=bool(text.document_symbol and text.document_symbol.hierarchical_document_symbol_support),
            resolves="edit" in resolves,
            disables=bool(action and action.disabled_support),
            related=bool(published and published.related_information) or _pulls_related(text),
            tags=bool(published and published.tag_support) or text.diagnostic is not None,
        )


def _pulls_related(text: lsp.TextDocumentClientCapabilities) -> bool:
    return text.diagnostic is not None


def range_of(stretch: Stretch) -> lsp.Range:
    """A stretch as the protocol has it."""
    return lsp.Range(lsp.Position(*stretch.start), lsp.Position(*stretch.end))


def place_of(position: lsp.Position) -> Place:
    """A position of the protocol."""
    return Place(position.line, position.character)


def stretch_of(range: lsp.Range) -> Stretch:
    """A range of the protocol."""
    return Stretch(place_of(range.start), place_of(range.end))


def diagnostics(analysis: Analysis, uri: str, positions: Positions, client: Client) -> list[lsp.Diagnostic]:
    """What is found in a document; that it was not checked, where it was not."""
    if analysis.unread:
        range = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
        return [lsp.Diagnostic(range, analysis.unread, lsp.DiagnosticSeverity.Warning, source=SOURCE)]
    return [_diagnostic(each, analysis.rules_url, uri, positions, client) for each in analysis.diagnostics]


def _diagnostic(each: Diagnostic, url: str, uri: str, positions: Positions, client: Client) -> lsp.Diagnostic:
    page = url.format(code=each.code, name=each.rule) if url else ""
    related = [
        lsp.DiagnosticRelatedInformation(lsp.Location(uri, range_of(positions.stretch(one.span))), one.message)
        for one in each.related
    ]
    return lsp.Diagnostic(
        range=range_of(positions.stretch(each.span)),
        message=each.message,
        severity=_SEVERITIES[each.severity],
        code=each.code,
        code_description=lsp.CodeDescription(page) if page else None,
        source=SOURCE,
        tags=[lsp.DiagnosticTag.Unnecessary] if client.tags and each.code == _UNUSED else None,
        related_information=related if related and client.related else None,
    )


def workspace_edit(
    edits: Iterable[Edit], uri: str, number: int | None, positions: Positions, client: Client
) -> lsp.WorkspaceEdit:
    """Edits of a document, of the version that they were made for where the client knows versions."""
    made = [lsp.TextEdit(range_of(positions.stretch(edit.span)), edit.text) for edit in edits]
    if client.versions:
        document = lsp.OptionalVersionedTextDocumentIdentifier(uri=uri, version=number)
        return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(document, list(made))])
    return lsp.WorkspaceEdit(changes={uri: made})


def offered(offers: Iterable[Offer], positions: Positions, cursor: int) -> Iterator[lsp.CompletionItem]:
    """What can be completed at a cursor, in the order of the offers."""
    for number, offer in enumerate(offers):
        span = Span(cursor + offer.span.start, cursor)
        yield lsp.CompletionItem(
            label=offer.label,
            label_details=lsp.CompletionItemLabelDetails(description=offer.detail),
            kind=lsp.CompletionItemKind.Reference,
            detail=offer.detail,
            sort_text=f"{number:05}",
            filter_text=offer.filter,
            text_edit=lsp.TextEdit(range_of(positions.stretch(span)), offer.label),
        )


def nested(symbol: Symbol, positions: Positions) -> lsp.DocumentSymbol:
    """A symbol with those in it."""
    return lsp.DocumentSymbol(
        name=symbol.name,
        detail=symbol.detail,
        kind=lsp.SymbolKind.Array if symbol.children else lsp.SymbolKind.Constant,
        range=range_of(positions.stretch(symbol.span)),
        selection_range=range_of(positions.stretch(symbol.selection)),
        children=[nested(each, positions) for each in symbol.children],
    )


def flat(symbol: Symbol, uri: str, positions: Positions) -> Iterator[lsp.SymbolInformation]:
    """A symbol and those in it one after another, for clients that know no nested ones."""
    for each in (symbol, *symbol.children):
        kind = lsp.SymbolKind.Array if each.children else lsp.SymbolKind.Constant
        inside = None if each is symbol else symbol.name
        yield lsp.SymbolInformation(
            lsp.Location(uri, range_of(positions.stretch(each.span))), each.name, kind, container_name=inside
        )


def code_action(action: Action, found: lsp.Diagnostic | None, data: object) -> lsp.CodeAction:
    """An action whose edit is still to be worked out; `data` comes back with the request for it."""
    return lsp.CodeAction(
        title=action.title,
        kind=KINDS[action.work],
        diagnostics=[found] if found else None,
        is_preferred=True if action.preferred else None,
        data=data,
    )
