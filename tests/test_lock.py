"""The lock file: what is written is read, two are merged, and nothing odd is believed."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.errors import UsageError
from citecheck.sources.lock import Evidence, Lock, Pin, hashed, read_lock, written

WORDS = st.text(max_size=40).filter(lambda text: text == text.encode("utf-8", "replace").decode())
HASH = hashed("a text")
PINS = st.builds(
    Pin,
    key=st.text(min_size=1, max_size=40).filter(lambda text: text == text.encode("utf-8", "replace").decode()),
    title=WORDS,
    fetched=st.none()
    | st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)).map(
        lambda at: at.replace(microsecond=0)
    ),
    type=st.sampled_from(["", "text/html"]),
    raw=st.sampled_from(["", HASH]),
    text=st.sampled_from(["", HASH]),
    characters=st.integers(0, 10**9),
    file=st.sampled_from(["", "citecheck-snapshots/a.txt"]),
    original=st.sampled_from(["", "sources/a b.html"]),
    unusable=st.sampled_from(["", "wall", "no-text"]),
    evidence=st.lists(
        st.builds(Evidence, st.sampled_from(["quotation", "figure"]), WORDS, WORDS, WORDS), max_size=3
    ).map(lambda each: tuple(sorted(set(each)))),
)
LOCKS = st.lists(PINS, max_size=4).map(lambda pins: Lock({pin.key: pin for pin in pins}))


@given(LOCKS)
def test_what_is_written_is_read(lock: Lock) -> None:
    path = Path("citecheck.lock")
    text = written(lock)
    assert 1 == tomllib.loads(text)["version"]
    assert lock.pins == parsed(text).pins
    assert text == written(parsed(text)), path


@given(LOCKS, LOCKS)
def test_two_locks_merge(one: Lock, other: Lock) -> None:
    merged = one.merged(other)
    assert {*one.pins, *other.pins} == merged.pins.keys()
    for key, pin in other.pins.items():
        assert pin.text == merged.pins[key].text
        assert {*pin.evidence} <= {*merged.pins[key].evidence}
    assert written(merged) == written(merged.merged(other))


def parsed(text: str) -> Lock:
    from citecheck.sources import lock

    return lock._lock(tomllib.loads(text))


def test_the_order_of_sources_is_that_of_their_identities() -> None:
    pins = [Pin(key) for key in ("https://b.example", "doi:10.1000/1", "https://a.example")]
    text = written(Lock({pin.key: pin for pin in pins}))
    assert sorted(pin.key for pin in pins) == [line[7:-1] for line in text.split("\n") if line.startswith("key")]
    assert "\r" not in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "version = 2",
        "version = 1\nother = 1",
        "version = 1\nsource = 3",
        "version = 1\n[[source]]\ntitle = 'a'",
        "version = 1\n[[source]]\nkey = 'a'\nsurprise = 'b'",
        "version = 1\n[[source]]\nkey = 'a'\ntitle = 3",
        "version = 1\n[[source]]\nkey = 'a'\n[[source]]\nkey = 'a'",
        "version = 1\n[[source]]\nkey = 'a'\ntext = 'md5:1'",
        "version = 1\n[[source]]\nkey = 'a'\ncharacters = -1",
        "version = 1\n[[source]]\nkey = 'a'\ncharacters = true",
        "version = 1\n[[source]]\nkey = 'a'\nfetched = 'now'",
        "version = 1\n[[source]]\nkey = 'a'\nfetched = 2026-01-01T00:00:00",
        "version = 1\n[[source]]\nkey = 'a'\nfile = '/etc/passwd'",
        "version = 1\n[[source]]\nkey = 'a'\nfile = '../secret'",
        "version = 1\n[[source]]\nkey = 'a'\noriginal = 'a/../../secret'",
        "version = 1\n[[source]]\nkey = 'a'\noriginal = 'c:\\secret'",
        "version = 1\n[[source]]\nkey = 'a'\nunusable = 'because'",
        "version = 1\n[[source]]\nkey = 'a'\nevidence = 'x'",
        "version = 1\n[[source]]\nkey = 'a'\n[[source.evidence]]\nkind = 'rumour'\nexact = 'a'",
        "version = 1\n[[source]]\nkey = 'a'\n[[source.evidence]]\nkind = 'figure'\nother = 'a'",
        "<<<<<<< HEAD\nversion = 1",
        "a = " + "[" * 5000,
        "\ufeff\x00",
    ],
)
def test_what_is_no_lock_is_refused_in_a_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "citecheck.lock"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="is not a lock file of citecheck") as refused:
        read_lock(str(path))
    assert "\n" not in str(refused.value)
