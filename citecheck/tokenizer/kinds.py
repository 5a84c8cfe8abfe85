"""What a sentence does in its text: most state something, and some only ask, announce, point or conclude.

Words tell, in the languages of the documents that were at hand; a sentence that none of them marks is a statement.
"""

from __future__ import annotations

import regex

from citecheck.document import ClaimKind
from citecheck.patterns import lazy, plain

_MARKUP = lazy(r"[*_`~]+|<[^<>]*>")
_ASIDE = lazy(r"[\[(][^\[\]().!?。]{1,60}[\])]\.?")  # all of a sentence: `[A]`, a grade; `(low certainty)`
_QUOTES = "\"'”’“»」』 \u00a0\u202f"  # what may stand behind a question mark

# What opens a caption, in the languages of which documents were at hand.
_CAPTION = lazy(
    r"(?:fig(?:ure|\.)?|table|tab\.|chart|exhibit|graph|diagram|image|photo(?:graph)?|plate|box|map|listing"
    r"|abb(?:ildung|\.)|tabelle"
    r"|figura|tabla|tableau|рис(?:унок|\.)|таблица|图表?|表|図)\s{0,2}(?:\d{1,3}(?:[.-]\d{1,3})*|[IVX]{1,5}"
    r"|[一二三四五六七八九十]{1,3})\s{0,2}[.:：)|—–-]"
    r"|(?:photo(?:graph)?|image|source|credit|quelle|fuente)s?(?: credits?| by| courtesy of)?\s{0,2}:|图源|图片来源"
    r"|(?:数据|资料)来源[:：]",
    regex.IGNORECASE,
)
_METADATA = lazy(
    r"(?:(?:by|author|authors|date|published|posted|updated|created|modified|revised|reviewed|accessed"
    r"|retrieved|editor|translator|version"
    r"|status|type|category|keywords|tags|title|subject|from|to|cc|prepared (?:by|for)|written by|reported by"
    r"|contact|e-?mail|license|doi"
    r"|isbn|issn|url|website|discussions-to|requires|replaces|autor|datum|stand|fecha|auteur|автор|дата|作者|日期"
    r"|时间|发布时间|更新时间|关键词)"
    r"(?: on| by| date)?\s{0,2}[:：]"
    r"|(?:last )?(?:updated|modified|revised|reviewed|published|posted|accessed|retrieved) (?:on |in |at |by "
    r"|\d|(?-i:\p{Lu}))"
    r"|by (?-i:\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]*){0,4})[,.|·]?\s*(?:\Z|\||·|—|(?-i:\p{Lu}\p{Ll}+) \d)|©|\(c\)"
    r"|copyright\b|all rights reserved)",
    regex.IGNORECASE,
)
_CONTENTS = lazy(r"(?:(?:\.\s?){4}|……)\s{0,4}\d{1,4}\Z|\A(?:table of )?contents\Z", regex.IGNORECASE)
# Looked for in lower case, by the pattern engine that is quick to leave a word that begins none of these.
_REMARK = plain(
    r"\b(?:"
    r"(?:this|the present|our|these) (?:\w+ ){0,2}(?:report|document|article|paper|section|chapter|guide"
    r"|proposal|analysis|review"
    r"|overview|memo(?:randum)?|post|essay|brief(?:ing)?|specification|standard|rfc|appendix|annex|table|figure"
    r"|list|page|example|summary"
    r"|sections|documents|answer|response|synthesis|investigation|comparison|timeline|framework)\b"
    r"|(?:in|see|from) (?:the )?(?:section|chapter|appendix|annex|table|figure|fig\.|part)s? [\da-z]"
    r"|(?:following|next|previous|preceding|above) (?:\w+ ){0,2}(?:section|chapter|table|figure|list"
    r"|example|paragraph|diagram|chart|code|snippet)s?\b"
    r"|(?:see|listed|described|discussed|shown|outlined|defined|summari[sz]ed|detailed|mentioned"
    r"|noted) (?:below|above|earlier|later|in (?:the )?(?:table|figure|section))\b"
    r"|we (?:will|shall|now|then|have|first|next|also|therefore|thus|propose|present|describe|discuss|focus"
    r"|argue|assume|suggest|recommend|define|consider|use|do|did|are|can|could|would)\b"
    r"|(?:not|no) (?:\w+ ){0,3}(?:in|by|from) (?:the |these |our )?(?:\w+ )?(?:sources|items|references)\b"
    r")"
    r"|\A(?:(?:see|cf\.|compare|read|note that|let us|let's|for (?:more|further) (?:\w+ )?(?:details?|information)"
    r"|more (?:on|about)|if you|please|i (?:will|have|hope|can|could|would)|i['’](?:ll|ve|m|d)|let me)\b"
    r"|(?:tables?|figures?|figs?\.|tab\.|box|tabelle|abbildung|abb\.|tableau|figura|tabla|tabela|tabella) \d"
    r"|(?:level of evidence|evidence level|grade|strength of recommendation|empfehlungsgrad|evidenzgrad"
    r"|photo|credit)s?:"
    r"|(?:more|further) research\b|it remains\b|(?:siehe|vgl\.|voir|véase|si veda|zie|см\.|انظر)(?=\s)"
    r"|我(?:将|会|已|看到|现在|需要))"
    r"|\b(?:dieser (?:bericht|artikel|beitrag|abschnitt|aufsatz)|diese (?:arbeit|übersicht)|dieses (?:kapitel|dokument)"
    r"|im folgenden|(?:siehe|vgl\.) (?:auch )?(?:abschnitt|kapitel|tabelle|abbildung|abb\.|anhang|oben|unten)"
    r"|ce (?:rapport|chapitre|document)|cet article|cette section|ci-(?:dessous|dessus|après)"
    r"|voir (?:la |le |l['’])?(?:section|chapitre|tableau|figure|annexe)"
    r"|est[ea] (?:informe|artículo|capítulo|documento|sección|relatório|artigo|seção)"
    r"|(?:véase|ver) (?:la |el |o |a )?(?:sección|capítulo|tabla|figura|cuadro|anexo|seção|tabela)"
    r"|quest[oa] (?:rapporto|articolo|capitolo|documento|sezione)|dit (?:rapport|artikel|hoofdstuk|document)"
    r"|(?:этот|настоящий|данный) (?:отч[её]т|доклад|раздел|обзор|документ)"
    r"|(?:этой|настоящей|данной) (?:статье|главе|работе)|см\. (?:раздел|гл\.|табл|рис|прил)"
    r"|(?:이|본) (?:보고서|논문|[글장절](?=[은는이가을를의에도과]))|هذا (?:التقرير|المقال|الفصل|القسم))"
    r"|(?<!日)本(?:报告|文|节|章|研究|论文|部分|手册|稿|報告|節|論文|レポート|記事)"
    r"|以下(?:是|为|表|内容|部分)|下[文表图]|如[下上]|[见详]下|笔者"
)
_CONCLUSION = lazy(
    r"(?:overall|in (?:summary|conclusion|short|sum|essence|other words|brief|general|all|effect|practice)"
    r"|to (?:summari[sz]e|conclude|sum up)|thus|therefore"
    r"|this is (?:crucial|critical|essential|important|vital|key|significant)|hence|consequently|accordingly"
    r"|as a result|ultimately|taken together|together|all in all|put (?:simply"
    r"|differently)|that is|clearly|in turn"
    r"|collectively|finally|this (?:means|suggests|implies|shows|makes|highlights|underscores|demonstrates"
    r"|illustrates|indicates|reflects|reveals|allows|ensures|creates|underlines|confirms|points to)"
    r"|all (?:of )?this|that means|it follows that|the (?:implication|upshot|bottom line) is|so(?=,)"
    r"|these (?:findings|results|figures|numbers|examples|cases|factors|developments|trends|data)"
    r"|insgesamt|zusammenfassend|abschließend|kurzum|kurz gesagt|alles in allem|somit|damit|daher|deshalb|folglich"
    r"|demnach|letzt(?:end)?lich|fazit|(?:dies|das) (?:zeigt|bedeutet|heißt|belegt|verdeutlicht|unterstreicht)"
    r"|diese (?:ergebnisse|befunde|zahlen|beispiele|entwicklung(?:en)?)"
    r"|en (?:résumé|conclusion|somme|définitive|conséquence)|ainsi|donc|par conséquent|bref|globalement"
    r"|dans l['’]ensemble|autrement dit|cela (?:montre|signifie|suggère|indique|implique|illustre)"
    r"|ces (?:résultats|chiffres|données|exemples)"
    r"|en (?:resumen|conclusión|definitiva|conjunto|suma|síntesis|consecuencia)|por (?:lo )?tanto|por consiguiente"
    r"|est?o (?:demuestra|muestra|significa|sugiere|indica|implica)|est[oa]s (?:resultados|datos|ejemplos|cifras)"
    r"|pertanto|quindi|dunque|in (?:sintesi|conclusione|definitiva)|nel complesso|ciò (?:dimostra|mostra|significa)"
    r"|quest[ie] (?:risultati|dati|cifre)|portanto|em (?:resumo|suma|síntese|conclusão)"
    r"|is[st]o (?:mostra|significa|sugere)"
    r"|kortom|al met al|dus|daarom|concluderend|dit (?:betekent|toont|suggereert)|deze (?:resultaten|cijfers)"
    r"|по сути|таким образом|в целом|в итоге|итак|следовательно|поэтому|(?:иными|другими) словами|подводя итог"
    r"|это (?:означает|показывает|свидетельствует|говорит|подтверждает)|эти (?:результаты|данные|цифры|примеры)"
    r"|总之|总而言之|综上|总的来说|总体(?:而言|来看|上)|因此|所以|由此|可见|这(?:表明|意味着|说明|些|种|一|类|也|使)|换言之|简而言之"
    r"|综合来看|整体(?:而言|来看|上)"
    r"|つまり|したがって|従って|このように|以上(?!海)|要するに|総じて|まとめると|結論として|これは[^。]{0,40}を(?:意味|示)"
    r"|따라서|그러므로|결론적으로|요컨대|전반적으로|종합하면|결국"
    r"|즉(?![시각])|이(?:는|것은) [^.]{0,40}(?:의미|시사|보여)"
    r"|(?:و?بالتالي|لذلك|باختصار|في الختام|بشكل عام|خلاصة القول|و?هذا (?:يعني|يدل|يشير)))"
    r"(?=\W|[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]|\Z)",
    regex.IGNORECASE,
)


def kind_of(sentence: str, *, opens: bool) -> ClaimKind:
    """What a sentence of the body does; `opens` where it is the first of its block."""
    if any(mark in sentence for mark in ("](", "][", "://")):
        return ClaimKind.POINTER
    words = _MARKUP.sub("", sentence).strip()
    if words.endswith((":", "：")):
        return ClaimKind.LEAD_IN
    if words.rstrip(_QUOTES).endswith(("?", "？", "؟")):
        return ClaimKind.QUESTION
    if _ASIDE.fullmatch(words):
        return ClaimKind.REMARK
    if opens and _CAPTION.match(words):
        return ClaimKind.CAPTION
    if (opens and _METADATA.match(words)) or _CONTENTS.search(words):
        return ClaimKind.METADATA
    if _CONCLUSION.match(words):
        return ClaimKind.CONCLUSION
    return ClaimKind.REMARK if _REMARK.search(words.lower()) else ClaimKind.STATEMENT
