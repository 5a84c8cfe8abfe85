"""The linters that citecheck is timed beside, as far as they are installed, and a floor: reading and three patterns."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from typing import Final

NAIVE: Final = (
    "import re, sys, pathlib\n"
    "patterns = [re.compile(p) for p in (r'\\[\\d+\\]', r'^\\[\\d+\\]', r'https?://\\S+')]\n"
    "paths = [p for a in sys.argv[1:] for p in ([pathlib.Path(a)] if pathlib.Path(a).is_file()"
    " else pathlib.Path(a).rglob('*.*'))]\n"
    "for path in paths:\n"
    "    text = path.read_text(encoding='utf-8')\n"
    "    for pattern in patterns: pattern.findall(text)\n"
)
_COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "rumdl": ("rumdl", "check", "--no-cache", "--quiet"),
    "panache": ("panache", "lint", "--no-cache"),
    "mdrefcheck": ("mdrefcheck",),
    "markdownlint-cli2": ("markdownlint-cli2",),
    "remark": ("remark", "--quiet", "--no-stdout", "--use", "remark-preset-lint-recommended"),
}
_BY_GLOB: Final = frozenset({"markdownlint-cli2"})  # takes patterns, no folders


def citecheck() -> str:
    """The installed command."""
    beside = os.path.join(os.path.dirname(sys.executable), "citecheck")
    found = beside if os.path.exists(beside) else shutil.which("citecheck")
    if found is None:
        raise SystemExit("citecheck is not installed here: pip install -e .")
    return found


def peers(path: str, node: str | None = None) -> dict[str, tuple[str, ...]]:
    """The commands of the peers that are installed, each over a path; `node` is a folder of Node's commands."""
    places = os.pathsep.join(filter(None, (os.path.dirname(sys.executable), node, os.environ.get("PATH"))))
    found: dict[str, tuple[str, ...]] = {}
    for name, (program, *options) in _COMMANDS.items():
        if place := shutil.which(program, path=places):
            target = f"{path}/**/*.md" if name in _BY_GLOB and not path.endswith(".md") else path
            found[name] = (place, *(_beside(place, option) for option in options), target)
    found["reading and three patterns"] = (sys.executable, "-c", NAIVE, path)
    return found


def _beside(command: str, option: str) -> str:
    """An option; the place of the module that it names, where that is a package of Node's beside the command's."""
    module = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(command))), option, "index.js")
    return module if os.path.isfile(module) else option


def version(command: tuple[str, ...]) -> str:
    """What a command says of its version, in a few words; nothing where it says none."""
    try:
        done = subprocess.run([command[0], "--version"], capture_output=True, text=True, timeout=20, check=False)
    except OSError:
        return ""
    words = (done.stdout or done.stderr).split()
    return next((word.strip(",()") for word in words if word.strip("v,()")[:1].isdecimal()), "")
