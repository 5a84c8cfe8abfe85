"""Texts back into files: whole, with the mode, the link and the line endings that were there, or not at all."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from citecheck.errors import UnwritableFile
from citecheck.files.decoding import Input
from citecheck.files.discovery import Exclusion, find

OLD, NEW = "Boils [1][1].\r\nFreezes [2].", "Boils [1].\r\nFreezes [2]."
KILLS = int(os.environ.get("CITECHECK_KILLS", "5"))


def write(path: str, before: str, after: str) -> None:
    Input(path, "markdown").write(before, after)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kettle.md"
    path.write_bytes(OLD.encode())
    return path


def test_a_file_holds_the_new_text_and_nothing_is_left_beside_it(file: Path) -> None:
    write(str(file), OLD, NEW)
    assert NEW.encode() == file.read_bytes()
    assert ["kettle.md"] == os.listdir(file.parent)


@pytest.mark.parametrize("mode", [0o755, 0o600, 0o640])
def test_the_mode_stays(file: Path, mode: int) -> None:
    file.chmod(mode)
    write(str(file), OLD, NEW)
    assert mode == stat.S_IMODE(file.stat().st_mode)


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
def test_the_encoding_stays(file: Path, mark: bytes) -> None:
    codec = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}[mark]
    file.write_bytes(mark + OLD.encode(codec))
    write(str(file), OLD, NEW)
    assert mark + NEW.encode(codec) == file.read_bytes()


def test_a_link_goes_on_leading_to_the_file(file: Path) -> None:
    (file.parent / "docs").mkdir()
    link = file.parent / "docs" / "link.md"
    link.symlink_to(Path("..") / "kettle.md")
    (file.parent / ".git").mkdir()
    (found,) = find([str(link)], excluded=Exclusion(()))
    assert isinstance(found, Input)
    found.write(OLD, NEW)
    assert os.path.join("..", "kettle.md") == os.readlink(link)
    assert NEW.encode() == file.read_bytes()
    assert ["link.md"] == os.listdir(link.parent)


def test_a_file_that_changed_since_it_was_read_is_left_as_it_is(file: Path) -> None:
    file.write_text("Somebody else wrote this.", encoding="utf-8")
    with pytest.raises(
        UnwritableFile, match=r"kettle\.md: changed while it was checked, and is left as it is; run again"
    ):
        write(str(file), OLD, NEW)
    assert "Somebody else wrote this." == file.read_text(encoding="utf-8")


def test_a_file_without_write_permission_is_left_as_it_is(file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(UnwritableFile, match="may not be written; its permissions, or its folder's, forbid it"):
        write(str(file), OLD, NEW)
    assert OLD.encode() == file.read_bytes()


def test_a_file_in_a_folder_without_write_permission_is_left_as_it_is(file: Path) -> None:
    file.parent.chmod(0o555)
    try:
        with pytest.raises(UnwritableFile, match="may not be written"):
            write(str(file), OLD, NEW)
        assert OLD.encode() == file.read_bytes()
        assert ["kettle.md"] == os.listdir(file.parent)
    finally:
        file.parent.chmod(0o755)


def test_a_full_disk_leaves_the_old_text_and_nothing_beside_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableFile, match="cannot be written: No space left on device"):
        write(str(file), OLD, NEW)
    assert OLD.encode() == file.read_bytes()
    assert ["kettle.md"] == os.listdir(file.parent)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal here")
def test_a_kill_at_any_moment_leaves_every_file_whole(tmp_path: Path) -> None:
    body = "".join(f"The kettle boils for the {number}th time [1][1].\n\n" for number in range(40))
    old = f"{body}## Sources\n\n[1] Thermometry for kitchens, 2019, https://kitchens.example/page.\n".encode()
    new = old.replace(b"[1][1]", b"[1]")
    names = [f"{number:03}.md" for number in range(500)]
    chance = random.Random(7)
    for name in names:
        (tmp_path / name).write_bytes(old)
    for _ in range(KILLS):
        command = [sys.executable, "-m", "citecheck", "check", "--fix", "--select", "CC107", "."]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        running = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 3.0))
        running.kill()
        running.wait()
        texts = {(tmp_path / name).read_bytes() for name in names}
        assert texts <= {old, new}
        for name in chance.sample(names, 250):
            (tmp_path / name).write_bytes(old)


def test_what_is_read_can_be_written_back(file: Path) -> None:
    text = Input(str(file), "markdown").read()
    write(str(file), text, text)
    assert OLD.encode() == file.read_bytes()
