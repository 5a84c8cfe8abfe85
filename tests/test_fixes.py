"""Fixes in rounds: what is applied, what is refused and why, and how it is told."""

from __future__ import annotations

import codecs
import io
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from citecheck import checks
from citecheck.cli import status
from citecheck.editing.edits import Shift, apply, conflict, sound
from citecheck.engine import linting as engine
from citecheck.engine.fixing import Fixed, fix_document
from citecheck.model.document import Document
from citecheck.model.findings import Edit, Finding, Fix, Safety
from citecheck.model.settings import Settings
from citecheck.recognition import parse
from citecheck.text.spans import Span

KETTLE = "Boils [1][1]. Freezes [2]. Melts [3].\n\n## Sources\n\n[1] Ice, 1999.\n[2] Steam, 2001.\n[3] Water, 2003.\n"
LIST = "## Sources\n\n[1] Thermometry for kitchens, 2019.\n"
BROKEN = """\
The highest waters follow the moon [3]. In gulfs they come later [5], at one harbour twice [6].

## References

3. O. Brekke, *The age of the tide*, 1974.
5. N. Sato, Resonance in narrow gulfs, 1990.
6. Pilot book of the southern coast, 12th edition.
"""


def fixed(
    text: str, *, unsafe: bool = False, codes: frozenset[str] | None = None, **settings: tuple[str, ...]
) -> Fixed:
    read = partial(parse, name="kettle.md", format="markdown")
    return fix_document(read(text), Settings(**settings), read, unsafe=unsafe, codes=codes)  # type: ignore[arg-type]


# Edits ------------------------------------------------------------------------------------------------------


def test_edits_replace_their_spans_and_nothing_else() -> None:
    assert "a-c!" == apply("abc", [Edit(Span(3, 3), "!"), Edit(Span(1, 2), "-")])


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 1), (1, 2)], True),
        ([(0, 2), (1, 3)], False),
        ([(1, 1), (1, 1)], False),
        ([(0, 4)], False),
        ([(2, 1)], False),
        ([], True),
    ],
)
def test_edits_are_sound_that_neither_overlap_nor_leave_the_text(spans: list[tuple[int, int]], expected: bool) -> None:
    assert expected is sound([Edit(Span(*span), "x") for span in spans], 3)


@pytest.mark.parametrize(("span", "expected"), [((0, 2), False), ((0, 3), True), ((5, 6), True), ((6, 7), False)])
def test_edits_that_touch_what_is_taken_quarrel_with_it(span: tuple[int, int], expected: bool) -> None:
    assert expected is conflict([Edit(Span(*span), "")], [Span(3, 5)])


def test_a_shift_knows_where_things_are_afterwards() -> None:
    shift = Shift([Edit(Span(2, 4), "long"), Edit(Span(8, 9), "")])
    assert [Span(0, 2), Span(2, 6), Span(6, 8), Span(10, 10), Span(11, 12)] == [
        shift.span(Span(*span)) for span in [(0, 2), (2, 4), (4, 6), (8, 9), (10, 11)]
    ]
    assert [True, False] == [shift.swallows(Span(2, 3)), shift.swallows(Span(3, 5))]
    assert [True, False] == [shift.wrote(Span(3, 4)), shift.wrote(Span(7, 9))]


# Rounds -----------------------------------------------------------------------------------------------------


def test_safe_fixes_are_applied_and_counted() -> None:
    done = fixed(KETTLE)
    assert KETTLE.replace("[1][1]", "[1]") == done.document.text
    assert {"CC107": 1} == dict(done.counts)


def test_unsafe_fixes_only_when_asked_for() -> None:
    unused = KETTLE.replace(" Freezes [2].", "")
    assert "[2] Steam" in fixed(unused).document.text
    done = fixed(unused, unsafe=True)
    assert "Boils [1]. Melts [2].\n\n## Sources\n\n[1] Ice, 1999.\n[2] Water, 2003.\n" == done.document.text
    assert {"CC107": 1, "CC102": 1} == dict(done.counts)


def test_a_source_that_only_a_leaked_token_names_stays() -> None:
    text = "Boils[cite: 1, 2]. Freezes [1].\n\n## Sources\n\n[1] Ice, 1999.\n[2] Steam, 2001.\n"
    assert text.replace("cite: ", "") == fixed(text, unsafe=True).document.text


def test_only_the_rules_that_are_named_are_fixed() -> None:
    assert KETTLE == fixed(KETTLE, codes=frozenset({"CC102"})).document.text


def test_what_is_silenced_is_not_fixed() -> None:
    text = KETTLE.replace("Melts", "<!-- citecheck: ignore CC107 --> Melts")
    assert text == fixed(text).document.text


def test_a_source_that_is_silenced_stays_when_others_are_deleted() -> None:
    text = f"Boils [1].\n\n{LIST}[2] Kept. <!-- citecheck: ignore CC102 -->\n[3] Gone.\n"
    done = fixed(text, unsafe=True)
    assert "[2] Kept." in done.document.text
    assert "Gone" not in done.document.text


def test_entries_written_otherwise_than_shown_are_written_so_with_their_markers() -> None:
    assert ["CC210"] == [each.code for each in fixed(BROKEN, select=("CC210",)).result.diagnostics]
    assert BROKEN == fixed(BROKEN).document.text
    expected = BROKEN.replace("[5]", "[4]").replace("[6]", "[5]").replace("5. N", "4. N").replace("6. P", "5. P")
    done = fixed(BROKEN, unsafe=True)
    assert expected == done.document.text
    assert {"CC210": 1} == dict(done.counts)


def test_where_no_marker_changes_the_shown_numbers_are_written_unasked() -> None:
    text = BROKEN.replace(" [5]", "").replace(" [6]", "")
    assert "4. N. Sato" in fixed(text, select=("CC210",)).document.text


def test_no_number_is_written_that_a_marker_may_have_meant_otherwise() -> None:
    text = BROKEN.replace("[6]", "[4]")
    assert text == fixed(text, unsafe=True, select=("CC210",)).document.text


# Refusals ---------------------------------------------------------------------------------------------------


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts another fix in the place of that of CC107."""

    def rule(*edits: Callable[[Document], Edit], safety: Safety = Safety.SAFE) -> None:
        def check(document: Document) -> Iterator[Finding]:
            for number, edit in enumerate(edits):
                yield Finding(Span(number, number + 1), "at fault", fix=Fix("do it", (edit(document),), safety))

        monkeypatch.setattr(engine, "CHECKS", {**checks.CHECKS, "CC107": check})

    return rule


def at(words: str, new: str) -> Callable[[Document], Edit]:
    def edit(document: Document) -> Edit:
        start = document.text.find(words)
        return Edit(Span(start, start + len(words)) if start >= 0 else Span(0, 0), new if start >= 0 else "")

    return edit


@pytest.mark.parametrize(
    ("words", "new", "reason"),
    [
        ("[2].", "[3].", "[2] on line 1 would no longer name its source"),
        ("[2].", "[2][3].", "the marker on line 1 would name another source besides"),
        (" [2].", ".", "[2] on line 1 would no longer be read as a marker"),
        ("[2] Steam", "[9] Steam", "[2] on line 1 would no longer name its source"),
        ("[2] Steam, 2001.\n", "", "the entry on line 6, 'Steam, 2001.', would no longer be a source"),
        ("2003.\n", "2003.", "it would change whether the last line has an ending"),
        ("Freezes", "Freezes\r\n", "it would bring in line endings of another kind"),
        ("Freezes", "Freezes [8]", "CC101 would report: no source is numbered 8"),
        ("Nothing", "", "it would change nothing"),
    ],
)
def test_a_fix_that_would_break_something_is_refused(
    rule: Callable[..., None], words: str, new: str, reason: str
) -> None:
    rule(at(words, new))
    done = fixed(KETTLE, select=("CC107",))
    assert KETTLE == done.document.text
    assert [("CC107", "do it", reason)] == [(each.code, each.title, each.reason) for each in done.refusals]


def test_the_others_are_applied_when_one_is_refused(rule: Callable[..., None]) -> None:
    rule(at("[2].", "[3]."), at("Boils", "Cooks"), at("Melts", "Thaws"))
    done = fixed(KETTLE, select=("CC107",))
    assert KETTLE.replace("Boils", "Cooks").replace("Melts", "Thaws") == done.document.text
    assert {"CC107": 2} == dict(done.counts)


def test_fixes_that_undo_each_other_leave_the_document_as_it_was(rule: Callable[..., None]) -> None:
    def turn(document: Document) -> Edit:
        return at("Boils", "Cooks")(document) if "Boils" in document.text else at("Cooks", "Boils")(document)

    rule(turn)
    done = fixed(KETTLE, select=("CC107",))
    assert (KETTLE, {}) == (done.document.text, dict(done.counts))
    (refusal,) = done.refusals
    assert "1: CC107 is not fixed (all fixes): its fixes undo each other; leave it out with --unfixable" == str(refusal)


def test_two_rules_that_undo_each_other_are_both_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def cook(document: Document) -> Iterator[Finding]:
        if "Boils" in document.text:
            yield Finding(Span(0, 1), "it boils", fix=Fix("cook", (at("Boils", "Cooks")(document),)))

    def boil(document: Document) -> Iterator[Finding]:
        if "Cooks" in document.text:
            yield Finding(Span(0, 1), "it cooks", fix=Fix("boil", (at("Cooks", "Boils")(document),)))

    monkeypatch.setattr(engine, "CHECKS", {**checks.CHECKS, "CC306": boil, "CC307": cook})
    (refusal,) = fixed(KETTLE, select=("CC306", "CC307")).refusals
    assert ("CC306", "its fixes and those of CC307 undo each other; leave one of them out with --unfixable") == (
        refusal.code,
        refusal.reason,
    )


def test_findings_with_one_fix_are_fixed_together(rule: Callable[..., None]) -> None:
    rule(at("Boils", "Cooks"), at("Boils", "Cooks"))
    done = fixed(KETTLE, select=("CC107",))
    assert (KETTLE.replace("Boils", "Cooks"), {"CC107": 2}) == (done.document.text, dict(done.counts))


def test_a_fix_whose_edits_overlap_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(document: Document) -> Iterator[Finding]:
        edits = (at("Boils", "Cooks")(document), at("oil", "oast")(document))
        yield Finding(Span(0, 1), "at fault", fix=Fix("do it", edits))

    monkeypatch.setattr(engine, "CHECKS", {**checks.CHECKS, "CC107": check})
    done = fixed(KETTLE, select=("CC107",))
    assert (KETTLE, ["its edits overlap"]) == (done.document.text, [each.reason for each in done.refusals])


def test_an_unsafe_fix_may_take_a_marker_out(rule: Callable[..., None]) -> None:
    rule(at(" [1][1]", " [1]"), safety=Safety.UNSAFE)
    assert KETTLE.replace("[1][1]", "[1]") == fixed(KETTLE, select=("CC107",), unsafe=True).document.text


# The command ------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a document, that is the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    (tmp_path / "kettle.md").write_bytes(KETTLE.encode())
    return tmp_path


def test_fix_writes_the_file_and_tells_what_is_left(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert 0 == status(["check", "--fix", "--select", "CC1", "."])
    assert KETTLE.replace("[1][1]", "[1]").encode() == (folder / "kettle.md").read_bytes()
    assert "1 document, 3 markers, 3 sources: no faults found\n1 fixed, 0 remaining\n" == capfd.readouterr().out


def test_what_would_need_unsafe_fixes_is_counted(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "kettle.md").write_text(KETTLE.replace(" Freezes [2].", ""), encoding="utf-8")
    assert 1 == status(["check", "--fix", "--select", "CC1", "."])
    assert "1 fixed, 1 remaining, 1 of them fixable with --unsafe-fixes" == capfd.readouterr().out.splitlines()[-1]


def test_diff_shows_the_change_and_writes_nothing(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert 1 == status(["check", "--diff", "--select", "CC1", "kettle.md"])
    out, err = capfd.readouterr()
    expected = [
        "--- kettle.md",
        "+++ kettle.md",
        "@@ -1,4 +1,4 @@",
        "-Boils [1][1]. Freezes [2]. Melts [3].",
        "+Boils [1]. Freezes [2]. Melts [3].",
        " ",
        " ## Sources",
        " ",
    ]
    assert (expected, "1 would be fixed, 0 remaining\n") == (out.splitlines(), err)
    assert KETTLE.encode() == (folder / "kettle.md").read_bytes()
    (folder / "kettle.md").write_bytes(KETTLE.replace("[1][1]", "[1]").encode())
    assert 0 == status(["check", "--diff", "--select", "CC1", "kettle.md"])


@pytest.mark.skipif(shutil.which("patch") is None, reason="no patch here")
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_diff_can_be_applied(mark: bytes, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = folder / "kettle.md"
    path.write_bytes(mark + KETTLE.replace("\n", "\r\n").encode())
    status(["check", "--diff", "--select", "CC1", "kettle.md"])
    patched = subprocess.run(
        ["patch", "--binary"], input=capfdbinary.readouterr().out, capture_output=True, check=False
    )
    assert 0 == patched.returncode, patched.stdout
    assert mark + KETTLE.replace("\n", "\r\n").replace("[1][1]", "[1]").encode() == path.read_bytes()


def test_fixable_and_unfixable_choose(folder: Path) -> None:
    status(["check", "--fix", "--unfixable", "CC107", "."])
    status(["check", "--fix", "--fixable", "CC102,invalid-range", "."])
    assert KETTLE.encode() == (folder / "kettle.md").read_bytes()
    status(["check", "--fix", "--fixable", "repeated-citation", "."])
    assert KETTLE.encode() != (folder / "kettle.md").read_bytes()


@pytest.mark.parametrize("option", ["--fixable", "--unfixable"])
def test_an_unknown_rule_is_told(folder: Path, capfd: pytest.CaptureFixture[str], option: str) -> None:
    assert 2 == status(["check", "--fix", option, "CC999", "."])
    assert "citecheck: no rule is called 'CC999'" in capfd.readouterr().err


def test_standard_input_is_fixed_to_standard_output(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    text = b"\xef\xbb\xbf" + KETTLE.replace("\n", "\r\n").rstrip().encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert 0 == status(["check", "--fix", "--select", "CC1", "-"])
    sys.stdout.flush()
    out, err = capfd.readouterr()
    assert text.replace(b"[1][1]", b"[1]").decode() == out
    assert "1 document, 3 markers, 3 sources: no faults found\n1 fixed, 0 remaining\n" == err


def test_a_file_that_may_not_be_written_is_told_and_the_others_are_fixed(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "locked.md").write_bytes(KETTLE.encode())
    (folder / "locked.md").chmod(0o444)
    assert 2 == status(["check", "--fix", "--select", "CC1", "."])
    assert (
        "citecheck: locked.md: may not be written; its permissions, or its folder's, forbid it\n"
        == capfd.readouterr().err
    )
    assert KETTLE.replace("[1][1]", "[1]").encode() == (folder / "kettle.md").read_bytes()


def test_a_file_with_nothing_to_fix_is_not_touched(folder: Path) -> None:
    status(["check", "--fix", "."])
    before = (folder / "kettle.md").stat()
    status(["check", "--fix", "."])
    after = (folder / "kettle.md").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
