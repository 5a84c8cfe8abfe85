"""Settings files: which applies, what it may say, where each value came from, and how far it reaches."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
import regex
from jsonschema import Draft202012Validator

from citecheck.cli import status
from citecheck.config.discovery import NAMES
from citecheck.config.layers import SettingsResolver
from citecheck.config.setting_specs import schema, setting_specs, starting_file
from citecheck.errors import SettingsError
from citecheck.model.findings import Severity

HOME = Path(__file__).parents[1]
FAULTY = "Boils [1], freezes [3].\n\n## Sources\n\n[1] Thermometry for kitchens, 2019, p. 3.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository that is the current folder."""
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "repository")
    return tmp_path / "repository"


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def refusal(folder: str = ".") -> str:
    with pytest.raises(SettingsError) as error:
        _ = SettingsResolver().of_folder(folder).settings
    return str(error.value)


def test_the_nearest_file_wins(folder: Path) -> None:
    put(folder / "citecheck.toml", 'ignore = ["CC101"]')
    put(folder / "docs/pyproject.toml", '[tool.citecheck]\nignore = ["CC102"]')
    put(folder / "docs/old/pyproject.toml", "[project]\nname = 'other'")
    book = SettingsResolver()
    assert [("CC101",), ("CC102",), ("CC102",)] == [
        book.of(name).settings.ignore for name in ("a.md", "docs/a.md", "docs/old/a.md")
    ]


def test_a_file_is_read_once_however_many_folders_are_between(folder: Path) -> None:
    put(folder / "docs/citecheck.toml", 'ignore = ["CC101"]')
    book = SettingsResolver()
    first = book.of("docs/a.md")
    assert {book.of_folder(".")} == {book.of(f"old/{number}/a.md") for number in range(1_000)}
    put(folder / "docs/citecheck.toml", 'ignore = ["CC102"]')
    assert first is book.of("docs/new/b.md")


def test_of_two_in_one_folder_the_hidden_one_wins(folder: Path) -> None:
    put(folder / ".citecheck.toml", 'fail-on = "info"')
    put(folder / "citecheck.toml", 'fail-on = "warning"')
    assert Severity.INFO is SettingsResolver().of("a.md").fail_on


def test_settings_end_at_the_repository(folder: Path) -> None:
    put(folder.parent / "citecheck.toml", 'ignore = ["CC101"]')
    assert () == SettingsResolver().of("a.md").settings.ignore


def test_a_file_extends_another(folder: Path) -> None:
    put(
        folder / "citecheck.toml",
        'ignore = ["CC101"]\nexclude = ["drafts/"]\nlanguage = "de"\n[severity]\nCC1 = "info"',
    )
    put(
        folder / "docs/citecheck.toml",
        'extend = "../citecheck.toml"\nignore = ["CC102"]\nextend-exclude = ["old/"]\n[severity]\nCC102 = "error"',
    )
    applied = SettingsResolver().of("docs/a.md")
    assert ("CC102", "CC101") == applied.settings.ignore
    assert "de" == applied.settings.language
    assert (Severity.INFO, Severity.ERROR) == tuple(applied.settings.severity[code] for code in ("CC101", "CC102"))
    assert [True, True, False] == [applied.excludes(f"docs/{name}/a.md") for name in ("drafts", "old", "new")]


def test_the_command_line_comes_first(folder: Path) -> None:
    put(folder / "citecheck.toml", 'select = ["CC1"]\nignore = ["CC102"]\nfail-on = "info"')
    chosen = SettingsResolver({"select": ["CC102"], "fail-on": "error"}).of("a.md")
    assert (("CC102",), ()) == (chosen.settings.select, chosen.settings.ignore)
    assert Severity.ERROR is chosen.fail_on
    added = SettingsResolver({"ignore": ["CC103"]}).of("a.md").settings
    assert (("CC1",), ("CC103", "CC102")) == (added.select, added.ignore)


def test_some_files_are_spared_some_rules(folder: Path) -> None:
    put(folder / "citecheck.toml", '[per-file-ignores]\n"minutes/*.md" = ["CC1"]')
    applied = SettingsResolver().of("minutes/a.md")
    assert ("CC1",) == applied.settings_of("minutes/a.md").ignore_here
    assert () == applied.settings_of("a.md").ignore_here


def test_options_are_set_by_code_by_name_and_by_shorthand(folder: Path) -> None:
    put(folder / "citecheck.toml", 'denied-hosts = ["a.org"]\n[options.disallowed-host]\nallow = ["b.org"]')
    assert {"CC315": {"deny": ["a.org"], "allow": ["b.org"]}} == SettingsResolver().of("a.md").settings.options


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('slect = ["CC1"]', "no setting is called 'slect'; did you mean 'select'?"),
        ('select = "CC1"', "'select' must be a list"),
        ("select = [1]", "'select' must be a list of strings"),
        ('pedantic = "yes"', "'pedantic' must be true or false"),
        ('fail-on = "eror"', "no value of 'fail-on' is called 'eror'; did you mean 'error'?"),
        ('ignore = ["CC9O1"]', "no rule is called 'CC9O1'; did you mean 'CC901'?"),
        ('[severity]\nCC101 = "wraning"', "no value of 'severity' CC101 is called 'wraning'; did you mean 'warning'?"),
        ('[severity]\nCC9O1 = "error"', "no rule is called 'CC9O1'; did you mean 'CC901'?"),
        ('[per-file-ignores]\n"*.md" = "CC1"', "'per-file-ignores' *.md must be a list"),
        ("[options.CC315]\ndeni = []", "no entry of 'options' CC315 is called 'deni'; did you mean 'deny'?"),
        ("[options.CC999]\ndeny = []", "no entry of 'options' is called 'CC999'"),
        ('exclude = ["a\\\\"]', "'a\\\\' is not a valid glob; use the form of a .gitignore"),
        ('[per-file-ignores]\n"[z-a]" = ["CC1"]', "'[z-a]' is not a valid glob; use the form of a .gitignore"),
        ("exclude = ['drafts\\old']", "'drafts\\\\old' has a backslash; write / between folders"),
        ("[per-file-ignores]\n'old\\*.md' = ['CC1']", "'old\\\\*.md' has a backslash; write / between folders"),
        ("[options.CC504]\nmost = 0", "'options' CC504 most must be at least 1"),
        ("[options.CC504]\nmost = 2.5", "'options' CC504 most must be a whole number"),
        ("[options.CC506]\nfloor = 7.5", "'options' CC506 floor must be between 0 and 1"),
        ("[options.CC505]\nshare = true", "'options' CC505 share must be a number"),
        (
            '[options.CC205]\nstyle = "ieeee"',
            "no value of 'options' CC205 style is called 'ieeee'; did you mean 'ieee'?",
        ),
        ('denied-hosts = ["https://a.org"]', "'denied-hosts' has 'https://a.org', which is not the name of a host"),
        (
            '[options.CC315]\nallow = ["*.a.org"]',
            "'options' CC315 allow has '*.a.org', which is not the name of a host",
        ),
        ('required-fields = ["titel"]', "no value of 'required-fields' is called 'titel'; did you mean 'title'?"),
        (
            '[options.CC316]\nfile = "gone.csv"',
            "the list of retractions {folder}/gone.csv cannot be read: No such file",
        ),
        ('language = "german"', "no language is called 'german'; give a code of ISO 639, such as 'de'"),
        ('extend = "gone.toml"', "'extend' names no file: gone.toml"),
        ('extend = "citecheck.toml"', "extends itself, by way of citecheck.toml"),
        ("select = [", "is not TOML: "),
    ],
)
def test_what_is_wrong_in_a_file_is_one_line_that_names_it(folder: Path, text: str, message: str) -> None:
    put(folder / "citecheck.toml", text)
    told = refusal()
    assert "\n" not in told
    assert told.startswith(f"citecheck.toml: {message.format(folder=folder)}")


@pytest.mark.parametrize(
    "text", ["[options.CC506]\nfloor = 1", "[options.CC505]\nshare = 0.5", "allowed-hosts = ['.a.org']"]
)
def test_what_the_schema_takes_is_taken(folder: Path, text: str) -> None:
    assert [] == list(Draft202012Validator(schema()).iter_errors(tomllib.loads(text)))
    put(folder / "citecheck.toml", "\ufeff" + text)  # as some editors save it
    assert SettingsResolver().of_folder(".").settings.options


def test_a_link_to_no_settings_is_told(folder: Path) -> None:
    (folder / "citecheck.toml").symlink_to("gone.toml")
    assert "citecheck.toml: cannot be read: No such file or directory" == refusal()


def test_what_is_wrong_ends_the_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder / "docs/citecheck.toml", "extnd = 'x'")
    put(folder / "docs/a.md", FAULTY)
    assert 2 == status(["check"])
    expected = "citecheck: docs/citecheck.toml: no setting is called 'extnd'; did you mean 'extend'?\n"
    assert expected == capsys.readouterr().err


@pytest.mark.parametrize("path", ["../outside.toml", "{folder}/../outside.toml", "link.toml", "linked/outside.toml"])
def test_no_file_reaches_out_of_its_repository(folder: Path, path: str) -> None:
    put(folder.parent / "outside.toml", "secret = 'x'")
    (folder / "link.toml").symlink_to(folder.parent / "outside.toml")
    (folder / "linked").symlink_to(folder.parent)
    put(folder / "citecheck.toml", f'extend = "{path.format(folder=folder)}"')
    told = refusal()
    assert f"'extend' is outside {folder}" in told
    assert "secret" not in told


def test_neither_baseline_nor_settings_nor_lists_are_links_that_lead_out(folder: Path) -> None:
    put(folder.parent / "outside.toml", 'ignore = ["CC101"]')
    (folder / "citecheck.toml").symlink_to(folder.parent / "outside.toml")
    assert f"citecheck.toml: is a link that points outside {folder}" == refusal()
    (folder / "citecheck.toml").unlink()
    put(folder / "citecheck.toml", 'baseline = "../known.json"')
    with pytest.raises(SettingsError, match="'baseline' is outside"):
        _ = SettingsResolver().of_folder(".").baseline
    put(folder / "citecheck.toml", '[options.CC316]\nfile = "../list.csv"')
    assert "citecheck.toml: 'CC316.file' is outside" in refusal()


def test_exclusions_of_every_folder_count(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder / "citecheck.toml", 'exclude = ["drafts/"]')
    put(folder / "docs/citecheck.toml", 'exclude = ["old.md"]')
    for name in ("a.md", "drafts/b.md", "docs/c.md", "docs/old.md", "docs/drafts/d.md"):
        put(folder / name, FAULTY)
    assert 0 == status(["check", "--show-files"])
    assert ["a.md", "docs/c.md", "docs/drafts/d.md"] == capsys.readouterr().out.splitlines()
    assert 0 == status(["check", "drafts/b.md", "--quiet"])  # named by a hook, and passed over


def test_severities_decide_what_fails(folder: Path) -> None:
    put(folder / "a.md", FAULTY)
    assert 1 == status(["check"])
    put(folder / "citecheck.toml", '[severity]\nundefined-marker = "info"')
    assert 0 == status(["check"])
    put(folder / "citecheck.toml", 'fail-on = "info"\n[severity]\nundefined-marker = "info"')
    assert 1 == status(["check"])
    assert 0 == status(["check", "--fail-on", "warning"])


def test_settings_are_printed_with_their_origins(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder / "citecheck.toml", 'language = "de"\n[severity]\nCC102 = "info"')
    put(folder / "docs/.citecheck.toml", 'extend = "../citecheck.toml"\nfail-on = "warning"')
    put(folder / "docs/a.md", FAULTY)
    assert 0 == status(["settings", "docs/a.md"])
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "# docs/a.md: docs/.citecheck.toml, which extends citecheck.toml" == lines[0]
    assert {
        'fail-on = "warning" # docs/.citecheck.toml',
        'language = "de" # citecheck.toml',
        'severity.CC102 = "info" # citecheck.toml',
        'coverage = "trailing" # default',
    } <= set(lines)


def test_the_schema_is_printed_and_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == status(["schema"])
    told = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(told)
    assert schema() == told


def settings_shown() -> list[tuple[str, str]]:
    """Settings that the documentation shows: blocks of TOML, and whole files."""
    pages = [HOME / "README.md", *HOME.glob("docs/**/*.md"), *HOME.glob("examples/**/*.md")]
    blocks = [
        (f"{page.name}:{number}", block)
        for page in pages
        for number, block in enumerate(regex.findall(r"(?ms)^```toml\n(.*?)^```$", page.read_text(encoding="utf-8")))
    ]
    files = [(path.name, path.read_text(encoding="utf-8")) for path in HOME.glob("examples/**/*citecheck.toml")]
    return blocks + files


@pytest.mark.parametrize(("place", "text"), settings_shown(), ids=[place for place, _ in settings_shown()])
def test_settings_that_are_shown_keep_to_the_schema(place: str, text: str, folder: Path) -> None:
    table = tomllib.loads(text)
    table = table.get("tool", {}).get("citecheck", table)
    assert [] == [error.message for error in Draft202012Validator(schema()).iter_errors(table)]
    table.pop("extend", None)  # what it names is not here
    _ = SettingsResolver(table).of_folder(str(folder)).settings


def test_the_starting_file_shows_every_setting(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == status(["init"])
    assert "citecheck.toml: written; every line of it is a comment\n" == capsys.readouterr().out
    written = (folder / "citecheck.toml").read_text(encoding="utf-8")
    assert {} == tomllib.loads(written)
    shown = tomllib.loads(regex.sub(r"(?m)^#(?=[\[\"a-zA-Z])", "", written))
    assert setting_specs().keys() == shown.keys()
    assert [] == [error.message for error in Draft202012Validator(schema()).iter_errors(shown)]
    assert 2 == status(["init"])
    assert "citecheck: there are settings in citecheck.toml already" in capsys.readouterr().err
    assert starting_file() == written


@pytest.mark.parametrize("name", NAMES)
def test_no_starting_file_takes_the_place_of_settings(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder / name, "[tool.citecheck]\npedantic = true" if name == "pyproject.toml" else "pedantic = true")
    assert 2 == status(["init"])
    message = f"citecheck: there are settings in {name} already; change the settings there\n"
    assert message == capsys.readouterr().err
    assert {".git", name} == {path.name for path in folder.iterdir()}


def test_a_starting_file_stands_beside_a_project_that_does_not_speak_of_citecheck(folder: Path) -> None:
    put(folder / "pyproject.toml", "[project]\nname = 'other'")
    assert 0 == status(["init"])
