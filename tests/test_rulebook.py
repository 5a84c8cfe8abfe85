"""The rule book: how pages are read, what is said of malformed ones, and that the list of them is fresh."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest
import regex

from citecheck.checks import CHECKS
from citecheck.errors import RulebookError
from citecheck.model.findings import Severity
from citecheck.rulebook.index import index
from citecheck.rulebook.pages import ExpectedFinding, Rule, Status, examples, rule_of, rules

RULES = Path(__file__).parent.parent / "rules"
FILE = "CC199-lost-hat.md"
PAGE = """\
# lost-hat (CC199)

A hat is mentioned
and never found.

```toml
severity = "info"
status = "pedantic"
since = "0.3"

[options]
hats = 3
```

## Why

Hats cost money.

```bad
This block only shows how blocks look.
```

## Examples

```config
hats = 1
```

```bad text
The hat, the coat and the hat [2].
    ^^^ this hat is lost
                              ^^^ so is this one
Nobody looked.
```

```fixed
The coat.
Nobody looked.
```

````good
No hat.

```python
hat = None
```
````
"""


def rule(page: str = PAGE) -> Rule:
    return rule_of(page, FILE)


def test_a_page_begins_with_what_there_is_to_know_of_its_rule() -> None:
    read = rule()
    expected = ("CC199", "lost-hat", "A hat is mentioned and never found.", Severity.INFO, Status.PEDANTIC, "0.3", True)
    assert expected == (read.code, read.name, read.summary, read.severity, read.status, read.since, read.fixable)
    assert MappingProxyType({"hats": 3}) == read.options
    assert read.page == PAGE
    assert read.file == FILE


def test_a_rule_is_fixable_only_when_its_page_shows_a_fixed_document() -> None:
    assert not rule(PAGE.replace("```fixed", "```good")).fixable


def test_caret_lines_pin_the_line_above_and_leave_the_document() -> None:
    bad, _ = examples(rule())
    assert bad.text == "The hat, the coat and the hat [2].\nNobody looked.\n"
    assert bad.expected == (ExpectedFinding(1, 5, 8, "this hat is lost"), ExpectedFinding(1, 31, 34, "so is this one"))


def test_an_example_knows_its_format_its_settings_and_its_fixed_form() -> None:
    bad, good = examples(rule())
    assert (bad.kind, bad.format, bad.config, bad.fixed) == ("bad", "text", "hats = 1\n", "The coat.\nNobody looked.\n")
    assert (good.kind, good.format, good.config, good.fixed) == ("good", "markdown", None, None)
    assert (bad.line, good.line) == (30, 42)


def test_a_longer_fence_holds_blocks() -> None:
    assert examples(rule())[1].text == "No hat.\n\n```python\nhat = None\n```\n"


def test_carets_with_no_space_behind_them_are_text() -> None:
    bad, _ = examples(rule(PAGE.replace("Nobody looked.", "^1 See the inventory.", 1)))
    assert bad.text == "The hat, the coat and the hat [2].\n^1 See the inventory.\n"


def test_carets_count_code_points() -> None:
    (bad, *_) = examples(rule(PAGE.replace("The hat, ", "茶𝒯é hat, ")))
    assert bad.expected[0] == ExpectedFinding(1, 5, 8, "this hat is lost")


@pytest.mark.parametrize(
    ("written", "instead", "fault"),
    [
        ("# lost-hat (CC199)", "# Lost hat", "line 1: a page begins with its title"),
        ("(CC199)", "(CC198)", "line 1: the title belongs to CC198-lost-hat.md"),
        ("A hat is mentioned\nand never found.\n\n", "", "line 3: an empty line and the summary"),
        ("# lost-hat (CC199)\n", "# lost-hat (CC199)\nA hat.\n", "line 2: an empty line and the summary"),
        ("```toml", "```yaml", "line 6: a `toml` block comes after the summary"),
        ("hats = 3\n```", "hats = 3", "line 6: the `toml` block has no end"),
        ('severity = "info"', "severity: info", "line 7: Expected '='"),
        ('status = "pedantic"', "status = ", "line 8: Invalid value"),
        ('severity = "info"', 'severity = "grave"', "line 7: `severity` is one of error, warning, info"),
        (
            'status = "pedantic"',
            'status = "on"',
            "line 8: `status` is one of default, pedantic, config, online, retired",
        ),
        ('since = "0.3"', "since = 0.3", "line 9: `since` is missing, or is not a string"),
        ('since = "0.3"\n', "", "line 7: `since` is missing, or is not a string"),
        ('since = "0.3"', 'since = "0.3"\ncolour = "red"', "line 10: no fact is called `colour`"),
        ("[options]\nhats = 3", "options = 3", "line 11: `options` is a table"),
    ],
)
def test_a_malformed_head_is_refused_with_its_line(written: str, instead: str, fault: str) -> None:
    with pytest.raises(RulebookError) as refusal:
        rule(PAGE.replace(written, instead, 1))
    assert str(refusal.value).startswith(f"{FILE}, {fault}")


@pytest.mark.parametrize(
    ("written", "instead", "fault"),
    [
        ("```fixed", "```fxied", "line 36: a block of an example is one of bad, good, fixed, config"),
        ("```bad text", "```bad plain text", "line 29: a block of an example is one of bad, good, fixed, config"),
        ("```bad text", "```good text", "line 36: a `fixed` block comes right after the `bad` one"),
        ("````good", "```fixed\n```\n\n````good", "line 41: a `fixed` block comes right after the `bad` one"),
        ("```\n````\n", "```\n", "line 41: this block has no end"),
        ("The hat, the coat and the hat [2].\n", "", "line 30: the carets reach beyond the line above"),
        ("the coat and the hat [2].", "the coat.", "line 32: the carets reach beyond the line above"),
        ("hat = None\n```\n````\n", "````\n\n```config\n```\n", "line 47: a `config` block comes before the example"),
    ],
)
def test_a_malformed_example_is_refused_with_its_line(written: str, instead: str, fault: str) -> None:
    changed = rule(PAGE.replace(written, instead, 1))
    with pytest.raises(RulebookError) as refusal:
        examples(changed)
    assert str(refusal.value).startswith(f"{FILE}, {fault}")


def test_a_bad_example_shows_its_fault() -> None:
    lines = [line for line in PAGE.split("\n") if "^^^" not in line]
    with pytest.raises(RulebookError, match="line 29: no caret line shows what is wrong"):
        examples(rule("\n".join(lines)))


def test_every_rule_but_unused_ignore_has_a_check_and_every_check_a_page() -> None:
    living = {code for code, each in rules().items() if each.status is not Status.RETIRED}
    assert living - {"CC901"} == set(CHECKS)


def test_codes_and_names_are_given_once_and_come_in_order() -> None:
    book = rules()
    assert list(book) == sorted(book)
    assert len({each.name for each in book.values()}) == len(book) == len(list(RULES.glob("CC*.md")))


@pytest.mark.parametrize("code", rules())
def test_a_page_has_all_that_a_reader_needs(code: str) -> None:
    page = rules()[code].page
    prose = regex.sub(r"^(```+).*?^\1$", "", page, flags=regex.DOTALL | regex.MULTILINE)
    headings = [line for line in prose.split("\n") if line.startswith("## ")]
    assert ["## Why", "## Examples", "## When not to use", "## References"] == headings[:4]
    assert headings[4:] in ([], ["## Measured"])
    assert [line for line in prose.split("\n") if line.startswith("###")] == ["### Incorrect", "### Correct"]
    incorrect, _, correct = page.partition("\n### Correct\n")
    assert not regex.search(r"^`{3,}good\b", incorrect, regex.MULTILINE)
    assert not regex.search(r"^`{3,}(?:bad|fixed)\b", correct, regex.MULTILINE)
    kinds = [example.kind for example in examples(rules()[code])]
    assert kinds.count("bad") >= 2
    assert kinds.count("good") >= 1


@pytest.mark.parametrize("code", rules())
def test_a_page_keeps_within_the_width_of_a_page(code: str) -> None:
    lines = [line for line in rules()[code].page.split("\n") if not line.lstrip(" ").startswith("^")]
    assert [] == [line for line in lines if len(line) > 120]


def test_the_index_of_rules_is_fresh() -> None:
    assert index(rules().values()) == (RULES / "README.md").read_text(encoding="utf-8"), (
        "stale: python -m citecheck.rulebook.index"
    )
