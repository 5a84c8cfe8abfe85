"""The lexicon: its notation, what it compiles to, that what is committed is fresh, and that it holds every word."""

from __future__ import annotations

import ast
import itertools
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from citecheck.lexicon import COMPILED, numbers, phrases, words_of
from citecheck.lexicon.__main__ import README, with_table
from citecheck.lexicon.building import compiled, groups, languages
from citecheck.lexicon.notation import pattern, plain_spellings, signs, spellings

PACKAGE = COMPILED.parents[1]
NOTATION = [  # a phrase, what it stands for, and what it does not
    ("see", ["see"], ["sea"]),
    ("see[ also]", ["see", "see also"], ["see als"]),
    ("(last |)viewed", ["viewed", "last viewed"], ["lastviewed"]),
    ("this …2 report", ["this report", "this new report", "this very new report"], ["this other very new report"]),
    ("これは……4を", ["これは塩を", "これはを"], ["これは塩と茶と水を", "これは。を"]),
    ("рис*", ["рис", "рисунок"], ["ри"]),
    ("l'adresse", ["l'adresse", "l’adresse"], ["ladresse"]),
    (r"let\'s", ["let's"], ["let’s"]),
    (r"\[edit\] \(0\)", ["[edit] (0)"], ["edit 0"]),
    ("ref[s].", ["ref.", "refs."], ["refs", "refsx"]),
]


@pytest.mark.parametrize(("phrase", "texts", "others"), NOTATION)
def test_a_phrase_matches_what_it_stands_for(phrase: str, texts: list[str], others: list[str]) -> None:
    assert [True] * len(texts) == [re.fullmatch(pattern(phrase), text) is not None for text in texts]
    assert [False] * len(others) == [re.fullmatch(pattern(phrase), text) is not None for text in others]


@pytest.mark.parametrize("phrase", ["(a", "a)", "[a)", "a]"])
def test_a_bracket_without_its_partner_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="bracket"):
        pattern(phrase)


def test_a_phrase_with_a_gap_cannot_be_compared_whole() -> None:
    with pytest.raises(ValueError, match="this …2 report"):
        plain_spellings("this …2 report")


@pytest.mark.parametrize("group", [name for name, group in groups().items() if group.use == "signs"])
def test_every_phrase_has_a_sign(group: str) -> None:
    known = words_of(group)
    for language in languages():
        for phrase in language.groups.get(group, ()):
            assert all(known.may_be_in(each.replace("\0", "")) for each in spellings(phrase.lower()))


def test_signs_are_few_and_none_is_needless() -> None:
    assert ["retrie", "viewed"] == [sign[:6] for sign in signs(["viewed", "last viewed", "retrieved"])]


def test_a_word_of_an_exception_is_none() -> None:
    remark = re.compile(words_of("remarks.anywhere").whole)
    assert remark.search("本報告は塩を")
    assert not remark.search("日本報告会")


def test_whole_words_end_where_their_script_has_words() -> None:
    remark = re.compile(words_of("remarks.anywhere").whole)
    assert remark.search("in this report we")
    assert not remark.search("in this reporter we")
    assert remark.search("下文将")


def test_months_of_all_languages_are_known() -> None:
    months = numbers("months")
    assert (1, 1, 3, 12) == (months["january"], months["jänner"], months["märz"], months["dezembro"])
    assert "mac" not in months


def test_what_is_generated_is_fresh() -> None:
    assert COMPILED.read_text(encoding="utf-8") == compiled(), "stale: python -m citecheck.lexicon"
    readme = README.read_text(encoding="utf-8")
    assert with_table(readme) == readme, "stale: python -m citecheck.lexicon"


def test_freshness_is_checked_by_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "citecheck.lexicon", "--check"], capture_output=True, check=False)
    assert (0, b"") == (done.returncode, done.stderr)


def test_reading_the_lexicon_needs_nothing_that_only_building_it_does() -> None:
    code = (
        "import sys, citecheck.recognition; print(*{'babel', 'tomllib', 'citecheck.lexicon.building'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "\n"


@pytest.mark.parametrize("path", [COMPILED, *sorted(Path(COMPILED.parent).rglob("*.toml"))], ids=lambda path: path.name)
def test_files_end_as_files_do(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.endswith("\n")
    assert "\r" not in text


def test_every_group_is_used_and_every_use_has_a_group() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    unused = [name for name, group in groups().items() if group.use != "exceptions" and f'{name}"' not in source]
    assert [] == [name for name in unused if f"{name}'" not in source]
    assert phrases("headings.references")


# Words elsewhere --------------------------------------------------------------------------------------------

# Letters that a module is about, as signs: what a wrong encoding makes of text, fillers that nobody sees, isotopes,
# what LaTeX writes with commands.
LETTERS = {
    "checks/titles.py": "ÂÃâïŒœŠšŸŽžƒˆ",
    "checks/invisible_characters.py": "\u115f\u1160",
    "recognition/markers/superscripts.py": "Δδ",
    "sources/folding.py": "İʼ",
    "sources/online/comparison.py": "äöü",
    "recognition/author_year/names.py": "ʼæðøþđıłœ",
    "recognition/author_year/resolution.py": "аеиоуыя",
    "bibliography/latex.py": "ÅÆØßåæøŁłŒœ",
    "readers/latex_words.py": "ÅÆÐØÞßåæðøþĐđŁłŒœ",
}
# What is spelled like a word of another language, and is English, of Python, part of an address, or a name.
ENGLISH = frozenset("""stand abs var con ces str org red editions dir par come sin alter del""".split())
WORD = re.compile(r"[^\W\d_]{3,}")  # shorter ones are words of too many languages


def literals(tree: ast.Module) -> Iterator[str]:
    """The string literals of a module, but for what documents it."""
    documenting = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)  # a docstring, or one of a name
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documenting:
            yield node.value


@cache
def foreign_words() -> set[str]:
    """The words of all languages but English that are no English words of the lexicon."""
    by_language: dict[str, set[str]] = {}
    for language in languages():
        every = [*itertools.chain.from_iterable(language.groups.values()), *language.months, *language.seasons]
        spelled = " ".join(spelling for phrase in every for spelling in spellings(phrase.lower()))
        by_language[language.code] = set(WORD.findall(spelled))
    english = by_language.pop("en") | by_language.pop("und") | ENGLISH
    return set().union(*by_language.values()) - english


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(PACKAGE.rglob("*.py")) if path.parent != COMPILED.parent],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_words_are_in_the_lexicon_and_nowhere_else(path: Path) -> None:
    """Signs, such as brackets and quotation marks, are no words: a module may have those it is about."""
    found = list(literals(ast.parse(path.read_text(encoding="utf-8"))))
    letters = {sign for each in found for sign in each if not sign.isascii() and unicodedata.category(sign)[0] == "L"}
    assert "" == "".join(sorted(letters - set(LETTERS.get(path.relative_to(PACKAGE).as_posix(), ""))))
    assert set() == foreign_words() & {word for each in found for word in WORD.findall(each.lower())}


def test_a_stray_word_is_seen() -> None:
    (found,) = literals(ast.parse('"""Liest Quellen."""\nWORDS = "Literaturverzeichnis"\n'))
    assert found.lower() in foreign_words()
