"""Page furniture: lines of each kind, and the same words where they are an author's own."""

from __future__ import annotations

import pytest

from citecheck import parse
from citecheck.checks import CHECKS
from citecheck.model.findings import Finding, Safety

BODY = "Bees keep warm.[1]\n\n## Sources\n\n1. E. Sand, *The winter cluster*, 2009.\n"
FURNITURE = {
    "a comment box": [
        "Click Here to Leave a Comment Below 0 comments",
        "Leave a comment",
        "Leave a Reply Cancel reply",
        "0 Comments",
        "1,204 comments",
        "Comments (12)",
        "Comments are closed.",
        "Schreibe einen Kommentar",
        "Laisser un commentaire",
        "发表评论",
    ],
    "buttons to share it": [
        "Share this article",
        "**Share this article:**",
        "Share on Facebook",
        "Copy link",
        "Facebook Twitter LinkedIn Email",
        "Share | Tweet | Pin",
        "Artikel teilen",
        "Compartir este artículo",
        "この記事をシェアする",
    ],
    "an invitation to subscribe": [
        "Subscribe to our newsletter",
        "SIGN UP FOR OUR NEWSLETTER!",
        "Sign in to continue reading",
        "S’abonner à la newsletter",
        "Подписаться на рассылку",
    ],
    "a cookie notice": [
        "Accept all cookies",
        "Manage cookie preferences",
        "This website uses cookies to ensure you get the best experience on our website.",
        "We use cookies to personalise content and ads, to provide social media features and to analyse our traffic, "
        "and we share information about your use of our site with our partners.",
        "Wir verwenden Cookies, um Ihr Erlebnis zu verbessern.",
        "Nous utilisons des cookies pour améliorer votre visite.",
        "Este sitio web utiliza cookies propias y de terceros.",
    ],
    "a link past the menu": [
        "Skip to main content",
        "Skip to content ↓",
        "[Skip to main content](#main)",
        "[Skip to main content](https://bees.example/winter#content)",
        "Toggle navigation",
        "Zum Inhalt springen",
        "Aller au contenu principal",
        "Перейти к содержанию",
        "跳至正文",
    ],
    "the frame of an advertisement": [
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Scroll to continue",
    ],
    "a message of the browser": [
        "Please enable JavaScript to view this page.",
        "Your browser does not support the video tag.",
        "Checking your browser before accessing",
    ],
}
OWN = [
    "# Leave a comment",
    "- Share this article",
    "* Toggle navigation",
    "1. Skip to main content",
    "> Accept all cookies",
    "| Accept all cookies | Copy link |",
    "[Subscribe to our newsletter](https://bees.example/letter)",
    "`Copy link`",
    "```\nCopy link\n```",
    "Leave a comment if you know more.",
    "The button says: Copy link",
    "Copy link\nand paste it.",
    "Press\nCopy link",
    "Read more",
    "About the author",
    "Related articles",
    "Share",
    "Comments",
    "12",
    "We keep bees.",
    "Cookies are baked at 180 degrees.",
]


def findings(text: str, format: str = "markdown") -> list[Finding]:
    return list(CHECKS["CC602"](parse(text, name="example", format=format)))


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in FURNITURE.items() for line in lines])
def test_a_line_of_furniture_is_found_above_in_and_below_a_text(kind: str, line: str, format: str) -> None:
    for text in (f"{line}\n\n{BODY}", f"{BODY}\n{line}\n", f"Bees fly.\n\n{line}\n\n{BODY}", f"{BODY}\n{line}"):
        (finding,) = findings(text, format)
        assert (line, f"boilerplate, not part of the text: {kind}") == (finding.span.of(text), finding.message)


@pytest.mark.parametrize("line", OWN)
def test_an_authors_own_line_is_none(line: str) -> None:
    assert [] == findings(f"{line}\n\n{BODY}")
    assert [] == findings(f"{BODY}\n{line}\n")


def test_neighbours_are_one_finding() -> None:
    text = f"{BODY}\nShare this article\nCopy link\n\n0 comments\n"
    (finding,) = findings(text)
    assert "Share this article\nCopy link\n\n0 comments" == finding.span.of(text)
    assert "boilerplate, not part of the text: buttons to share it and a comment box" == finding.message


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Share this article||Bees fly.|", "Bees fly.|"),
        ("Bees fly.||Share this article||They sting.|", "Bees fly.||They sting.|"),
        ("Bees fly.||Share this article|", "Bees fly.|"),
        ("Bees fly.||Share this article", "Bees fly."),
        ("Bees fly.||Copy link||Share this article||They sting.", "Bees fly.||They sting."),
    ],
)
def test_the_fix_takes_out_the_lines_and_nothing_else(before: str, after: str, end: str) -> None:
    text = before.replace("|", end)
    (finding,) = findings(text)
    assert finding.fix
    assert finding.fix.safety is Safety.UNSAFE
    (edit,) = finding.fix.edits
    assert after.replace("|", end) == text[: edit.span.start] + edit.text + text[edit.span.end :]
