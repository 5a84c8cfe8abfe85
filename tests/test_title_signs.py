"""What shows in titles that nobody wrote there; and numberings of several lists."""

from __future__ import annotations

import pytest

from citecheck import Settings, lint, parse


def said(code: str, entry: str, format: str = "text") -> list[tuple[str, str]]:
    text = (
        f"It is so [1].\n\nSources\n\n[1] {entry}\n"
        if format == "text"
        else f"It is so [1].\n\n## Sources\n\n1. {entry}\n"
    )
    found = lint(text, format=format, settings=Settings(select=(code,)))
    return [(each.span.of(text), each.message) for each in found]


@pytest.mark.parametrize(
    ("format", "entry", "shown", "what"),
    [
        ("text", "“Tides at `noon` in ports”, The Port, 1931", "`noon`", "backticks in it"),
        ("text", "“Tides at *noon* in ports”, The Port, 1931", "*noon*", "asterisks in it"),
        ("text", "“Tides &amp; ebbs in ports”, The Port, 1931", "&amp;", "an HTML entity in it"),
        ("markdown", "“Tides &amp;amp; ebbs in ports”, The Port, 1931", "&amp;amp;", "an HTML entity in it"),
        ("text", "“Tides in SÃ£o Vicente ports”, The Port", "Ã£", "letters in it that were read in a wrong encoding"),
        ("text", "“Tides are � at noon”, The Port", "�", "letters in it that were read in a wrong encoding"),
        (
            "text",
            "Tides “at noon in ports, The Port",
            "Tides “at noon in ports, The Port",
            "an unpaired quotation mark",
        ),
        (
            "text",
            "“Tides” at “noon in ports, The Port",
            "“Tides” at “noon in ports, The Port",
            "an unpaired quotation mark",
        ),
    ],
)
def test_a_title_shows_what_nobody_wrote(format: str, entry: str, shown: str, what: str) -> None:
    assert [(shown, f"the title of source 1 has {what}")] == said("CC307", entry, format)


@pytest.mark.parametrize(
    ("format", "entry"),
    [
        ("markdown", "“Tides at `noon` in ports”, The Port, 1931"),
        ("markdown", "“Tides at *noon* in ports”, The Port, 1931"),
        ("markdown", "“Tides &amp; ebbs in ports”, The Port, 1931"),
        ("text", "“Tides & ebbs in ports”, The Port, 1931"),
        ("text", "“Tides at 3*4*5 in ports”, The Port, 1931"),
        ("text", "Tides “at noon in por…"),
        ("text", "Tides “at noon in por… | The Courier"),
        ("text", "Tides “at noon in por..."),
        ("text", "“Tides „at noon“ in ports”, The Port"),
        ("text", 'Tides at 12” pipes and 3" hoses'),
        ("text", "“Ângela’s tides in ports”, The Port"),
    ],
)
def test_a_title_may_have_such_signs(format: str, entry: str) -> None:
    assert [] == said("CC307", entry, format)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("404 Not Found", True),
        ("Just a moment...", True),
        ("Access denied", True),
        ("Please enable JavaScript and cookies to continue", True),
        ("Untitled document", True),
        ("Log in | The Port", True),
        ("Page not found – The Port", True),
        ("Not found: " + "a long tale " * 12, False),
        ("Lost and found in ports", False),
        ("HTTP 404 - Wikipedia", False),
        ("Wayback Machine", True),
        ("安全验证", True),
        ("Client Challenge", True),
        ("Verifying you are human. This may take a few seconds.", True),
        ("Seite nicht gefunden – Der Hafen", True),
        ("Page introuvable | Le Port", True),
        ("Página no encontrada", True),
        ("Página não encontrada", True),
        ("Pagina non trovata", True),
        ("Pagina niet gevonden", True),
        ("Страница не найдена", True),
        ("ページが見つかりません", True),
        ("Une page introuvable du journal", False),
        ("A client challenges the port", False),
    ],
)
def test_what_a_server_says_is_no_title(title: str, expected: bool) -> None:
    assert expected is bool(said("CC308", f"[{title}](https://a.example/x)", "markdown"))


def test_an_encyclopedia_may_tell_of_what_servers_say() -> None:
    assert [] == said("CC308", "[Wayback Machine - Wikipedia](https://en.wikipedia.org/wiki/Wayback)", "markdown")


ONE = "Salt [1], tea [2].\n\n## Sources\n\n1. Salts, 1901.\n2. Teas, 1902.\n"
TWO = "\n# Part two\n\nIce [1], hay [2].\n\n## Sources\n\n1. Ices, 1911.\n2. Hays, 1912.\n"


def numberings(text: str) -> list[int]:
    return [citation.key.numbering for citation in parse(text, name="a.md").citations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ONE, [0, 0]),
        (ONE + TWO, [0, 0, 1, 1]),  # each part counts for itself
        (ONE + TWO.replace("Ices, 1911", "Salts, 1901").replace("Hays, 1912", "Teas, 1902"), [0, 0, 0, 0]),
        (ONE + TWO.replace("Hays, 1912", "Teas, 1902"), [0, 0, 0, 0]),  # half of it is the same
        (
            ONE
            + TWO.replace("1. Ices", "3. Ices").replace("2. Hays", "4. Hays").replace("[1], hay [2]", "[3], hay [4]"),
            [0] * 4,
        ),
    ],
)
def test_lists_share_a_numbering_unless_they_count_anew(text: str, expected: list[int]) -> None:
    assert expected == numberings(text)


def test_a_list_at_the_end_is_meant_where_it_explains_the_marks_best() -> None:
    early = "## Sources\n\n1. Salts, 1901.\n2. Teas, 1902.\n\n# Text\n\nIce [1], hay [2] and rye [3].\n\n"
    late = "## Sources\n\n1. Ices, 1911.\n2. Hays, 1912.\n3. Ryes, 1913.\n"
    document = parse(early + late, name="a.md")
    assert ["Ices, 1911.", "Hays, 1912.", "Ryes, 1913."] == [
        document.listed[citation.key][0].text for citation in document.citations
    ]
