"""Sources that go: none beside a slip, two become one only where they agree, and many go at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from citecheck.cli import status
from citecheck.editing.renumber import RenumberError, propose_removal
from citecheck.engine.fixing import Fixed, fix_document, renumber_document
from citecheck.model.document import Document
from citecheck.model.findings import Removal
from citecheck.model.settings import Settings
from citecheck.recognition import parse

LIST = "\n\n## Sources\n\n1. Anders, *Rivers*, 1999.\n2. Berg, *Lakes*, 2001.\n3. Chen, *Seas*, 2003.\n"


def read(text: str, format: str = "markdown") -> Document:
    return parse(text, name="waters", format=format)


def fixed(text: str, *rules: str, format: str = "markdown") -> Fixed:
    return fix_document(read(text, format), Settings(select=rules), partial(read, format=format), unsafe=True)


# Beside a marker that names nothing -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"It rose [1], fell [4], and stayed [3].{LIST}", id="a number behind the last"),
        pytest.param(f"It rose [1], fell [3, 4].{LIST}", id="in a group"),
        pytest.param(f"It rose [1], fell [3-5].{LIST}", id="in a range"),
        pytest.param("Rose.[^1] Fell.[^tow]\n\n[^1]: Anders, 1999.\n[^two]: Berg, 2001.\n", id="footnotes"),
        pytest.param(f"Rose.¹ Fell.⁴ Stayed.³{LIST}", id="raised"),
        pytest.param(
            f"# A\n\nIt rose [1], fell [4], stayed [3].{LIST}\n# B\n\nIt rose [1], fell [2].\n\n"
            "## Sources\n\n1. Diaz, 2005.\n2. Eder, 2007.\n",
            id="in one of two lists",
        ),
    ],
)
def test_no_source_is_deleted_while_a_marker_of_its_list_names_nothing(text: str) -> None:
    done = fixed(text, "CC102")
    assert text == done.document.text
    assert {"CC102"} == {each.code for each in done.result.diagnostics}
    assert [None] == [each.fix for each in done.result.diagnostics]
    (refusal,) = done.refusals
    assert "which is not listed; fix that first, since it may be a typo for another" in refusal.reason


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        pytest.param(f"It rose [1], and stayed [3].{LIST}", "Berg", id="nothing is undefined"),
        pytest.param(f"It rose [1], and stayed [3], `fell [4]`.{LIST}", "Berg", id="in code"),
        pytest.param(f"It rose [1], and stayed [3], in [2001].{LIST}", "Berg", id="a year"),
        pytest.param(f"It rose [1], stayed [3].[^9]{LIST}\n[^8]: Eder.\n", "Berg", id="in another numbering"),
        pytest.param(
            f"# A\n\nIt rose [1], stayed [3].{LIST}\n# B\n\nIt rose [1], fell [9].\n\n"
            "## Sources\n\n1. Diaz, 2005.\n2. Eder, 2007.\n",
            "Berg",
            id="in another list",
        ),
    ],
)
def test_a_source_of_a_sound_list_is_deleted(text: str, gone: str) -> None:
    assert gone not in fixed(text, "CC102").document.text


@pytest.mark.parametrize(
    "text",
    [
        f"It fell [2], rose [1], and sank [4].{LIST}",
        f"It rose [1], fell [2], and sank [4].{LIST}",
        f"It fell [2, 4], rose [1].{LIST}",
        "Fell.[^2] Rose.[^1] Sank.[^4]\n\n[^1]: Anders.\n[^2]: Berg.\n",
        "It fell [2], rose [1], sank [9].\n\n## Sources\n\n[1] Anders.\n[2] Berg.\n",
    ],
)
def test_nothing_is_renumbered_while_a_marker_names_nothing(text: str) -> None:
    with pytest.raises(RenumberError, match=r"line 1 names source [49], which is not listed; fix that first"):
        renumber_document(read(text), read)
    assert text == fixed(text, "CC2").document.text


@pytest.mark.parametrize(
    "text",
    [
        "It rose [1], fell [2].\n\n## Sources\n\n1. Anders, 1999.\n2. Berg, 2001.\n\n[2]: https://berg.example/\n",
        "It rose [1], fell [2], `sank [4]`.\n\n## Sources\n\n1. Anders, 1999.\n2. Berg, 2001.\n",
    ],
)
def test_a_sound_numbering_is_renumbered(text: str) -> None:
    turned = text.replace("rose [1], fell [2]", "rose [2], fell [1]")
    assert turned != renumber_document(read(turned), read).text
    assert text == renumber_document(read(text), read).text


# Listed twice -----------------------------------------------------------------------------------------------

TWICE = {
    "footnotes a section": "# One\n\nIt grew.[^1] Two left.[^2]\n\n[^1]: Survey, 2023.\n[^2]: Register, 2023.\n\n"
    "# Two\n\nHe ran it.[^1]\n\n[^1]: Profile, 2022.\n",
    "one number of a list": "It rose [1], fell [2].\n\n## Sources\n\n[1] Anders, 1999.\n[2] Berg, 2001.\n[2] Chen.\n",
    "a number that keeps its place": "It fell [3], rose [1], sank [2].\n\n## Sources\n\n[1] Anders.\n[1] Eder.\n"
    "[2] Berg.\n[3] Chen.\n",
    "an ordered list": "It rose [1], fell [2].\n\n## Sources\n\n1) Anders, 1999.\n2) Berg, 2001.\n\n2) Chen, 2003.\n",
    "definitions": 'It fell [2], rose [1].\n\n## Sources\n\n[1]: https://a.example/ "Anders"\n'
    '[2]: https://b.example/ "Berg"\n[1]: https://c.example/ "Chen"\n',
    "plain text": "It rose [1], fell [2].\n\nSources\n\n[1] Anders, 1999.\n[2] Berg, 2001.\n[1] Chen, 2003.\n",
}


@pytest.mark.parametrize("text", TWICE.values(), ids=TWICE.keys())
def test_renumber_refuses_what_is_listed_twice(
    text: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    path = tmp_path / ("waters.txt" if "plain" in request.node.name else "waters.md")
    path.write_text(text, encoding="utf-8")
    assert 1 == status(["renumber", str(path)])
    out, err = capfd.readouterr()
    assert "0 of 1 document changed, 1 refused\n" == out
    assert "is listed twice (CC103); give one of the two another number" in err
    assert text == path.read_text(encoding="utf-8")


def test_a_list_and_its_definitions_name_a_source_once() -> None:
    text = "It fell [2], rose [1].\n\n## Sources\n\n[1] Anders.\n[2] Berg.\n\n[1]: https://a.example/\n"
    assert "It fell [1], rose [2]." in renumber_document(read(text), read).text


def test_no_source_is_deleted_beside_a_label_of_two_works() -> None:
    text = f"It rose [1], fell [2].{LIST}".replace("2. Berg", "1. Berg")
    done = fixed(text, "CC102")
    assert text == done.document.text
    (refusal,) = done.refusals
    assert "source 1 is listed twice (CC103)" in refusal.reason


# Merging ----------------------------------------------------------------------------------------------------


def merged(first: str, second: str) -> tuple[bool, list[str]]:
    """Whether two entries become one, and why not."""
    text = f"It rose [1], fell [2], and stayed [3].\n\n## Sources\n\n1. {first}\n2. {second}\n3. Chen, *Seas*.\n"
    done = fixed(text, "CC302")
    assert ["CC302"] * (done.document.text == text) == [each.code for each in done.result.diagnostics]
    return f"It rose [1], fell [1], and stayed [2].\n\n## Sources\n\n1. {first}\n2. Chen" in done.document.text, [
        each.reason for each in done.refusals
    ]


PAGE = "https://rivers.example/page"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(f"Anders, *Rivers*, 1999, {PAGE}", f"Anders, *Rivers*, 1999, {PAGE}", id="word for word"),
        pytest.param(f"Anders, *Rivers*, 1999, {PAGE}", PAGE, id="an address alone"),
        pytest.param(f"[Rivers]({PAGE}), Coast Weekly, 9 July 1999.", f"[Rivers]({PAGE}?utm_source=m)", id="no date"),
        pytest.param(
            f"Anders, A. *Rivers: a history*. 1999. {PAGE}", f"Anders, A. *Rivers*. 1999. {PAGE}", id="no subtitle"
        ),
        pytest.param(
            f"[Rivers that rise and fall in spring]({PAGE})", f"[Rivers that rise and …]({PAGE})", id="cut short"
        ),
        pytest.param(
            'K. Oyelaran, "Seven neighbours," arXiv:1902.04455v1, 2019.',
            "Oyelaran K. Seven neighbours: how starlings turn. arXiv:1902.04455v3.",
            id="versions of a preprint",
        ),
        pytest.param(
            "Anders, A., & Berg, B. (2001). River ice. *Ice*, 4. https://doi.org/10.1000/ice",
            "Berg B, Anders A. (2001). River ice. *Ice*, 4. doi:10.1000/ICE",
            id="the order of authors",
        ),
        pytest.param(
            "Anders, A., & Berg, B. (2001). River ice. *Ice*, 4. https://doi.org/10.1000/ice",
            "Anders, A. et al. (2001). River ice. *Ice*, 4. doi:10.1000/ice",
            id="et al.",
        ),
        pytest.param(
            f"Anders, A. (1999). Rivers. {PAGE} (accessed 3 May 2020)",
            f"Anders, A. (1999). Rivers. {PAGE} (accessed 9 June 2021)",
            id="days of access",
        ),
        pytest.param(
            f"Anders, A. (1999). Rivers. {PAGE}",
            f"Anders, A. (1999). Rivers. Retrieved 3 May 2020 from {PAGE}",
            id="one",
        ),
        pytest.param(f"[River health-care]({PAGE})", f"[River Healthcare.]({PAGE})", id="signs and case"),
    ],
)
def test_two_entries_that_agree_become_one(first: str, second: str) -> None:
    assert (True, []) == merged(first, second)


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        pytest.param(
            f"Szabo N., A laboratory for powders, 2023, {PAGE}",
            f"Merch A., Scaling learning for powders, 2022, {PAGE}",
            "their titles",
            id="works that share an address",
        ),
        pytest.param(f"[Rivers]({PAGE})", f"[Lakes]({PAGE})", "their titles", id="titles alone"),
        pytest.param(f"[Rivers: a history]({PAGE})", f"[Rivers: an atlas]({PAGE})", "their titles", id="two subtitles"),
        pytest.param(
            "Anders, A. (2001). River ice. *Ice*, 4. doi:10.1000/ice",
            "Berg, B. (2001). River ice. *Ice*, 4. doi:10.1000/ice",
            "their authors",
            id="authors",
        ),
        pytest.param(
            "Anders, A. (2001). River ice. *Ice*, 4. doi:10.1000/ice",
            "Anders, A., & Berg, B. (2001). River ice. *Ice*, 4. doi:10.1000/ice",
            "their authors",
            id="one author more",
        ),
        pytest.param(
            "Anders, A. (2001). River ice. *Ice*, 4. doi:10.1000/ice",
            "Anders, C. (2001). River ice. *Ice*, 4. doi:10.1000/ice",
            "their authors",
            id="initials",
        ),
        pytest.param(
            f"Anders, A. (1999). Rivers. {PAGE}", f"Anders, A. (2003). Rivers. {PAGE}", "their dates", id="years"
        ),
        pytest.param(
            f"[Rivers]({PAGE}), Coast Weekly, 9 July 1999.",
            f"[Rivers]({PAGE}), Coast Weekly, 11 July 1999.",
            "their dates",
            id="days",
        ),
        pytest.param(
            f"Anders, A. (1999). Rivers. doi:10.1000/a. {PAGE}",
            f"Anders, A. (1999). Rivers. doi:10.1000/b. {PAGE}",
            "their DOI",
            id="identifiers",
        ),
        pytest.param(
            f"Anders, A. (1999). Rivers, p. 5. {PAGE}", f"Anders, A. (1999). Rivers, p. 11. {PAGE}", None, id="pages"
        ),
    ],
)
def test_two_entries_that_differ_stay_two(first: str, second: str, what: str | None) -> None:
    done, (reason,) = merged(first, second)
    assert not done
    told = f"the two differ in {what}; correct the one that is wrong, or merge them by hand"
    assert reason == told if what else reason.startswith("the two differ in")


def test_the_finding_has_no_fix_then(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "waters.md"
    text = f"It rose [1], fell [2].\n\n## Sources\n\n1. [Rivers]({PAGE})\n2. [Lakes]({PAGE})\n"
    path.write_text(text, encoding="utf-8")
    assert 1 == status(["merge", str(path)])
    out, err = capfd.readouterr()
    assert "0 of 1 document changed, 1 refused\n" == out
    assert ":6: CC302 is not fixed (merge the two): the two differ in their titles; correct the one" in err
    assert text == path.read_text(encoding="utf-8")


# Many at once -----------------------------------------------------------------------------------------------


def many(count: int, entries: int = 2) -> str:
    """A document with so many sources, each of them listed so often or cited once in so many."""
    claims = "\n\n".join(f"Tower {place} was measured [{entries * place + 1}]." for place in range(count))
    listed = "\n".join(f"{number + 1}. Author{number}, Book of thing{number}." for number in range(entries * count))
    return f"{claims}\n\n## Sources\n\n{listed}\n"


def copies(count: int) -> str:
    claims = "\n\n".join(f"Tower {place} was measured [{place + 1}]." for place in range(2 * count))
    listed = "\n".join(f"{place + 1}. Book{place // 2}, https://b.example/{place // 2}" for place in range(2 * count))
    return f"{claims}\n\n## Sources\n\n{listed}\n"


@pytest.mark.parametrize(("text", "code"), [(many(60), "CC102"), (copies(60), "CC302")])
def test_many_entries_of_a_list_go_by_one_plan(text: str, code: str) -> None:
    readings: list[str] = []

    def reading(text: str) -> Document:
        readings.append(text)
        return read(text)

    done = fix_document(read(text), Settings(select=("CC102", "CC302")), reading, unsafe=True)
    assert {code: 60} == dict(done.counts)
    assert 60 == len(done.document.sources)
    assert [done.document.text] == readings


def test_the_rest_goes_though_some_cannot() -> None:
    text = many(20).replace("10. Author9,", "10. </div> Author9,").replace("Tower 5 was", "Tower 5 (see (16)) was")
    done = fixed(text, "CC102")
    assert {"CC102"} == {each.code for each in done.refusals}
    assert "Author9" in done.document.text
    assert dict(done.counts)["CC102"] >= 2


def test_one_entry_of_a_list_stays() -> None:
    text = "Rose.[^a]\n\n[^b]: Anders.\n[^c]: Berg.\n\n## Notes\n\n[^a]: Chen.\n"
    assert "Chen" in fixed(text, "CC102").document.text


def test_what_the_text_names_does_not_go() -> None:
    document = read(f"It rose [1], fell [2], stayed [3].{LIST}")
    key = document.sources[1].key
    assert key is not None
    assert propose_removal(document, Removal(key)) is None


def test_a_chain_of_copies_becomes_one() -> None:
    titles = ["“The low tides of May”, The Port, 1931"] * 3
    listed = "\n".join(f"{number}. {title}" for number, title in enumerate(titles, 1))
    text = f"It rose [1], fell [2], stayed [3].\n\n## Sources\n\n{listed}\n"
    expected = f"It rose [1], fell [1], stayed [1].\n\n## Sources\n\n1. {titles[0]}\n"
    assert expected == fixed(text, "CC302").document.text
