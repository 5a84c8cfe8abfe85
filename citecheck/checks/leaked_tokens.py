"""Leaked tokens: what is in a text although a renderer should have put a link, a number or nothing in its place.

Some programs keep their citations in the text as tokens, and replace them when they show it. Text that is copied or
exported past that step has the tokens and no citations. The forms are those that are met in published texts, as
Wikipedia's page "Signs of AI writing" (its section on markup) and the public trackers of such programs list them.

Every pattern is linear: repetitions are bounded or possessive.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import regex

from citecheck.model.document import Document, per_document
from citecheck.text.patterns import lazy_re, lazy_regex
from citecheck.text.spans import Span


class TokenForm(NamedTuple):
    """A form of token: its name, its pattern, and whether it was around words rather than in place of a citation.

    A text without any of the `traces` has no token of the form: most texts are read no further than for those. Of some
    forms other rules report where they are in a source: addresses, and blanks to be filled in.
    """

    name: str
    traces: tuple[str, ...]
    pattern: regex.Pattern[str]
    wrapper: bool = False
    of_sources: bool = False


def _form(name: str, traces: str, pattern: str, *, wrapper: bool = False, of_sources: bool = False) -> TokenForm:
    return TokenForm(name, tuple(traces.split()), lazy_regex(pattern, regex.MULTILINE), wrapper, of_sources)


_KEY = (
    r"turn\d{1,3}(?:search|news|image|video|view|fetch|file|ref|forecast|finance|sports|product|maps|click|open)\d{1,4}"
)
_LINES = r"L\d{1,6}(?:-L?\d{1,6})?"
# What follows the separators of a directive. After a key only more of them do; words end where the token does.
_WORDS = rf"(?!{_KEY})[^\ue200-\ue202\n]{{0,600}}+"
_KEYS = rf"{_KEY}(?:[A-Za-z0-9_,;:.–-]|[ ](?=turn\d|L\d)){{0,600}}+"
_KEYS_ALONE = rf"(?:(?:{_KEY}|{_LINES})(?:[,;][ ]?(?={_KEY}))?){{0,60}}+"
_ORIGIN = (
    r"(?:utm_source=(?:chatgpt\.com|openai|copilot(?:(?:\.microsoft)?\.com)?|perplexity(?:\.ai)?|gemini(?:\.google\.com)?"
    r"|claude\.ai|grok\.com|deepseek)|referrer=grok\.com)(?![\w-]|\.\w)"
)
_CHIP = r"\p{Lu}[\p{L}.’'&]{0,30}(?<=[\p{Ll}.])(?:\ \p{Lu}[\p{L}.’'&]{0,30}){0,4}\+\d{1,2}"

# Where two forms could be read at one place, the one that comes first here is taken.
FORMS = (
    # A directive between private-use delimiters: what to draw, then keys of results or words, each after a separator.
    # Where its end is lost, nobody knows how far its words go, and no more than keys is the token's.
    _form(
        "delimited",
        "\ue200",
        rf"\ue200\w{{1,30}}(?:(?:\ue202(?:{_WORDS}|{_KEYS})){{1,30}}+\ue201|(?:\ue202{_KEYS_ALONE}){{1,30}}+)",
    ),
    _form("delimiter", "\ue200 \ue201 \ue202 \ue203 \ue204 \ue205 \ue206", r"[\ue200-\ue206]", wrapper=True),
    _form("numbered-delimiter", "\uea01", r"\uea01\d{1,4}\uea02"),
    # Keys of search results, their delimiters lost: the third result of the first search. Often several in a row.
    _form(
        "key",
        "turn",
        rf"(?<![A-Za-z_/-])(?:(?:file)?cite|navlist|url|i)?{_KEY}(?:{_KEY}|{_LINES}){{0,60}}+(?!\d)",
    ),
    # A reference to the content of a message, which the page that shows it looks up by its index.
    _form(
        "content-reference",
        "oaicite:",
        r"::?contentReference\\?\[oaicite:\d{1,4}\\?\](?:\{?index=\d{1,4}\})?|(?<![\w.:])oaicite:\d{1,4}",
    ),
    # A citation with a title and an address that are drawn as a chip; without them, its number alone.
    _form(
        "chip",
        "oai_citation",
        r"\[oai_citation(?:_attribution)?[:_]\d{1,4}(?:[‡†](?P<title>(?:(?!\[oai_)[^\]\n]){0,300}))?\]"
        r"(?:\((?P<address>[^()\s]{0,800}(?:\([^()\s]{0,200}\)[^()\s]{0,200}){0,3})\))?|\boai_citation[:_]\d{1,4}",
    ),
    # Chips copied as words: the name of a site, and how many more follow it. One alone may be arithmetic.
    _form("chip-names", "+", rf"(?<!\w){_CHIP}(?:{_CHIP}){{1,20}}"),
    # Where the words before it are attributed, as JSON.
    _form(
        "attribution",
        'attributableIndex"',
        r'\(\{"attribution":\s?\{"attributableIndex":\s?"\d{1,9}-\d{1,4}"\}\}\)',
    ),
    # A number between lenticular brackets with a dagger, then what it points to: a page, a range of its lines. In the
    # number's place a key, a file of a repository, or a piece of what a terminal printed.
    _form(
        "dagger",
        "†",
        rf"(?:(?:file)?cite)?【(?:(?P<numbers>\d{{1,4}})|\d{{1,4}}:\d{{1,4}}|{_KEY})†[^【】\n]{{0,80}}】"
        rf"|【(?:F:[^【】†\n]{{1,300}}|[\da-f]{{6}})†{_LINES}】"
        rf"|\[(?P<numbers>\d{{1,4}})†(?:{_LINES}|\d{{1,6}}|source|summary)\]",
    ),
    # A thing by its type and name, which is drawn as a card.
    _form(
        "entity",
        'entity["',
        r'\bentity\["[a-z_]{1,40}",\s?"(?P<name>[^"\n]{1,80})"[^\[\]\n]{0,200}\]',
        wrapper=True,
    ),
    # The frame about a draft.
    _form("frame", ":::writing{", r"^:::writing\{[^}\n]{0,200}\}[ \t]*$", wrapper=True),
    # Where cited words begin and end, and the numbers of what supports them.
    _form(
        "cited-words",
        "[cite_ [cite\\_ [span_ [span\\_",
        r"\\?\[(?:cite\\?_(?:start|end)\\?\]|span\\?_\d{1,4}\\?\]\((?:start|end)\\?_span\))",
        wrapper=True,
    ),
    # Or what supports them by its section, or by the name of a file.
    _form(
        "cited-numbers",
        "[cite: [Cite:",
        r"\\?\[[Cc]ite:\s?(?:(?P<numbers>\d{1,4}(?:\s?[-,]\s?\d{1,4}){0,40})"
        r"|\d{1,3}(?:\.\d{1,3}){1,3}(?:,\s?\d{1,3}(?:\.\d{1,3}){0,3}){0,40}|uploaded:[^\[\]\n]{1,300})\\?\]",
    ),
    # Cited words between tags, with the indexes of documents and sentences.
    _form("cited-tag", 'index="', r'<(?:antml:)?cite\s{1,3}index="[\d,\- ]{1,200}"\s?>', wrapper=True),
    # What a citation points to, by its kind and number: a page of the web, an attached file.
    _form(
        "tag",
        "[web: [attached_ [code_ [conversation_ [generated_",
        r"\[(?:web|attached_(?:file|image)|code_file|conversation_history|generated_image):\d{1,4}\]",
    ),
    # The same in words that may be somebody's own: only after a sentence, or where they close a clause.
    _form(
        "plain-tag",
        "[file: [page: [memory: [chart: [image:",
        r"\[(?:(?<=[.,;!?)。，][ ]?\[)|(?<=[\p{L}\p{N}\p{P}][ ]?\[)(?=\w{1,9}:\d{1,4}\][ ]?(?:[.,;:!?)。，\[]|$)))"
        r"(?<!\[\[)(?:file|page|memory|chart|image):\d{1,4}\](?![\](:])",
    ),
    # Numbers linked to nowhere, and elements about one that hold the address of what it points to.
    _form("numbered-link", "](@ref)", r"\[(?P<numbers>\d{1,3}(?:,\s?\d{1,3}){0,20})\]\(@ref\)"),
    _form(
        "element",
        "<mcreference",
        r'<mcreference\s(?:[^<>]{0,200}?\blink="(?P<address>[^"<>\s]{0,800})")?[^<>]{0,800}>[^<>]{0,40}</mcreference>',
    ),
    # A file or a result between bars, and what parts the turns of a talk.
    _form(
        "piped",
        "<|",
        r"<\|(?:(?:file|cite|citation|source|web|doc|ref|search|url|image)[-_:]\w[-_:\w]{0,60}"
        r"|im_(?:start|end)|endoftext|end_of_text|eot_id)\|>",
    ),
    _form("citation-number", "[citation:", r"\[citation:(?P<numbers>\d{1,4})\](?!\()"),
    # What an export puts before its notes: an ornament, and notes that are kept without being shown.
    _form("ornament", "⁂</div>", r'<div (?:align="center"|style="text-align: center")>⁂</div>', wrapper=True),
    _form("hidden-notes", 'none">[^', r'<span style="display:none">(?:\[\^\d{1,4}(?:_\d{1,4})?\]){1,500}</span>'),
    # Cards, as elements, as links without words, and as addresses.
    _form(
        "card",
        "<grok:render",
        r"<grok:render\b[^<>]{0,300}>(?:[^<]{0,200}</?argument\b[^<>]{0,200}>){0,16}[^<]{0,20}</grok:render>",
    ),
    _form("card-part", "grok:render grok-card", r"</?grok(?::render|-card)\b[^<>]{0,500}>"),
    _form(
        "card-link",
        "grok_render grok_card:",
        r"\[\]\(grok_render_citation_card_json=\{[^)\n]{0,500}\}\)|\bgrok_card://[^\s)\]]{0,200}[\w/]",
    ),
    # A superscript number in the form of a footnote, of which there is none.
    _form("raised-number", "^]", r"\[\^\d{1,4}\^\](?![(\[:])"),
    # Addresses of files and results that were open to one program, and what it adds to the addresses of others.
    _form(
        "file-address",
        "sandbox: ppl-ai-",
        r"\bsandbox:/mnt/data/[^\s)\]\"']{1,300}"
        r"|https?://ppl-ai-(?:file-upload|code-interpreter-files)\.s3\.amazonaws\.com/[^\s)\]\"'>]{1,500}",
        of_sources=True,
    ),
    _form(
        "result-address",
        "vertexaisearch.",
        r"https?://vertexaisearch\.cloud\.google\.com/grounding-api-redirect/[\w=-]{1,500}",
        of_sources=True,
    ),
    _form(
        "origin",
        "utm_source= referrer=",
        rf"(?<=[\w/=.-])(?:\?{_ORIGIN}(?!&)|&(?:amp;)?{_ORIGIN})|(?<=[\w/=.-]\?){_ORIGIN}&(?:amp;)?",
        wrapper=True,
        of_sources=True,
    ),
    # A blank that was to be filled in with a source.
    _form(
        "blank",
        "INSERT_ PASTE_ ADD_ REPLACE_ _HERE [insert [Insert [add [Add [paste [Paste",
        r"\b(?:(?:INSERT|PASTE|ADD|REPLACE)_[A-Z0-9_]{0,40}(?:URL|LINK|SOURCE|CITATION|DOI)[A-Z0-9_]{0,40}"
        r"|(?:URL|LINK|DOI|SOURCE)_HERE)\b"
        r"|\[(?:[Ii]nsert|[Aa]dd|[Pp]aste) (?:(?:the|a|your|source|citation) ){0,2}"
        r"(?:source|citation|link|url|URL|reference|doi|DOI)s?(?: here)?\](?!\()",
        of_sources=True,
    ),
    # Where a draft begins and ends that was not for the reader.
    _form("draft", "think>", r"^[ \t]{0,3}</think>(?=[ \t]*$)|\A\s{0,9}<think>", wrapper=True),
)
_TRACES = [trace for form in FORMS for trace in form.traces]
_BRACKETED = lazy_re("|".join(re.escape(trace) for trace in _TRACES if trace[0] == "["))
_SIGNS = '_=>"^+:†⁂-'  # characters, the rarer first, that a text lacks sooner than the traces they are part of


def _by_sign() -> dict[str, list[str]]:
    """The traces that begin with no bracket, by the rarest sign in each."""
    groups: dict[str, list[str]] = defaultdict(list)
    for trace in _TRACES:
        if trace[0] != "[":
            groups[next((sign for sign in _SIGNS if sign in trace), trace)].append(trace)
    return groups


_SIGNED = tuple(_by_sign().items())


class LeakedToken(NamedTuple):
    """A token in a text.

    `kept` is what a reader needs of it, the link or the name that it holds; `numbers` are those it gives as if a list
    had them.
    """

    form: TokenForm
    span: Span
    kept: str
    numbers: str


def _traced(text: str) -> tuple[TokenForm, ...]:
    """The forms that a text has a trace of."""
    traces = {trace for sign, some in _SIGNED if sign in text for trace in some if trace in text}
    traces.update(_BRACKETED.findall(text))
    return tuple(form for form in FORMS if not traces.isdisjoint(form.traces)) if traces else ()


@per_document
def tokens_of(document: Document) -> list[LeakedToken]:
    """Every token in a document, in reading order."""
    return leaked_tokens(document.text)


def leaked_tokens(text: str) -> list[LeakedToken]:
    """Every token in a text, in reading order; none lies in another."""
    found: list[LeakedToken] = []
    for form in _traced(text):
        found += (_leak(match, form) for match in form.pattern.finditer(text))
    found.sort(key=lambda leak: (leak.span.start, FORMS.index(leak.form)))
    return list(_apart(found))


def visible_text(text: str) -> str:
    """The text of a source without its tokens."""
    end, pieces = 0, []
    for leak in leaked_tokens(text):
        if leak.form.of_sources:
            continue
        pieces.append(text[end : leak.span.start])
        end = leak.span.end
    return "".join([*pieces, text[end:]])


def _leak(match: regex.Match[str], form: TokenForm) -> LeakedToken:
    parts = match.groupdict()
    kept = parts.get("name") or ""
    address = parts.get("address") or ""
    if address.startswith(("http://", "https://")):
        kept = f"[{parts.get('title') or address}]({address})"
    return LeakedToken(form, Span(*match.span()), kept, parts.get("numbers") or "")


def _apart(found: list[LeakedToken]) -> Iterator[LeakedToken]:
    end = 0
    for leak in found:
        if leak.span.start >= end:
            yield leak
            end = leak.span.end
