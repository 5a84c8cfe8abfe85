"""Page furniture that was copied with a text: CC602."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from citecheck.checks.wording import listed
from citecheck.document import Document
from citecheck.findings import Edit, Finding, Fix, Safety
from citecheck.patterns import lazy
from citecheck.text import Span

# What pages say to their visitors, in the words of common page templates, whole lines in lower case, 0 for any number.
# Words that may just as well be an author's own ("Read more", "About the author", "Related articles") are left out.
_COMMENTS = """
leave a comment|leave a comment below|click here to leave a comment|click here to leave a comment below
post a comment|leave a reply|leave a reply cancel reply|leave a comment cancel reply|add a comment|write a comment
post your comment|0 comments|no comments|no comments yet|be the first to comment|comments (0)|comments are closed
comments have been closed|comments are off for this post|log in to comment|sign in to comment
log in to leave a comment|log in to reply|you must be logged in to post a comment
your email address will not be published|your email address will not be published. required fields are marked
view all comments|show comments|load more comments|schreibe einen kommentar|schreiben sie einen kommentar
kommentar hinterlassen|kommentare (0)|0 kommentare|laisser un commentaire|0 commentaires|deja un comentario
deja una respuesta|0 comentarios|deixe um comentário|deixe uma resposta|lascia un commento|0 commenti
geef een reactie|0 reacties|оставить комментарий|добавить комментарий|发表评论|發表評論|发表回复|暂无评论|コメントを残す
"""
_BUTTONS = """
share this|share this article|share this story|share this post|share this page|share this on social media
share this with|share with friends|share with your friends|share on facebook|share on twitter|share on x
share on linkedin|share on whatsapp|share on reddit|share via email|share on social media|tweet this|pin it
copy link|copy link to clipboard|print this article|print this page|email this article|save this article
save this story|save article|save for later|bookmark this article|artikel teilen|diesen artikel teilen
auf facebook teilen|auf twitter teilen|artikel drucken|partager cet article|partager sur facebook
partager sur twitter|compartir este artículo|compartir en facebook|compartir en twitter|compartilhe este artigo
compartilhar no facebook|condividi questo articolo|condividi su facebook|deel dit artikel|deel op facebook
поделиться|поделиться в соцсетях|分享到|分享本文|分享到微信|この記事をシェア|この記事をシェアする
"""
_SUBSCRIPTION = """
subscribe to our newsletter|subscribe to our free newsletter|subscribe to our daily newsletter
subscribe to our weekly newsletter|subscribe to the newsletter|sign up for our newsletter
sign up for our free newsletter|sign up for our daily newsletter|sign up for our weekly newsletter
sign up to our newsletter|sign up for the newsletter|join our newsletter|join our mailing list
subscribe to our mailing list|subscribe now|subscribe today|subscribe for free|subscribe to continue reading
sign in to continue reading|log in to continue reading|log in or subscribe to continue reading
register to continue reading|this article is for subscribers only|this content is for members only
this story is for paying subscribers only|already a subscriber? log in|already a subscriber? sign in
already have an account? log in|already have an account? sign in|get the latest news delivered to your inbox
get the latest posts delivered right to your inbox|enter your email address|enter your email address to subscribe
thanks for subscribing|thank you for subscribing|thank you for signing up|newsletter abonnieren
jetzt newsletter abonnieren|unseren newsletter abonnieren|abonnez-vous à notre newsletter|s'abonner à la newsletter
suscríbete a nuestro boletín|suscríbete a nuestra newsletter|inscreva-se na nossa newsletter
assine a nossa newsletter|iscriviti alla newsletter|iscriviti alla nostra newsletter
schrijf je in voor de nieuwsbrief|schrijf je in voor onze nieuwsbrief
подписаться на рассылку|订阅我们的新闻通讯|ニュースレターに登録
"""
_COOKIES = """
accept cookies|accept all cookies|reject all cookies|allow all cookies|manage cookies|cookie settings
cookie preferences|manage cookie preferences|your privacy choices|do not sell my personal information
alle cookies akzeptieren|cookie-einstellungen|cookies akzeptieren|accepter les cookies|tout accepter
gérer les cookies|aceptar cookies|aceptar todas las cookies|aceitar cookies|aceitar todos os cookies
accetta i cookie|accetta tutti i cookie|cookies accepteren|alle cookies accepteren|принять все cookie|接受所有 cookie
接受所有cookie
"""
_SKIPPING = """
skip to content|skip to main content|skip to the content|skip to the main content|skip to primary content
skip to navigation|skip to main navigation|skip to search|skip to footer|skip to article|jump to content
jump to main content|jump to navigation|skip navigation|skip advertisement|skip ad|toggle navigation|toggle menu
toggle search|open menu|close menu|open navigation menu|close navigation menu|zum inhalt|zum inhalt springen
zum hauptinhalt|zum hauptinhalt springen|direkt zum inhalt|aller au contenu|aller au contenu principal
saltar al contenido|saltar al contenido principal|ir al contenido|ir al contenido principal|pular para o conteúdo
pular para o conteúdo principal|saltar para o conteúdo|ir para o conteúdo|vai al contenuto
vai al contenuto principale|naar de inhoud|ga naar de inhoud|naar hoofdinhoud|перейти к содержанию
перейти к основному содержанию|跳至内容|跳至正文|跳到主要内容|跳转到内容|跳至主要内容
コンテンツへスキップ|メインコンテンツへスキップ|メインコンテンツに移動
"""
_ADVERTISING = """
advertisement|advertisements|advertisement - continue reading below|advertisement - scroll to continue
advertisement. scroll to continue reading|continue reading below advertisement|article continues below advertisement
article continues after advertisement|article continues below|story continues below advertisement
story continues below|story continues after advertisement|scroll to continue|scroll to continue reading
scroll to continue with content|sponsored content|ad feedback|report this ad|why this ad?
weiterlesen nach der anzeige|la suite après la publicité|la suite après cette publicité
continua después de la publicidad|continua após a publicidade|continua dopo la pubblicità
"""
_BROWSER = """
please enable javascript|please enable javascript to view this page|please enable javascript to continue
please enable javascript to view the comments powered by disqus|please enable cookies|javascript is disabled
javascript is disabled in your browser|you need to enable javascript to run this app|this site requires javascript
javascript must be enabled in order for you to use this site|your browser does not support the video tag
your browser does not support the audio element|your browser does not support javascript|verify you are human
checking your browser before accessing|checking if the site connection is secure
"""
_KINDS = {
    phrase: kind
    for kind, phrases in {
        "a comment box": _COMMENTS,
        "buttons to share it": _BUTTONS,
        "an invitation to subscribe": _SUBSCRIPTION,
        "a cookie notice": _COOKIES,
        "a link past the menu": _SKIPPING,
        "the frame of an advertisement": _ADVERTISING,
        "a message of the browser": _BROWSER,
    }.items()
    for line in phrases.split("\n")
    for phrase in line.split("|")
    if phrase
}
# A notice of cookies is a sentence or two, of which only the beginning is known.
_NOTICE = lazy(
    r"(?:this (?:web)?site|our (?:web)?site|we|we and our partners) uses? (?:[\w-]+ ){0,2}cookies\b"
    r"|by (?:using|continuing to use|browsing) (?:this|our) (?:web)?site,? you (?:agree|consent)\b.*\bcookies\b"
    r"|(?:wir (?:verwenden|nutzen)|diese (?:website|webseite|seite) (?:verwendet|nutzt|benutzt)) cookies\b"
    r"|(?:nous utilisons|ce site utilise) des cookies\b|(?:questo|il nostro) sito utilizza (?:i )?cookie\b"
    r"|(?:este sitio(?: web)? utiliza|este site utiliza|utilizamos|usamos) cookies\b"
    r"|(?:wij gebruiken|deze (?:website|site) gebruikt) cookies\b"
)
_BUTTON = frozenset(
    "share tweet pin email print facebook twitter linkedin whatsapp reddit pinterest telegram x".split()
)
_FEWEST_BUTTONS = 3
_LONGEST = 90  # code points of a line; a longer one is a paragraph, or a notice of cookies
_DIGITS = lazy(r"\d{1,3}(?:[.,]?\d{3})*+")
_LINK = lazy(r"\[([^\[\]]{1,80})\]\([^()\s#]{0,200}#[^()\s]{0,200}\)")  # to a place on a page
_COUNT = " 0 comments"
# How lines of furniture begin, behind their markup.
_KEY = 3  # code points
_NOTICES = "thi|our|we |by |wir|die|nou|ce |que|il |est|uti|usa|wij|dez"
_BEGINNINGS = frozenset(
    words[:_KEY].replace("'", mark) for words in (*_KINDS, *_BUTTON, *_NOTICES.split("|")) for mark in "'’"
)
_ALONE = "xX0123456789"  # a button, and the number of comments
_MARGIN = "[*_ \t.!:…»›→↓"


class _Line(NamedTuple):
    """A line without its ending: its span, whether anything stands in it, and what kind of furniture it is, if any."""

    span: Span
    blank: bool
    kind: str | None


def boilerplate_text(document: Document) -> Iterator[Finding]:
    """CC602: lines that a page says to its visitors stand in the text, apart from what it says; one finding a run."""
    if not _suspected(document.text):
        return
    lines = list(_lines(document))
    for run in _runs(lines):
        first, last = lines[run[0]], lines[run[-1]]
        kinds = list(dict.fromkeys(kind for place in run if (kind := lines[place].kind)))
        message = f"page furniture, not part of the text: {listed(kinds, limit=len(kinds))}"
        edit = Edit(_cut(lines, run[0], run[-1], document), "")
        yield Finding(Span(first.span.start, last.span.end), message, fix=Fix("take it out", (edit,), Safety.UNSAFE))


def _suspected(text: str) -> bool:
    """Whether any line begins like furniture and is some: most texts have none, and are read no further."""
    notices = "ookie" in text
    for line in (text.replace("\r", "\n") if "\r" in text else text).split("\n"):
        if len(line) > _LONGEST and not notices and line[0] != "[" and len(line.strip()) > _LONGEST:
            continue
        start = line.lstrip(_MARGIN)[:_KEY]
        if start and (start.casefold() in _BEGINNINGS or start[0] in _ALONE):
            words = line.strip()
            if _telling(words) and _kind(words):
                return True
    return False


def _telling(words: str) -> bool:
    """Whether a line is short enough for a button or a link, or may be a notice of cookies."""
    if words[:1] == "[":
        return "](" in words
    return 2 < len(words) <= _LONGEST or "ookie" in words


def _lines(document: Document) -> Iterator[_Line]:
    """The lines of a document, their kind told only outside code."""
    text = document.text
    for start, end in pairwise([*document.lines.starts, len(text)]):
        written = text[start:end]
        words = written.strip()
        first = start + written.find(words)
        kind = _kind(words) if _telling(words) and first not in document.verbatim else None
        yield _Line(Span(first, first + len(words)), not words, kind)


def _kind(line: str) -> str | None:
    """The kind of furniture that a line is; a heading, an item of a list and a link to elsewhere are the author's."""
    if line[0] in "#-+>|" or line.startswith("* "):
        return None
    link = _LINK.fullmatch(line)
    words = (link[1] if link else line).strip("*_ \t.!:…»›→↓").casefold().replace("’", "'")
    words = " ".join(_DIGITS.sub("0", words).split())
    if kind := _KINDS.get(words) or _KINDS.get(words.removesuffix(_COUNT)):
        return kind
    if _NOTICE.match(words):
        return "a cookie notice"
    buttons = words.replace("|", " ").replace("·", " ").split()
    return "buttons to share it" if len(buttons) >= _FEWEST_BUTTONS and _BUTTON.issuperset(buttons) else None


def _runs(lines: list[_Line]) -> Iterator[list[int]]:
    """The places of furniture with nothing but blank lines between, where no other line touches it."""
    run: list[int] = []
    for place, line in enumerate(lines):
        if line.blank:
            continue
        if line.kind and (not place or lines[place - 1].blank or place - 1 in run[-1:]):
            run.append(place)
            continue
        if run and run[-1] == place - 1:
            run.pop()  # the words go on in the next line
        if run:
            yield run
        run = []
    if run:
        yield run


def _cut(lines: list[_Line], first: int, last: int, document: Document) -> Span:
    """The lines of a run with the blank ones after it; at the end of a text, those before it.

    Where the last line of a text has no ending, the line that is last afterwards has none either.
    """
    after = last + 1
    while after < len(lines) and lines[after].blank:
        after += 1
    while after == len(lines) and first and lines[first - 1].blank:
        first -= 1
    start = document.lines.line(first + 1).start
    if after == len(lines) and not document.text.endswith(("\n", "\r")):
        start = len(document.text[:start].rstrip("\r\n"))
    return Span(start, document.lines.line(after).end)
