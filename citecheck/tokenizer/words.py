"""The words that head a source list, in the languages that documents are written in."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from citecheck.document import ListKind
from citecheck.patterns import lazy

# Nouns for a list of sources: English, German, French, Spanish, Portuguese, Italian, Dutch, Russian, then
# other languages of Europe, Chinese, Japanese and Korean.
_SOURCES = """
reference|references|reference list|referenced works|source|sources|source list|bibliography|bibliographies
work cited|works cited
literature cited|literature|citation|citations|works consulted|cited works|sources cited|sources used
references cited|reference documents|referenced documents
applicable documents|applicable and reference documents
quellen|quellenverzeichnis|quellenangabe|quellenangaben|quellennachweis|quellennachweise|literatur
literaturverzeichnis|literaturangaben
literaturhinweise|literaturliste|einzelnachweise|belege|referenzen|bibliografie|bibliographie|nachweise
quellenliste|literaturnachweis|literaturnachweise|literatur- und quellenverzeichnis
référence|références|références bibliographiques|ouvrages cités|références citées|liste des références
sources citées
referencia|referencias|referencias bibliográficas|fuente|fuentes|fuentes consultadas|bibliografía
obras citadas|citas|literatura citada
referência|referências|referências bibliográficas|fonte|fontes|bibliografia|citações
riferimento|riferimenti|riferimenti bibliografici|fonti|opere citate|citazioni|referenze
referenties|referentielijst|bronnen|bronnenlijst|bronvermelding|literatuur|literatuurlijst
literatuurverwijzingen|geraadpleegde bronnen
источник|источники|список источников|литература|список литературы|список использованной литературы
список использованных источников
использованная литература|использованные источники|библиография|библиографический список
библиографические ссылки|ссылки|сноски
bibliografia essenziale|sitografia|sitographie|webographie|webgrafía|webografía
bibliographie sommaire|verified sources|source links|reference materials
literatura a zdroje|literatura|irodalomjegyzék|irodalom|források|allikad|viited|izvori|reference|бележки
източници|surse|referințe
مراجع|منابع|المراجع|المصادر|מקורות|tài liệu tham khảo|nguồn|daftar pustaka|referensi|sumber|อ้างอิง
संदर्भ|джерела|література|список літератури|źródła|literatura|przypisy|zdroje|källor|referenser
källförteckning
litteratur
kilder|referanser|referencer|litteraturliste|lähteet|viitteet|kaynaklar|kaynakça
kildeliste|litteraturhenvisninger|källhänvisningar|lähdeluettelo|lähdeviitteet|kirjallisuus|referanslar
odniesienia|odnośniki|použitá literatura|použité zdroje|hivatkozások|forrásjegyzék|использованные материалы
посилання|використані джерела|список використаних джерел|използвана литература|използвани източници
πηγές|πηγες|βιβλιογραφία|βιβλιογραφια|αναφορές|αναφορες|βιβλιογραφικές αναφορές|παραπομπές
المراجع والمصادر|المصادر والمراجع|ביבליוגרפיה|nguồn tham khảo|rujukan|sumber referensi|เอกสารอ้างอิง
参考文献|參考文獻|参考资料|參考資料|参考来源|參考來源|资料来源|資料來源|来源|來源|引用来源|引用文献|引用|文献
参考|参考链接|信息来源|数据来源|引文|引文来源|参考书目|引用元|資料出處|註解|註腳
出典|出所|参照|参照文献|参考サイト|参考資料|文献一覧|参考文献一覧|참고문헌|참고 문헌|참고자료|참고 자료|출처
인용
"""
_NOTES = """
footnote|footnotes|foot notes|endnote|endnotes|end notes|notes|fussnoten|anmerkungen|endnoten
notes de bas de page|notas
notas al pie|notas de rodapé|note a piè di pagina|voetnoten|noten|примечания|комментарии|脚注|注释|註釋
注記|尾注|각주
link|links|liens|enlaces|weblinks|链接|リンク
"""
_READING = """
further reading|additional reading|recommended reading|suggested reading|background reading|reading list
see also|related work|related links|related documents
related reading|related resources|external links|further resources|additional resources|useful resources
resources|other resources|more resources
further links|additional links|useful links|other links|more links|further references|additional references
useful references
other references|more references|further sources|additional sources|other sources|further information
more information
weiterführende literatur|weiterführende links|weiterführende informationen|siehe auch|lecture complémentaire
lectures complémentaires
pour aller plus loin|voir aussi|lecturas adicionales|lecturas recomendadas|lectura adicional|véase también
ver también|leituras adicionais
leitura adicional|leituras complementares|leituras recomendadas|ver também|veja também|letture consigliate
approfondimenti|vedi anche
ulteriori letture|verder lezen|zie ook|см. также|смотрите также|дополнительная литература|дальнейшее чтение
延伸阅读|延伸閱讀|扩展阅读|进一步阅读|推荐阅读|相关阅读|参见|另见|参考リンク|関連項目|関連文献|さらに読む
더 읽을거리|같이 보기
"""
# What a source is called beside its number, `Source 3`, and how the word may end: `sources 1 and 2`.
NUMBERED_NOUNS: Final = {
    "ref": "s?",
    "reference": "s?",
    "source": "s?",
    "quelle": "n?",
    "fuente": "s?",
    "fonte": "s?",
    "bron": "(?:nen)?",
    "źródło": "",
    "источник": r"\w{0,2}",
}
UNSPACED_NOUNS: Final = ("来源", "來源", "资料", "資料", "文献", "文獻", "출처")  # their number may stand at them
# What may stand about the noun without making it something else. "Reference Implementation" is no source list.
_BEFORE = frozenset(
    """the our all full main key core primary secondary selected select cited numbered annotated complete general web
    online internet external data news media press academic scholarly scientific technical legal government official
    industry normative informative non-normative informational list table of and short brief detailed
    ausgewählte verwendete wichtige zitierte principales liste lista des der de le les las los delle del di""".split()
)
_AFTER = frozenset("list section cited used consulted page below".split())
_BEFORE_CHINESE = ("主要", "核心", "部分", "相关", "全部", "关键", "学术", "重要", "完整")
_AFTER_CHINESE = ("列表", "清单", "及链接", "链接", "汇总", "一览", "如下")

_NUMBERING = lazy(
    r"(?:(?:appendix|annex|anhang|annexe|section|chapter)\s+)?(?:\d{1,3}(?:\.\d{1,3})*+|[a-z](?=[.):])|[ivx]{1,6}(?=[.):\s]))[.):、．]*\s+"
    r"|\d{1,2}[.)、．]|[一二三四五六七八九十]{1,3}[、.．]\s*"
)
_EDGE = lazy(r"^[^\p{L}\p{N}(（]+|[^\p{L}\p{N})）]+$")
_EDIT = "[edit]"  # the link behind a heading, in what is copied from a wiki
_ASIDE = lazy(r"\s{0,20}[(（\[][^()（）\[\]]{0,60}[)）\]]\s{0,20}$")
_HERE = lazy(
    r"\s+(?:(?:used|consulted)\s+)?(?:in|for)\s+(?:this|the)\s+(?:report|document|article|paper|text|page|section"
    r"|chapter|answer|response|analysis|summary|review|study)$"
)
_JOIN = lazy(r"\s{0,20}[,/&+、|]\s{0,20}|\s{1,20}(?:and|und|et|e|y|en|и|och|og|i|or)\s{1,20}|[与與和及・]")


def _phrases(table: str) -> list[str]:
    return [phrase for line in table.casefold().split("\n") for phrase in line.split("|") if phrase]


_KINDS = {
    **dict.fromkeys(_phrases(_NOTES), ListKind.FOOTNOTES),
    **dict.fromkeys(_phrases(_READING), ListKind.READING),
    **dict.fromkeys(_phrases(_SOURCES), ListKind.NUMBERED),
}
_LONGEST = 80  # code points; a longer line is a sentence


@lru_cache(maxsize=1_024)  # most documents head their sections alike
def list_kind(title: str) -> ListKind | None:
    """What kind of source list a heading announces; None where its words announce none.

    "References and further reading" is held to the manners of references.
    """
    if not title or len(title) > _LONGEST:
        return None
    title = _HERE.sub("", _EDGE.sub("", title.casefold().replace("ß", "ss").removesuffix(_EDIT)))
    numbering = _NUMBERING.match(title)
    title = _EDGE.sub("", _ASIDE.sub("", title[numbering.end() :] if numbering else title))
    kinds = [_phrase_kind(" ".join(part.split())) for part in ([title] if title in _KINDS else _JOIN.split(title))]
    if not kinds or None in kinds:
        return None
    return ListKind.NUMBERED if ListKind.NUMBERED in kinds else kinds[0]


def _phrase_kind(phrase: str) -> ListKind | None:
    """The kind of one noun, without the words that only qualify it."""
    if phrase in _KINDS:
        return _KINDS[phrase]
    words = phrase.split(" ")
    while len(words) > 1 and words[-1] in _AFTER:
        words.pop()
    while len(words) > 1 and words[0] in _BEFORE:
        words.pop(0)
        if (kind := _KINDS.get(" ".join(words))) is not None:
            return kind
    bare = " ".join(words)
    for word in _AFTER_CHINESE:
        if bare not in _KINDS:
            bare = bare.removesuffix(word)
    for word in _BEFORE_CHINESE:
        if bare not in _KINDS:
            bare = bare.removeprefix(word)
    return _KINDS.get(bare)
