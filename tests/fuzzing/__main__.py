"""Fuzzes one target with atheris, guided by what of citecheck it reaches: `python -m tests.fuzzing lint --seconds 60`.

Starts from the examples and the rule pages, keeps what reaches further in a folder, and writes an input that breaks
something into `tests/fuzzing/cases/`, where the tests replay it from then on. Needs `pip install -e '.[fuzz]'`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]
_CASES: Final = Path(__file__).parent / "cases"
_WORDS: Final = (
    *(
        "[1]",
        "[2]",
        "[1, 2]",
        "[1-3]",
        "[^1]",
        "[^1]: ",
        "[1]: ",
        "[[1]](",
        "](",
        "【1†source】",
        "¹",
        "^1^",
        "<sup>1</sup>",
    ),
    *(
        "\n\n## References\n\n",
        "\n\nSources:\n",
        "\n1. ",
        "\n- [1] ",
        "\n[1] ",
        "“",
        "”",
        "https://",
        "doi.org/10.1000/",
    ),
    *(
        "arXiv:",
        "ISBN ",
        "accessed ",
        "3 March 2021",
        "`",
        "```\n",
        "$",
        "<!--",
        "-->",
        "citecheck: ignore CC101",
        "[RFC2119]",
    ),
    *(
        "\r\n",
        "\f",
        "\x00",
        "\u2028",
        "\ufeff",
        "| ",
        "> ",
        "    ",
        "*",
        "_",
        "\\",
        "&amp;",
        "turn0search1",
        "[cite: 1]",
    ),
)
_RAM: Final = 2_048  # MiB
_SLOWEST: Final = 10  # seconds for one input


def main() -> None:
    """Fuzz the target that is named."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("target", choices=("parse", "lint", "fix"))
    parser.add_argument("--seconds", type=int, default=60, help="how long (default 60)")
    parser.add_argument("--corpus", type=Path, help="the folder of inputs that reach far (default: a temporary one)")
    options = parser.parse_args()
    try:
        import atheris
    except ImportError:
        raise SystemExit("atheris is not installed: pip install -e '.[fuzz]'") from None
    with atheris.instrument_imports(include=["citecheck"]):
        from tests.fuzzing.targets import TARGETS
    corpus = options.corpus or Path(tempfile.mkdtemp(prefix="citecheck-fuzzing-"))
    corpus.mkdir(parents=True, exist_ok=True)
    dictionary = corpus.with_suffix(".dict")
    dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in _WORDS), encoding="ascii")
    for seed in _seeds():
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    atheris.Setup(
        [
            sys.argv[0],
            str(corpus),
            f"-dict={dictionary}",
            f"-max_total_time={options.seconds}",
            "-max_len=8000",
            f"-timeout={_SLOWEST}",
            f"-rss_limit_mb={_RAM}",
            f"-artifact_prefix={_CASES}{os.sep}{options.target}-",
            "-print_final_stats=1",
        ],
        _told(TARGETS[options.target]),
    )
    atheris.Fuzz()


def _told(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The target, under a name that a stack trace shows."""

    def run(data: bytes) -> None:
        target(data)

    return run


def _seeds() -> Iterator[bytes]:
    """The project's own documents, in both formats."""
    examples = [path for path in (_ROOT / "examples").glob("*.*") if path.suffix in (".md", ".txt")]
    for path in (*sorted(examples), *sorted((_ROOT / "rules").glob("CC*.md"))):
        for choice in (b"\x06", b"\x07"):
            yield choice + path.read_bytes()[:8_000]


def _escaped(word: str) -> str:
    return "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    main()
