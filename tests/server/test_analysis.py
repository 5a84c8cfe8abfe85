"""An analysis when something goes wrong: there is always one, and it says what happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from citecheck.limits import LARGEST
from citecheck.server import analysis as module
from citecheck.server.analysis import Version, analysis
from citecheck.server.projects import Projects


def test_an_error_of_ours_is_told_and_nobody_waits_in_vain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(module, "lint_document", broken)
    found = analysis(Version(str(tmp_path / "a.md"), "markdown", "Boils [1].\n"), 1, Projects())
    assert found.document is None
    assert "internal error" in str(found.unread)
    assert "RuntimeError: broken" in capsys.readouterr().err


def test_a_document_that_is_too_large_is_told(tmp_path: Path) -> None:
    found = analysis(Version(str(tmp_path / "a.md"), "markdown", "x" * (LARGEST + 1)), 1, Projects())
    assert "more than" in str(found.unread)


def test_a_notebook_that_is_none_is_told(tmp_path: Path) -> None:
    found = analysis(Version(str(tmp_path / "a.ipynb"), "json", "{"), 1, Projects())
    assert found.unread
