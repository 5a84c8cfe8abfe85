"""The settings of a run, as the engine is given them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from citecheck.model.findings import Severity

_NOTHING: Mapping[str, Any] = {}


class Settings(NamedTuple):
    """The settings of a run.

    `select`, `extend_select` and `ignore` hold codes, names and prefixes of rules; an empty `select` means the rules
    that are on by default, and `extend_select` adds to either; `pedantic` turns on the pedantic rules too. `language`
    is the ISO 639-1 code of the documents' language; None means that it is guessed. `coverage` is which sentences a
    marker supports besides its own: `trailing`, `sentence` or `paragraph`. `options` are what was set of the rules' own
    options, by code; a rule of status `config` is on once any of its options is set. `style` is the option of that name
    of all rules that have one; `severity` holds what rules weigh, by code, where it is not what their pages say.
    `ignore_here` are rules that report nothing in these documents, though the run has them selected. `online` is
    whether sources are asked about, which the rules of that status need.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    pedantic: bool = False
    language: str | None = None
    coverage: str = "trailing"
    options: Mapping[str, Mapping[str, object]] = _NOTHING
    style: str | None = None
    severity: Mapping[str, Severity] = _NOTHING
    ignore_here: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    online: bool = False

    def __hash__(self) -> int:
        rules = (self.select, self.extend_select, self.ignore, self.ignore_here)
        return hash((rules, self.pedantic, self.language, self.coverage, self.style, self.online))

    @property
    def cacheable(self) -> bool:
        """Whether results depend on nothing but these settings and the document: on no file that an option names."""
        return _WITH_A_FILE not in self.options


_WITH_A_FILE = "CC316"  # the rule that has an option naming a file
