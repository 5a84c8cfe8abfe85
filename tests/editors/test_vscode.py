"""A real VS Code with the packaged extension: what a writer sees in it.

`CITECHECK_CODE_SERVER` is the command of code-server, `CITECHECK_VSIX` the packaged extension, and
`CITECHECK_SCREENSHOTS` a folder for pictures, if these are wanted. code-server comes with npm; with `--ignore-scripts`,
what is in its `lib/vscode` is installed by another `npm install --omit=dev`.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.editors

EDITOR = os.environ.get("CITECHECK_CODE_SERVER", "")
EXTENSION = os.environ.get("CITECHECK_VSIX", "")
SHOTS = os.environ.get("CITECHECK_SCREENSHOTS", "")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
TEXT = """\
# Kettles and kitchens

Water boils at 100 degrees at sea level [1], and at 95 degrees in a village at 1500 metres [2, 4].
A kettle of copper heats faster than one of steel [1]. Salt raises the boiling point by half a degree [3].

## Sources

[1] Ada Lovelace. "Thermometry for kitchens". *Journal of Heat* 12, 2019, pp. 3-18.
[2] Charles Babbage. "On boiling at a height". Harbour Press, 2020.
[3] Mary Somerville. "Salt and water". https://heat.museum/salt, 2021.
[5] Grace Hopper. "Metals that heat". Harbour Press, 2022.
"""
QUIET = {
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
    "extensions.autoCheckUpdates": False,
    "extensions.ignoreRecommendations": True,
    "files.autoSave": "off",
    "editor.minimap.enabled": False,
    "editor.wordWrap": "on",
    "editor.fontSize": 14,
    "security.workspace.trust.enabled": False,
    "citecheck.path": shutil.which("citecheck", path=os.path.dirname(sys.executable)) or "",
}


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def reached(address: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(address)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if not (EDITOR and EXTENSION and BROWSER):
        pytest.skip("needs CITECHECK_CODE_SERVER, CITECHECK_VSIX and Chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("workspace")
    (folder / "report.md").write_text(TEXT)
    (home / "data" / "User").mkdir(parents=True)
    (home / "data" / "User" / "settings.json").write_text(json.dumps(QUIET))
    places = ["--user-data-dir", str(home / "data"), "--extensions-dir", str(home / "extensions")]
    command = [*shlex.split(EDITOR), *places]
    subprocess.run([*command, "--install-extension", EXTENSION], check=True)
    port = free_port()
    options = ["--bind-addr", f"127.0.0.1:{port}", "--auth", "none", "--disable-telemetry", "--disable-update-check"]
    with open(home / "log", "wb") as log:
        process = subprocess.Popen([*command, *options, str(folder)], stdout=log, stderr=log)
    try:
        reached(f"http://127.0.0.1:{port}/healthz")
        with playwright.sync_playwright() as browsers:
            browser = browsers.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1100, "height": 640}, color_scheme="light")
            page.set_default_timeout(60_000)
            page.goto(f"http://127.0.0.1:{port}/?folder={folder}")
            page.locator(".explorer-folders-view .label-name", has_text="report.md").dblclick()
            page.wait_for_selector(".squiggly-error")
            yield page
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=30)


def shot(page: Any, name: str) -> None:
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png")


def run_command(page: Any, title: str) -> None:
    page.keyboard.press("F1")
    page.wait_for_selector(".quick-input-widget input")
    page.keyboard.type(title)
    page.locator(".quick-input-list .monaco-list-row", has_text=title).first.click()


def go_to(page: Any, line: int, column: int) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Control+g")
    page.wait_for_selector(".quick-input-widget input")
    page.keyboard.type(f"{line}:{column}")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)


def words(page: Any) -> str:
    """The text in the editor, with plain spaces."""
    lines: list[str] = page.locator(".view-line").all_inner_texts()
    return "\n".join(lines).replace("\xa0", " ")


def test_faults_are_underlined_and_each_is_listed_once(page: Any) -> None:
    run_command(page, "Problems: Focus on Problems View")
    page.wait_for_selector(".markers-panel .monaco-list-row")
    listed = page.locator(".markers-panel").inner_text()
    shot(page, "problems")
    assert 1 == listed.count("no source is numbered 4")
    assert 1 == listed.count("nothing in the text cites source 5")


def test_lenses_tell_how_often_a_source_is_cited(page: Any) -> None:
    page.wait_for_selector(".codelens-decoration")
    lenses = " ".join(page.locator(".codelens-decoration").all_inner_texts()).replace("\xa0", " ")
    assert "cited 2 times" in lenses


def test_hover_shows_the_source(page: Any) -> None:
    page.locator(".view-line", has_text="Water boils").first.click()
    go_to(page, 3, 42)
    run_command(page, "Show or Focus Hover")
    page.locator(".monaco-hover:visible", has_text="Thermometry for kitchens").first.wait_for()
    shot(page, "hover")
    assert "cited 2 times" in " ".join(page.locator(".monaco-hover:visible").all_inner_texts()).replace("\xa0", " ")


def test_the_quick_fixes_of_a_finding_are_offered(page: Any) -> None:
    go_to(page, 3, 95)
    page.keyboard.press("Control+.")
    page.locator(".action-widget").get_by_text("Ignore CC101 here").first.wait_for()
    shot(page, "quick-fix")
    page.keyboard.press("Enter")
    page.locator(".view-line", has_text="citecheck: ignore CC101").first.wait_for()
    page.keyboard.press("Control+z")
    page.wait_for_timeout(1_000)


def test_completion_offers_the_sources_with_their_titles(page: Any) -> None:
    go_to(page, 4, 104)
    page.keyboard.press("End")
    page.keyboard.type(" See [metal")
    row = page.locator(".suggest-widget .monaco-list-row", has_text="Metals that heat")
    row.first.wait_for()
    shot(page, "completion")
    page.keyboard.press("Enter")
    page.locator(".view-line", has_text="See [5").first.wait_for()
    for _ in range(20):
        page.keyboard.press("Control+z")
    page.wait_for_timeout(1_000)


def test_rename_changes_the_entry_and_its_markers(page: Any) -> None:
    go_to(page, 3, 42)
    page.keyboard.press("F2")
    page.wait_for_selector(".rename-input")
    shot(page, "rename")
    page.keyboard.press("Control+a")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    page.locator(".view-line", has_text="[9] Ada Lovelace").first.wait_for()
    shot(page, "renamed")
    assert 3 == words(page).count("[9]")
