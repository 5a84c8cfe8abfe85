"""Comparing two versions: what an edit or a translation lost, added, moved or re-pointed, and nothing else."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from citecheck import parse
from citecheck.cli import status
from citecheck.comparison.changes import ChangeKind, compare

WORDS = """salt harbour ice kettle lantern tide barrel herring convict breakwater tax bushel winter rope sail anchor
pilot ledger market bridge mill river copper timber quarry furnace ladder orchard meadow stable""".split()
VERBS = "froze burned carried measured sheltered weighed crossed supplied closed raised".split()
Told = tuple[str, str | None, str | None]


class Text(NamedTuple):
    """A text of paragraphs of sentences; each with the numbers of the sources that it cites."""

    paragraphs: list[list[tuple[str, list[int]]]]
    sources: list[str]

    def written(self, translate: bool = False) -> str:
        """The text in Markdown; each of its words in another language, where that is wanted."""
        body = "\n\n".join(
            " ".join(
                f"{(foreign(words) if translate else words)}{''.join(f' [{number}]' for number in cited)}."
                for words, cited in paragraph
            )
            for paragraph in self.paragraphs
        )
        listed = "\n".join(f"[{number}] {source}" for number, source in enumerate(self.sources, 1))
        heading = "Quellen" if translate else "Sources"
        return f"{body}\n\n## {heading}\n\n{listed}\n"

    def copied(self) -> Text:
        """A copy that can be changed."""
        return Text([[(words, list(cited)) for words, cited in each] for each in self.paragraphs], list(self.sources))


def foreign(words: str) -> str:
    """A sentence in a language that has no word in common with English."""
    return " ".join(word if word.isdecimal() else word[::-1].lower() + "u" for word in words.split()).capitalize()


def text(seed: int) -> Text:
    chance = random.Random(seed)
    sources = [
        f"{chance.choice(WORDS).title()} {chance.choice(WORDS)} of {place}. https://{WORDS[place]}-archive.org/{seed}/{place}"
        for place in range(8)
    ]
    paragraphs = []
    for _ in range(6):
        sentences: list[tuple[str, list[int]]] = []
        for _ in range(chance.randint(2, 4)):
            one, two = (" ".join(chance.sample(WORDS, 3)) for _ in range(2))
            words = f"The {one} {chance.choice(VERBS)} the {two}"
            sentences.append((f"{words} in {chance.randint(1700, 1900)}", []))
        paragraphs.append(sentences)
    for place, number in enumerate([*range(1, 9), *(chance.randint(1, 8) for _ in range(4))]):
        paragraph = paragraphs[place % 6]
        _, cited = chance.choice(paragraph)
        if number not in cited:
            cited.append(number)
    return Text(paragraphs, sources)


def changed(original: Text, kind: str, chance: random.Random) -> tuple[Text, Told]:
    """The text with one citation changed, and what is to be said of it."""
    new = original.copied()
    places = [(p, s, n) for p, each in enumerate(new.paragraphs) for s, (_, cited) in enumerate(each) for n in cited]
    paragraph, sentence, number = chance.choice(places)
    cited = new.paragraphs[paragraph][sentence][1]
    if kind == "lost":
        cited.remove(number)
        return new, ("lost", str(number), None)
    near = {n for _, numbers in new.paragraphs[paragraph] for n in numbers}
    other = chance.choice([n for n in range(1, 9) if n not in near])
    if kind == "added":
        cited.append(other)
        return new, ("added", None, str(other))
    if kind == "re-pointed":
        cited[cited.index(number)] = other
        return new, ("re-pointed", str(number), str(other))
    cited.remove(number)
    goals = [place for place, each in enumerate(new.paragraphs) if not any(number in numbers for _, numbers in each)]
    chance.choice(new.paragraphs[chance.choice([goal for goal in goals if goal != paragraph])])[1].append(number)
    return new, ("moved", str(number), str(number))


def told(old: str, new: str) -> list[Told]:
    changes = compare(parse(old), parse(new)).changes
    return [(str(each.kind), each.old and each.old.label, each.new and each.new.label) for each in changes]


@pytest.mark.parametrize("kind", ["lost", "added", "re-pointed", "moved"])
@pytest.mark.parametrize("translate", [False, True], ids=["edit", "translation"])
def test_a_change_is_told_exactly(kind: str, translate: bool) -> None:
    wrong = []
    for seed in range(75):
        original = text(seed)
        new, expected = changed(original, kind, random.Random(seed))
        found = told(original.written(), new.written(translate))
        if [expected] != found:
            wrong.append((seed, expected, found))
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize("seed", range(20))
def test_an_untouched_text_and_its_translation_have_no_change(seed: int) -> None:
    original = text(seed)
    assert [] == told(original.written(), original.written())
    assert [] == told(original.written(), original.written(translate=True))


@pytest.mark.parametrize("seed", range(20))
def test_new_numbers_are_no_change(seed: int) -> None:
    original = text(seed)
    order = random.Random(seed).sample(range(8), 8)
    new = Text(
        [[(words, [order.index(n - 1) + 1 for n in cited]) for words, cited in each] for each in original.paragraphs],
        [original.sources[place] for place in order],
    )
    assert [] == told(original.written(), new.written())
    assert [] == told(original.written(), new.written(translate=True))


def test_a_paragraph_that_moves_keeps_its_citations() -> None:
    original = text(3)
    new = original.copied()
    new.paragraphs.append(new.paragraphs.pop(0))
    assert [] == told(original.written(), new.written())


def test_paragraphs_that_are_joined_or_split_keep_their_citations() -> None:
    original = text(5)
    new = original.copied()
    new.paragraphs[1:3] = [new.paragraphs[1] + new.paragraphs[2]]
    for translate in (False, True):
        assert [] == told(original.written(), new.written(translate))
        assert [] == told(new.written(), original.written(translate))


def test_an_entry_that_becomes_another_work_re_points_its_markers() -> None:
    original = text(7)
    new = original.copied()
    new.sources[2] = "Another matter altogether. https://elsewhere.org/3"
    found = told(original.written(), new.written())
    cited = sum(3 in numbers for each in original.paragraphs for _, numbers in each)
    assert [("re-pointed", "3", "3")] * cited == found


OLD = (
    "Ice closed the port [1]. Oil lit it [2].\n\n## Sources\n\n[1] Log, https://log.org/1\n[2] Oil, https://oil.org/2\n"
)
NEW = OLD.replace(" [2].", ".", 1)


def test_the_command_tells_both_places_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    assert 1 == status(["compare", str(old), str(new)])
    line, tally = capsys.readouterr().out.splitlines()
    assert line == f"{old}:1:37 -> {new}:1:1: lost: [2] “Oil” is no longer cited"
    assert tally == "1 document, 2 citations before: 1 lost"
    assert 0 == status(["compare", str(new), str(old)])  # what is added is information
    assert "added" in capsys.readouterr().out
    assert 0 == status(["compare", str(old), str(old)])


def test_the_object_has_both_sides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for side, words in (("old", OLD), ("new", NEW)):
        (tmp_path / side).mkdir()
        (tmp_path / side / "a.md").write_text(words, encoding="utf-8")
    (tmp_path / "old" / "b.md").write_text(OLD, encoding="utf-8")
    assert 1 == status(["compare", str(tmp_path / "old"), str(tmp_path / "new"), "--format", "json"])
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    (change,) = told["changes"]
    assert (str(ChangeKind.LOST), "2", None) == (change["kind"], change["old"]["label"], change["new"]["label"])
    assert OLD[change["old"]["start"] : change["old"]["end"]] == "[2]"
    assert [str(tmp_path / "old" / "b.md")] == told["alone"]
    assert {"documents": 1, "citations": 2, "lost": 1, "repointed": 0, "moved": 0, "added": 0, "alone": 1} == told[
        "summary"
    ]
    assert "has no counterpart, and was not compared" in printed.err
    assert 1 == status(["compare", str(tmp_path / "old"), str(tmp_path / "new"), "--format", "markdown"])
    assert "| lost | " in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("git") is None, reason="no git here")
def test_a_working_tree_is_compared_with_a_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    git = ("git", "-c", "user.name=A", "-c", "user.email=a@kitchen.org", "-c", "commit.gpgsign=false")
    for name in ("a.md", "b.md"):
        Path(name).write_text(OLD, encoding="utf-8")
    for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "one"]):
        subprocess.run([*git, *arguments], check=True, capture_output=True)
    assert 0 == status(["compare", "--since", "HEAD"])
    Path("a.md").write_text(NEW, encoding="utf-8")
    Path("c.md").write_text(OLD, encoding="utf-8")
    assert 1 == status(["compare", "--since", "HEAD"])
    printed = capsys.readouterr()
    assert "HEAD:a.md:1:37 -> a.md:1:1: lost: [2]" in printed.out
    assert "c.md: has no counterpart" in printed.err
    assert 0 == status(["compare", "--since", "HEAD", "b.md"])


def test_what_cannot_be_compared_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text(OLD, encoding="utf-8")
    assert 2 == status(["compare", str(tmp_path / "a.md")])
    assert "name two files or two folders" in capsys.readouterr().err
    assert 2 == status(["compare", str(tmp_path / "a.md"), str(tmp_path)])
    assert 2 == status(["compare", str(tmp_path / "a.md"), str(tmp_path / "none.md")])
    assert "no such file" in capsys.readouterr().err
