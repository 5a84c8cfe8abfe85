"""Fields of entries as styles and languages write them, none of which the weights were fitted to."""

from __future__ import annotations

import pytest

from citecheck.recognition.entries.pieces import Kind, pieces
from citecheck.recognition.entries.reading import read_fields
from citecheck.recognition.entries.record import record
from citecheck.text.spans import Span
from tests.accuracy.fields import labelled, outcomes
from tests.accuracy.fitting import OWN

STYLES = {
    "author, year. title": (
        "Brandt, L., Osei, P., 2003. Locks that leak. Journal of Canal History 31, 201–219.",
        ("Locks that leak", "Brandt, L., Osei, P.", "Journal of Canal History", None, "2003"),
    ),
    "author. year. title": (
        "Brandt, L.M., Osei, P.K. and Lys, A.T. 2016. When the gates were built: iron. Canal Notes. 12, 3-9.",
        ("When the gates were built: iron", "Brandt, L.M., Osei, P.K. and Lys, A.T.", "Canal Notes", None, "2016"),
    ),
    "an initial ends the author": (
        "Brandt, L. S. 2011. Locks of the south. Canal Notes 4, 12–19.",
        ("Locks of the south", "Brandt, L. S.", "Canal Notes", None, "2011"),
    ),
    "pages that look like years": (
        "Ferreira, A. B. et al. Why gates of oak swell in spring. Lock Science 199, 1881-1886 (2004).",
        ("Why gates of oak swell in spring", "Ferreira, A. B. et al.", "Lock Science", None, "2004"),
    ),
    "pages over the end of a line": (
        "Brandt, L. The leaking gate. Lock Science 12, 1951-\n   1961 (1998).",
        ("The leaking gate", "Brandt, L.", "Lock Science", None, "1998"),
    ),
    "pages and no year": (
        "Brandt, L. The leaking gate. Lock Letters 201, 1951-1961.",
        ("The leaking gate", "Brandt, L.", "Lock Letters", None, None),
    ),
    "years in a title": (
        "Ferreira, A. 1991. The lock-keepers of Porto, 1790–1840. Harbour University Press.",
        ("The lock-keepers of Porto, 1790–1840", "Ferreira, A.", None, "Harbour University Press", "1991"),
    ),
    "editors before the book": (
        "Osei, P. (2007). Sluices. In L. Brandt & A. Lys (Eds.), Companion to canals (pp. 3–5). Porto: Casa do Sal.",
        ("Sluices", "Osei, P.", "Companion to canals", "Casa do Sal", "2007"),
    ),
    "LaTeX quotation marks": (
        "P. K. Osei and L. Brandt, ``Sluices at night,'' Acta Canalia, vol. 4, no. 1, pp. 12-19, 1993.",
        ("Sluices at night", "P. K. Osei and L. Brandt", "Acta Canalia", None, "1993"),
    ),
    "authors: title": (
        "LM Brandt, PK Osei and A Ferreira: Hands of old lock-keepers. Scand J Canal Med 12, 101–109 (2007)",
        ("Hands of old lock-keepers", "LM Brandt, PK Osei and A Ferreira", "Scand J Canal Med", None, "2007"),
    ),
    "no title": (
        "Brandt, L., Osei, P. K., & Ferreira, A. 2001, CanalJ, 199, 41",
        (None, "Brandt, L., Osei, P. K., & Ferreira, A.", "CanalJ", None, "2001"),
    ),
    "dashes for the same author": (
        "——— (2001). The sluice theorem. Oxford: Harbour University Press.",
        ("The sluice theorem", "———", None, "Harbour University Press", "2001"),
    ),
    "PubMed [journal]": (
        "Brandt LM, Osei PK. Wrists of the lock-keeper. Canal Med. 2011 12(4) 33-41. PubMed [journal] PMID 21345678",
        ("Wrists of the lock-keeper", "Brandt LM, Osei PK", "Canal Med", None, "2011"),
    ),
    "German": (
        "Brandt, Lena: Schleusen im Winter. In: Zeitschrift für Kanalgeschichte 14 (2006), H. 2, S. 12–31.",
        ("Schleusen im Winter", "Brandt, Lena", "Zeitschrift für Kanalgeschichte", None, "2006"),
    ),
    "French": (
        "FERREIRA, Anne. « Les portes de l’écluse ». Revue des canaux, n° 12, 2004, p. 33-41.",
        ("Les portes de l’écluse", "FERREIRA, Anne", "Revue des canaux", None, "2004"),
    ),
    "Spanish": (
        "Ferreira, A. (2009). Las compuertas del canal. Madrid: Editorial del Agua.",
        ("Las compuertas del canal", "Ferreira, A.", None, "Editorial del Agua", "2009"),
    ),
    "Russian": (
        "Орлов, П. П. Шлюзы зимой / П. П. Орлов // Вестник каналов. – 2012. – № 3. – С. 12–19.",
        ("Шлюзы зимой", "Орлов, П. П.", "Вестник каналов", None, "2012"),
    ),
    "Chinese": (
        "周明, 赵云. 船闸的历史[J]. 运河研究, 2013, 22(4): 12-19.",
        ("船闸的历史", "周明, 赵云", "运河研究", None, "2013"),
    ),
    "Japanese": (
        "高橋次郎「水門の冬」『運河研究』第4巻第2号、2006年、12-19頁。",
        ("水門の冬", "高橋次郎", "運河研究", None, "2006"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("entry", "expected"), STYLES.values(), ids=STYLES.keys())
def test_styles_are_read(entry: str, expected: tuple[str | None, ...]) -> None:
    read = record(entry, 0)
    fields = (read.title, read.author, read.container, read.publisher, read.date)
    assert expected == tuple(field and field.value for field in fields)


@pytest.mark.parametrize(
    ("entry", "date"),
    [
        ("Sluice Market Size, Share [2033]: https://a.example/s", None),
        ("How Locks Could Change by 2031, accessed April 5, 2025, https://a.example/l", None),
        ("2031年运河行业报告: https://a.example/z", None),
        ("运河管理局令（2023年第4号） 船闸管理办法: https://a.example/z", "2023"),
        ("Locks of 2 May 2014 at noon", "2014-05-02"),
        ("Locks of May 2014 at noon", None),
        ("The TLS of locks. Request for Comments 2446, January 1999.", "1999-01"),
    ],
)
def test_a_year_in_a_title_is_no_date(entry: str, date: str | None) -> None:
    read = record(entry, 0).date
    assert date == (read and read.value)


def test_the_sign_of_a_year_is_part_of_no_title() -> None:
    title = record("运河管理局令（2023年第4号） 船闸管理办法: https://a.example/z", 0).title
    assert title
    assert "船闸管理办法" == title.value


def test_more_is_read_of_a_chapter() -> None:
    words = "Osei, P. (2007). Sluices. In L. Brandt (Ed.), Companion to canals (pp. 33–57). Porto: Casa do Sal."
    read = read_fields(words, [Span(10, 14)])
    assert ("Porto", "L. Brandt") == (read.place and read.place.of(words), read.editor and read.editor.of(words))
    assert read.numbers.pages
    assert "pp. 33–57" == read.numbers.pages.of(words)


@pytest.mark.parametrize(
    ("entry", "volume", "issue", "pages", "edition"),
    [
        ("Osei, P. (2007). Sluices of old. Canal Notes, 12(3), 33–57.", "12", "3", "33–57", None),
        ("P. Osei, “Sluices of old,” Canal Notes, vol. 12, no. 3, p. 33, 2007.", "vol. 12", "no. 3", "p. 33", None),
        ("Osei P. Sluices of old. Canal Notes. 2007;12:33-57.", "12", None, "33-57", None),
        ("Osei, Paul: Schleusen. In: Kanalhefte 12 (2007), H. 3, S. 33–57.", "12", "H. 3", "S. 33–57", None),
        ("Osei, P. (2007). Sluices of old (2nd ed.). Porto: Casa do Sal.", None, None, None, "2nd ed"),
        ("Osei, P. Sluices of old. Porto: Casa do Sal, 2007.", None, None, None, None),
        ("Osei, P. Sluices of old. Canal Notes 12(3), 1901-1917, 2007.", "12", "3", "1901-1917", None),
        ("Brandt, Lena: Schleusen. 2. Aufl. Kiel: Hafenverlag 2007.", None, None, None, "2. Aufl."),
        ("Brandt, L. (2007): Schleusen. In: Kanalhefte 12 (3), S. 1901–1917.", "12", "3", "S. 1901–1917", None),
        ("Ferreira, Anne, Les portes de l’écluse, Paris, Éditions du Canal, 2007, 312 p.", None, None, "312 p.", None),
        ("Орлов П. П. Шлюзы зимой. — М.: Наука, 2007. — 312 с.", None, None, "312 с.", None),
        ("高橋次郎「水門の冬」『運河研究』第4巻第2号、2007年、1901-1917頁。", "第4巻", "第2号", "1901-1917頁", None),
        ("박지훈, 「수문의 겨울」, 『운하연구』 12(3), 2007, 33-57쪽.", "12", "3", "33-57쪽", None),
        ("周明：《船闸的历史》，北京：运河出版社，2007年，第33—57页。", None, None, "第33—57页", None),
    ],
)  # fmt: skip
def test_numbers_are_told_apart(
    entry: str, volume: str | None, issue: str | None, pages: str | None, edition: str | None
) -> None:
    read = record(entry, 0)
    found = (read.volume, read.issue, read.pages, read.edition)
    assert (volume, issue, pages, edition) == tuple(field and field.value for field in found)
    assert read.date
    assert "2007" == read.date.value


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Osei, P. K. Locks vs. weirs. Canal Rev. Lett. 3",
            ["Osei", "P. K", "Locks vs. weirs", "Canal Rev. Lett.", "3"],
        ),
        ("Osei: “Locks, and weirs”, pp. 3–9", ["Osei", "Locks, and weirs", "pp. 3–9"]),
        ("Locks (2nd ed.) // Weirs — 3", ["Locks", "2nd ed", "Weirs", "3"]),
        ("周明。船闸，水门", ["周明", "船闸", "水门"]),
        ("--- Locks", ["---", "Locks"]),
        ("….,;", []),
    ],
)
def test_words_are_parted_where_fields_may_end(words: str, expected: list[str]) -> None:
    assert expected == [words[piece.start : piece.end].strip() for piece in pieces(words, ())]


def test_a_date_within_a_quotation_is_part_of_it() -> None:
    (piece,) = pieces("“Locks of 2014”", [Span(10, 14)])
    assert (Kind.QUOTED, 1, 14) == piece[:3]


def test_entries_that_the_weights_were_fitted_to_are_read() -> None:
    """A change to pieces or signals asks for new weights: `python -m tests.accuracy.fitting`."""
    told = [outcome for entry in labelled(OWN.parent) for _, outcome, _ in outcomes(entry)]
    assert told.count("right") > 0.85 * len(told)
