"""Databases as scanners read them: every entry with its key, its fields and their places, whatever stands about it."""

from __future__ import annotations

import time
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck import lint, parse
from citecheck.bibliography.bibtex import BibEntry, keys, read
from citecheck.bibliography.latex import plain
from citecheck.cli import status


def only(text: str) -> BibEntry:
    (entry,) = read(text).entries
    return entry


def test_values_are_braced_quoted_bare_or_joined() -> None:
    text = (
        '@STRING{jml = "Journal of Mills"}\n'
        '@Article(key:1,\n A = {x {y} z}, b = "p {"} q", c=1994, d = jml # { 2}, e = jan\n)'
    )
    entry = only(text)
    assert ("article", "key:1", True) == (entry.type, entry.key, entry.closed)
    values = {field.name: field.value for field in entry.fields}
    assert {"a": "x {y} z", "b": 'p {"} q', "c": "1994", "d": "Journal of Mills 2", "e": "jan"} == values


def test_every_place_is_where_it_stands() -> None:
    text = "mail a@b.example {x}\n  @book{ key , title = {Salt}, year = 1999 }\n"
    entry = only(text)
    assert "key" == entry.key_span.of(text)
    assert ["title", "year"] == [field.name_span.of(text) for field in entry.fields]
    assert ["Salt", "1999"] == [field.span.of(text) for field in entry.fields]
    assert "@book{ key , title = {Salt}, year = 1999 }" == entry.span.of(text)


@pytest.mark.parametrize("value", ["{Salt", "{Salt {and} {stone}", '"Salt', "{{{Salt}"])
def test_a_missing_brace_takes_nothing_from_the_next_entry(value: str) -> None:
    text = f"@book{{a,\n  title = {value},\n  year = 1999\n}}\n\n@book{{b,\n  title = {{Stone}}\n}}\n"
    broken, sound = read(text).entries
    assert (False, "a") == (broken.closed, broken.key)
    assert (True, "b", "Stone") == (sound.closed, sound.key, sound.fields[0].value)


def test_comments_preambles_and_text_between_are_no_entries() -> None:
    text = (
        "@comment{jabref-meta: databaseType:bibtex;}\n@preamble{ {\\def\\x{}} }\n@media(print) { a }\n"
        "% @book{old, title = {Kept by BibTeX}}\n@book{new, title = {Salt}}\n@comment{unclosed\n@misc{last, note = 1}\n"
    )
    assert [("old", True), ("new", False), ("last", False)] == [(e.key, e.commented) for e in read(text).entries]
    assert {"old", "new", "last"} == keys(text)


def test_aliases_are_keys() -> None:
    assert {"a", "b", "c"} == keys("@book{a, ids = {b, c}, title = {x}}")


def test_latex_is_read_as_letters() -> None:
    written = r"{\"O}hman, L. \& Sart{\o}, Mar\'{\i}a, {\v{S}}kvor~\emph{in} {NaCl}"
    assert "Öhman, L. & Sartø, María, Škvor in NaCl" == plain(written)


ENTRY = "@book{{k{n},\n  title = {{Salt {n}}},\n  author = {{Orme, T.}},\n  {rest}\n}}\n"


def codes(rest: str) -> list[str]:
    text = ENTRY.format(n=1, rest=rest)
    return [f"{each.code} {text[each.span.start : each.span.end]}" for each in lint(text, format="bibtex")]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("year = {2101}", ["CC310 2101"]),
        ("year = {1999}, month = 13", ["CC310 13"]),
        ("year = {in press}", []),
        ("year = {1999}, month = jan # {~3}", []),
        ("date = {1999-02-30}", ["CC310 1999-02-30"]),
        ("date = {1999-02/1999-05}", []),
        ("date = {1999}, urldate = {1998-05-01}", []),
        ("isbn = {978-0-306-40615-7, 978-0-306-40615-8}", []),
        ("isbn = {0 306 40615 3}", ["CC403 0 306 40615 3"]),
        ("isbn = {1095-9203 (Electronic) 0036-8075 (Linking)}", []),
        ("issn = {0028-0836, 1476-4687}", []),
        ("issn = {0028-0837}", ["CC403 0028-0837"]),
        ("eprint = {2313.00001}, archivePrefix = {arXiv}", ["CC404 2313.00001"]),
        ("eprint = {2313.00001}, eprinttype = {jstor}", []),
        (r"doi = {10.1007/978\_3}", []),
        ("doi = {10.1007/978-3.}", ["CC402 10.1007/978-3."]),
        ("doi = { 10.1007/978-3 }", []),
        ("doi = {doi:10.1007/978-3}", ["CC409 doi:"]),
        (r"url = {https://mills.test/a\_b?x=1}", []),
        (r"howpublished = {\url{htps://mills.test/a}}", ["CC401 htps://mills.test/a"]),
        ("note = {TODO}", []),
        ("publisher = {TODO}", ["CC309 TODO"]),
        ("publisher = {Author}", []),
        ("keywords = {a}, keywords = { a }", []),
    ],
)
def test_fields_are_checked_by_what_they_say(rest: str, expected: list[str]) -> None:
    assert expected == codes(rest)


def test_an_address_that_is_written_with_escapes_has_no_fix() -> None:
    found = lint(ENTRY.format(n=1, rest=r"url = {https://mills.test/a\_b?utm_source=x}"), format="bibtex")
    assert [("CC405", None)] == [(each.code, each.fix) for each in found]


def test_one_work_under_two_keys_is_told_and_parts_of_a_book_are_not() -> None:
    first = "@incollection{a, title = {Locks of the canal}, author = {Orme}, doi = {10.1007/978-3}, pages = {1}}\n"
    again = first.replace("{a,", "{b,")
    assert ["CC302"] == [each.code for each in lint(first + again, format="bibtex")]
    assert [] == lint(first + again.replace("Locks", "Weirs"), format="bibtex")
    assert [] == lint(first + again.replace("{1}", "{9}"), format="bibtex")


def test_equal_entries_are_told_with_a_fix_that_deletes_one() -> None:
    entry = "@book{a,\n  title = {Salt}\n}\n"
    (found,) = lint(entry + "\n" + entry, format="bibtex")
    assert found.fix is not None
    assert [("CC103", "")] == [(found.code, edit.text) for edit in found.fix.edits]


def test_nothing_is_said_of_how_a_database_is_written() -> None:
    text = "@book{b,title={Salt},\nAuthor={Orme},}@book{a, title = {Stone 1 [2]}, note = {see [3] and (4)}, year=1,\n}"
    assert [] == lint(text, format="bibtex")
    assert () == parse(text, format="bibtex").markers


def test_an_ignore_comment_stands_between_entries_alone() -> None:
    entry = ENTRY.format(n=1, rest="isbn = {978-0-306-40615-8}, year = 2101")
    around = f"% citecheck: off CC310 CC403\n{entry}% citecheck: on\n"
    assert ["CC403", "CC310"] == [
        each.code for each in lint(around + entry.replace("k1", "k2").replace("Salt", "Stone"), format="bibtex")
    ]
    assert [] == lint(f"% citecheck: ignore-file CC310 CC403\n{entry}", format="bibtex")
    inside = ENTRY.format(n=1, rest="note = {x},\n  % citecheck: ignore CC310\n  year = 2101")  # BibTeX refuses it
    assert ["CC310"] == [each.code for each in lint(inside, format="bibtex")]


def test_ignore_comments_are_never_put_into_an_entry(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text(ENTRY.format(n=1, rest="year = 2101"), encoding="utf-8")
    with redirect_stdout(StringIO()):
        status(["check", "--add-ignores", str(path)])
    added = path.read_text(encoding="utf-8")
    assert added.endswith("}\n\n% citecheck: ignore-file CC310\n")
    assert [] == lint(added, format="bibtex")


@given(st.lists(st.sampled_from([*'{}"\n,%x#(', "@book{k,", "@string{s=", "@comment{", "a = "])))
def test_any_text_is_read_and_every_place_lies_inside_it(parts: list[str]) -> None:
    text = "".join(parts)
    for entry in read(text).entries:
        for span in (entry.span, entry.head, entry.key_span, *(field.span for field in entry.fields)):
            assert 0 <= span.start <= span.end <= len(text)
        assert entry.key == entry.key_span.of(text)


HOSTILE = {
    "unclosed": "".join(f"@book{{k{n},\n title = {{x\n" for n in range(50_000)),
    "braces": "@book{k,\n title = " + "{" * 500_000,
    "balanced braces": "@book{k,\n title = " + "{" * 200_000 + "}" * 200_000 + "}",
    "heads": "@a{" * 100_000,
    "comments": "@comment{" * 100_000,
    "quotation marks": '@book{k,a="' * 50_000,
    "joins": "@book{k,a=" + "x#" * 100_000,
    "one line": "@book{k,a={x}}" * 20_000,
    "spaces": "@book{k,a=1" + " " * 500_000,
    "stray groups": "@book{k," + "{" * 300_000,
    "percent signs": "@book{k," + "%" * 300_000,
    "words in a key": "@book{" + "a " * 300_000,
    "a long word": "@book{k, " + "x" * 500_000,
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_shapes_are_read_in_time(shape: str) -> None:
    start = time.process_time()
    read(HOSTILE[shape])
    assert time.process_time() - start < 20
