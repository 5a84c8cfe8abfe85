"""The tests, collected once, and run in many processes in each of which one statement of citecheck is faulty."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from mmap import mmap
from pathlib import Path
from typing import Final

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.faults import put_in
from tests.mutation.mutants import Mutant

TESTS: Final = (
    *("test_rules.py", "recognition", "test_entries.py", "test_claims.py", "test_checks.py", "test_written.py"),
    *("test_leaked_tokens.py", "test_boilerplate.py", "test_addresses.py", "test_identifiers.py"),
    *("test_directives.py", "test_wording.py", "test_fixes.py", "test_renumber.py", "test_examples.py"),
    *("test_typography.py", "test_entry_form.py", "test_coverage_rules.py", "test_order.py", "test_token_forms.py"),
    *("test_marker_places.py", "test_source_likeness.py", "test_moving_labels.py", "test_title_signs.py"),
    *("test_places.py", "test_renumbering.py"),
    *("test_fix_properties.py", "test_properties.py"),
)
_OPTIONS: Final = ("-qs", "--no-header", "--tb=no", "-p", "no:xdist", "-p", "no:cacheprovider", "--hypothesis-seed=1")
_EXAMPLES: Final = 4  # of each property
_STUCK: Final = 60  # seconds of a processor; a run without a fault takes less than four


class Trials:
    """A plugin of pytest that hands itself to `work` in the place of pytest's own loop over the tests."""

    def __init__(self, root: Path, work: Callable[[Trials], None]) -> None:
        self._root = root
        self._work = work
        self._tests: list[pytest.Item] = []
        self._failed: list[str] = []
        self._seconds: list[float] = []
        self._failures = memoryview(b"").cast("I")  # how often each test failed, as all the processes see it

    def run(self) -> None:
        """Collects the tests, and works; raises SystemExit where they fail without a fault."""
        os.environ["CITECHECK_EXAMPLES"] = str(_EXAMPLES)
        places = (str(self._root / "tests" / name) for name in TESTS)
        if pytest.main([*_OPTIONS, *places], plugins=[self]):
            raise SystemExit(f"tests fail as it is, so that nothing can be said of faults: {', '.join(self._failed)}")

    def pytest_collection(self) -> None:
        """Lets Hypothesis, which pytest wants to import by itself, try little."""
        from hypothesis import settings

        settings.register_profile("mutation", max_examples=_EXAMPLES)
        settings.load_profile("mutation")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Sees that all pass, which makes libraries and patterns ready too, then works."""
        self._tests = session.items
        self._failures = memoryview(mmap(-1, 4 * len(self._tests))).cast("I")
        with _silence():
            for test in self._tests:
                started = time.process_time()
                if _fails(test):
                    self._failed.append(test.nodeid)
                self._seconds.append(time.process_time() - started)
        session.testsfailed = len(self._failed)
        if not session.testsfailed:
            self._work(self)
        return True

    def start(self, path: Path, mutant: Mutant) -> int:
        """Runs the tests with a fault in one module; the number of the process, whose status is 0 where none failed."""
        child = os.fork()
        if child:
            return child
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (_STUCK, _STUCK + 5))
            with _silence():
                put_in(".".join(path.relative_to(self._root).with_suffix("").parts), mutant)
                os._exit(self._seen())
        except BaseException:
            os._exit(99)

    def _seen(self) -> bool:
        """Whether a test fails; those that failed most often, and then the quickest, are asked first."""
        failures, seconds = self._failures, self._seconds
        for place in sorted(range(len(failures)), key=lambda place: (-failures[place], seconds[place])):
            if _fails(self._tests[place]):
                failures[place] += 1
                return True
        return False


def _fails(test: pytest.Item) -> bool:
    """Runs a test: by itself, where it asks pytest for nothing but the row of a table."""
    row = test.callspec.params if isinstance(test, pytest.Function) and hasattr(test, "callspec") else {}
    if not isinstance(test, pytest.Function) or not set(test.fixturenames) <= row.keys():
        return any(report.failed for report in runtestprotocol(test, log=False))
    try:
        test.obj(**row)
    except pytest.skip.Exception:
        return False
    except BaseException:
        return True
    return False


@contextmanager
def _silence() -> Iterator[None]:
    kept = os.dup(1), os.dup(2)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(kept[0], 1)
        os.dup2(kept[1], 2)
