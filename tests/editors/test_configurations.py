"""The configurations for editors: run in the editor where it is there, and read as what they are where it is not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final

import pytest

from citecheck.server.conversion import FIX_ALL

HERE: Final = Path(__file__).parents[2] / "examples" / "editors"
TEXT: Final = "Water boils [1], freezes [3].\n\n## Sources\n\n[1] Thermometry for kitchens, 2019.\n"
SERVER: Final = ["citecheck", "server"]

NEOVIM: Final = """
local function answer(method, line, character)
  local place = { textDocument = { uri = vim.uri_from_bufnr(0) }, position = { line = line, character = character } }
  local found = vim.lsp.buf_request_sync(0, method, place, 20000)
  for _, each in pairs(found or {}) do return each.result end
end
vim.cmd("edit report.md")
vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end)
local before = vim.diagnostic.get(0)[1]
local hover = answer("textDocument/hover", 0, 13)
local definition = answer("textDocument/definition", 0, 13)
vim.api.nvim_buf_set_text(0, 0, 0, 0, 0, { "😀 " })
vim.wait(20000, function()
  local found = vim.diagnostic.get(0)[1]
  return found and found.col ~= before.col
end)
print(vim.fn.json_encode({
  code = before.code, col = before.col, moved = vim.diagnostic.get(0)[1].col,
  hover = hover.contents.value, line = (definition[1].targetSelectionRange or definition[1].range).start.line,
}))
vim.cmd("qa!")
"""

EMACS: Final = """
(load-file (expand-file-name "eglot.el" (getenv "CONFIGURATION")))
(setq eglot-sync-connect 20)
(add-to-list 'auto-mode-alist '("\\\\.txt\\\\'" . text-mode))
(find-file "report.txt")
(call-interactively #'eglot)
(let ((end (time-add nil 20)))
  (while (and (null (flymake-diagnostics)) (time-less-p nil end))
    (accept-process-output nil 0.1)))
(let* ((server (eglot-current-server))
       (place (list :textDocument (eglot--TextDocumentIdentifier)
                    :position '(:line 0 :character 13)))
       (hover (jsonrpc-request server :textDocument/hover place))
       (definition (jsonrpc-request server :textDocument/definition place))
       (link (elt definition 0))
       (range (or (plist-get link :targetSelectionRange) (plist-get link :range)))
       (found (car (flymake-diagnostics))))
  (princ (json-encode (list :text (flymake-diagnostic-text found)
                            :beg (flymake-diagnostic-beg found)
                            :hover (plist-get (plist-get hover :contents) :value)
                            :line (plist-get (plist-get range :start) :line)))))
"""


def environment() -> dict[str, str]:
    """The environment of an editor that finds this citecheck."""
    return {
        **os.environ,
        "PATH": f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}",
        "CONFIGURATION": str(HERE),
    }


@pytest.mark.editors
def test_neovim(tmp_path: Path) -> None:
    if not (neovim := shutil.which("nvim")):
        pytest.skip("Neovim is not there")
    (tmp_path / "report.md").write_text(TEXT)
    (tmp_path / "t.lua").write_text(NEOVIM)
    command = [
        neovim,
        "--headless",
        "--clean",
        "-n",
        "-u",
        str(HERE / "neovim-0.7.lua"),
        "-c",
        "luafile t.lua",
        "-c",
        "cquit",
    ]
    run = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=60, check=False
    )
    told = json.loads((run.stdout + run.stderr).strip().splitlines()[-1])
    assert ("CC101", 25, 30, 4) == (told["code"], told["col"], told["moved"], told["line"])  # an emoji has four bytes
    assert "Thermometry" in told["hover"]


@pytest.mark.editors
def test_emacs(tmp_path: Path) -> None:
    if not (emacs := shutil.which("emacs")):
        pytest.skip("Emacs is not there")
    (tmp_path / "report.txt").write_text(TEXT)
    (tmp_path / "t.el").write_text(EMACS)
    packages = sorted(Path("/usr/share/emacs/site-lisp/elpa").glob("*"))
    folders = [word for each in packages for word in ("-L", str(each))]
    command = [emacs, "-Q", "--batch", *folders, "-l", "t.el"]
    run = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=60, check=False
    )
    assert 0 == run.returncode, run.stderr
    told = json.loads(run.stdout.strip().splitlines()[-1])
    assert "no source is numbered 3" in told["text"]
    assert (26, 4) == (told["beg"], told["line"])  # counted from 1, as Emacs does
    assert "Thermometry" in told["hover"]


def test_the_configurations_that_no_editor_here_reads_name_the_server() -> None:
    helix = tomllib.loads((HERE / "helix.toml").read_text())
    server = helix["language-server"]["citecheck"]
    assert SERVER == [server["command"], *server["args"]]
    assert all("citecheck" in each["language-servers"] for each in helix["language"])
    sublime = json.loads((HERE / "sublime.json").read_text())["clients"]["citecheck"]
    assert SERVER == sublime["command"]
    zed = json.loads((HERE / "zed.json").read_text())
    binary = zed["lsp"]["citecheck"]["binary"]
    assert SERVER == [binary["path"], *binary["arguments"]]


def test_the_extension_does_not_let_a_workspace_choose_the_program() -> None:
    manifest = json.loads((HERE / "vscode" / "package.json").read_text())
    path = manifest["contributes"]["configuration"]["properties"]["citecheck.path"]
    trust = manifest["capabilities"]["untrustedWorkspaces"]
    assert "machine-overridable" == path["scope"]
    assert ("limited", ["citecheck.path"]) == (trust["supported"], trust["restrictedConfigurations"])
    assert "repository" not in manifest


def test_the_action_that_the_extension_documents_is_the_server_s() -> None:
    assert f'"{FIX_ALL}"' in (HERE / "vscode" / "README.md").read_text()
