"""The page in Chromium: accessible, valid, reachable by keyboard, readable without scripts, inert, and quick to open.

`pip install -e '.[browser]'` and `pytest -m browser`; CITECHECK_CHROMIUM names the browser where it is not on the
path. CITECHECK_VNU is the path of vnu.jar (npm has it as vnu-jar).
CITECHECK_SCREENSHOTS names a folder that pictures are put into, that of the README among them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.test_page import EXAMPLES, HOSTILE, KETTLE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

pytestmark = pytest.mark.browser
CHROMIUM: Final = os.environ.get("CITECHECK_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
VNU: Final = os.environ.get("CITECHECK_VNU")
FLAGS: Final = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}
VIEWS: Final = [
    {"viewport": {"width": 1280, "height": 900}},
    {"viewport": {"width": 390, "height": 844}},
    {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
]
DRAWN: Final = ".document { content-visibility: visible !important; }"  # what is not drawn is not seen
MOST_SECONDS: Final = 2.0
MOST_BYTES: Final = 150_000  # of the picture in the README


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM:
        pytest.skip("no Chromium")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a page of the examples, one of a single document, one of many, and one of hostile documents."""
    made = tmp_path_factory.mktemp("pages")
    report(made, str(EXAMPLES), output="examples.html")
    some = ("beekeeping.md", "gu-yu.md", "radio-clock.txt", "rainfall.ipynb", "salt-roads.tex", "tide-mills.bib")
    report(made, *(str(EXAMPLES / name) for name in some), output="some.html")
    (made / "kettle.md").write_text(KETTLE)
    report(made, "kettle.md", output="kettle.html")
    (made / "many").mkdir()
    words = (
        "A kettle is a pot with a spout and a lid, and in kitchens it stands on the stove from morning to night [1]. "
        "It whistles when the steam that leaves its spout passes two plates with a hole in each of them [2].\n\n"
        "Nobody has ever said why the sound is taken for a cheerful one, given that it calls people from their work."
        "\n\n"
    ) * 12
    for number in range(1000):
        text = f"# Kettle {number}\n\n{words}## Sources\n\n1. A. Ash, Pots, 2019.\n2. B. Beech, Whistles, 2020.\n"
        (made / "many" / f"{number:04}.md").write_text(text)
    report(made, "many", output="many.html")
    report(made, *(f"many/{number:04}.md" for number in range(500)), output="half.html")
    (made / "hostile").mkdir()
    (made / "hostile" / "a'\"><img src=x onerror=alert(9)><script>alert(10)<!--.md").write_text(HOSTILE)
    for number, text in enumerate(hostile_texts()):
        (made / "hostile" / f"{number}.md").write_text(text, encoding="utf-8")
    report(made, "hostile", output="hostile.html")
    return made


def report(folder: Path, *paths: str, output: str) -> None:
    command = [sys.executable, "-m", "citecheck", "report", "--isolated", "-q", *paths, "-o", output]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode in (0, 1), run.stderr


def hostile_texts() -> Iterator[str]:
    """Documents that put what would be a script wherever a page has something of a document."""
    bait = "</script></style></title></textarea><script>alert(1)</script><svg onload=alert(2)><img src=//x.example/p>"
    for around in (
        "{}",
        "[1] {}",
        "# {}",
        "[{}]",
        "[^{}]",
        "<!-- {} -->",
        "```\n{}\n```",
        "| {} |\n|---|\n| [1] |",
        "{{{{{}}}}}",
    ):
        yield f"{around.format(bait)}\n\nA pot [1]. {bait} [2].\n\n## {bait}\n\n1. {bait}, https://x.example/{bait}\n"
    for scheme in (
        "javascript:alert(3)",
        "data:text/html,<script>alert(4)</script>",
        "file:///etc/passwd",
        "vbscript:x",
    ):
        yield f"A pot [1]. So [it is]({scheme}) [2].\n\n## Sources\n\n1. [A pot]({scheme}), {scheme}\n2. <{scheme}>\n"


def opened(browser: Browser, path: Path, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(path.as_uri())
    return page


def pages(folder: Path) -> dict[str, str]:
    """The views: of a folder's index, of a page with its documents, of one document in a page of its own."""
    return {"index": "many.html", "whole": "some.html", "document": "many_files/00001.html", "one": "kettle.html"}


@pytest.mark.parametrize("options", VIEWS, ids=str)
@pytest.mark.parametrize("view", ["index", "whole", "document", "one"])
def test_axe_finds_nothing(browser: Browser, folder: Path, view: str, options: dict[str, Any]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(browser, folder / pages(folder)[view], bypass_csp=True, **options)
    page.add_style_tag(content=DRAWN)
    alike = "tbody tr:nth-child(n + 20), .findings li:nth-child(n + 20)"  # axe takes its time over each
    page.evaluate(f"() => document.querySelectorAll('{alike}').forEach((each) => each.remove())")
    found = axe.run(page, options=RULES).response["violations"]
    assert [] == [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found]


@pytest.mark.parametrize("name", ["examples.html", "kettle.html", "many.html", "many_files/00001.html", "hostile.html"])
def test_the_checker_of_the_w3c_finds_no_error(folder: Path, name: str) -> None:
    if not VNU or not shutil.which("java"):
        pytest.skip("no vnu.jar")
    command = ["java", "-jar", VNU, "--errors-only", "--exit-zero-always", "--format", "gnu", str(folder / name)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    told = [line for line in run.stderr.splitlines() if "warning: Inline" not in line]  # it does not know our hashes
    assert (0, []) == (run.returncode, told)


@pytest.mark.parametrize("name", ["examples.html", "many_files/00001.html"])
def test_tab_alone_reaches_everything_that_can_be_used(browser: Browser, folder: Path, name: str) -> None:
    page = opened(browser, folder / name, viewport={"width": 1280, "height": 900})
    usable = "a[href]:not([tabindex='-1']), button, input, select, summary"
    page.evaluate(
        f'() => document.querySelectorAll("{usable}").forEach((each, number) => {{ each.dataset.n = number; }})'
    )
    count = page.locator(usable).count()
    reached: list[str | None] = []
    for _ in range(count + 2):  # the table can be scrolled, and the page is left
        page.keyboard.press("Tab")
        reached.append(page.evaluate("() => document.activeElement.dataset.n ?? null"))
    hidden = page.evaluate(
        f'() => [...document.querySelectorAll("{usable}")]'
        ".filter((each) => !each.checkVisibility()).map((each) => each.dataset.n)"
    )
    assert {str(number) for number in range(count)} == {*filter(None, reached), *hidden}


def test_keys_go_from_gap_to_gap_and_from_finding_to_finding(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "kettle.html")
    page.keyboard.press("j")
    assert "Others are made" in page.evaluate("() => document.activeElement.textContent")
    page.keyboard.press("n")
    assert "note" in page.evaluate("() => document.activeElement.className")
    page.keyboard.press("k")
    assert page.evaluate("() => document.activeElement.tagName") == "MARK"


def test_the_index_is_sorted_and_searched(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "examples.html", viewport={"width": 1280, "height": 900})
    page.locator("thead button").first.focus()
    page.keyboard.press("Enter")
    names = page.locator("tbody th").all_inner_texts()
    assert sorted(names, key=str.lower) == names
    assert "ascending" == page.locator("thead th").first.get_attribute("aria-sort")
    page.keyboard.press("/")
    page.keyboard.type("kiln")
    visible = [each for each in page.locator("tbody tr").all() if each.is_visible()]
    assert ["kiln-firing.md"] == [each.locator("th").inner_text().rpartition("/")[2] for each in visible]
    page.select_option("#rule", "CC101")
    codes = [each.get_attribute("data-rule") for each in page.locator(".findings li").all() if each.is_visible()]
    assert codes
    assert {"CC101"} == set(codes)
    assert page.locator("#shown").inner_text().startswith(f"{len(codes)} of ")


def test_without_scripts_all_is_there_and_nothing_that_does_nothing(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "kettle.html", java_script_enabled=False)
    text = " ".join(page.locator("body").inner_text().split())
    for line in filter(None, KETTLE.splitlines()):
        assert " ".join(line.split()) in text
    assert "no source is numbered 4" in text
    assert not page.locator("form, .keys").or_(page.locator("button")).first.is_visible()


@pytest.mark.parametrize("name", ["examples.html", "many.html", "many_files/00001.html", "hostile.html"])
def test_a_narrow_screen_needs_no_scrolling_aside(browser: Browser, folder: Path, name: str) -> None:
    page = opened(browser, folder / name, viewport={"width": 390, "height": 844})
    assert 390 >= page.evaluate("() => document.documentElement.scrollWidth")


def test_hostile_documents_stay_inert(browser: Browser, folder: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    requests: list[str] = []
    dialogs: list[str] = []
    said: list[str] = []

    def answer(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", answer)
    page.on("console", lambda message: said.append(message.text))
    page.goto((folder / "hostile.html").as_uri())
    for _ in range(30):
        page.keyboard.press("n")
        page.keyboard.press("j")
    page.wait_for_timeout(200)
    assert ([(folder / "hostile.html").as_uri()], [], []) == (requests, dialogs, said)
    assert 2 == page.locator("script").count()
    assert 0 == page.locator("img, iframe, object, embed, link, base, body svg[onload]").count()


@pytest.mark.parametrize("name", ["many.html", "half.html"])
def test_many_documents_open_in_time(browser: Browser, folder: Path, name: str) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    measured = page.context.new_cdp_session(page)
    measured.send("Performance.enable")
    page.goto((folder / name).as_uri())
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))")
    metrics = {each["name"]: each["value"] for each in measured.send("Performance.getMetrics")["metrics"]}
    assert MOST_SECONDS >= metrics["ProcessTime"]  # of the processor, whatever else the machine does


def test_the_page_is_at_most_four_times_the_text(folder: Path) -> None:
    text = sum(each.stat().st_size for each in sorted((folder / "many").iterdir())[:500])
    assert 4 * text >= (folder / "half.html").stat().st_size


def test_it_can_be_printed(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder / "kettle.html")
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.skipif("CITECHECK_SCREENSHOTS" not in os.environ, reason="no pictures are wanted")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pictures_to_be_looked_at(browser: Browser, folder: Path, width: int, scheme: str) -> None:
    into = Path(os.environ["CITECHECK_SCREENSHOTS"])
    page = opened(browser, folder / "examples.html", viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.screenshot(path=into / f"index-{width}-{scheme}.png")
    page = opened(browser, folder / "kettle.html", viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.screenshot(path=into / f"document-{width}-{scheme}.png", full_page=True)


@pytest.mark.skipif("CITECHECK_SCREENSHOTS" not in os.environ, reason="no pictures are wanted")
def test_the_picture_of_the_readme(browser: Browser, folder: Path) -> None:
    shutil.copy(EXAMPLES / "beekeeping.md", folder)
    report(folder, "beekeeping.md", output="readme.html")
    page = opened(browser, folder / "readme.html", viewport={"width": 1120, "height": 900})
    picture = Path(os.environ["CITECHECK_SCREENSHOTS"]) / "report.png"
    page.locator("article").screenshot(path=picture)
    assert MOST_BYTES >= picture.stat().st_size
