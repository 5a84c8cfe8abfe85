"""The checks, by the code of the rule each one is for.

A check takes a document and yields findings. It asks the document what it already knows and looks at raw text only
for what nobody could know before; it does not ask whether it is wanted, or silenced, or how much its findings weigh.

CC901 has a page and no function: what an ignore comment silenced is known only when all the others have spoken, so
`citecheck.suppression.comments` finds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from citecheck.checks import (
    author_years,
    boilerplate,
    clusters,
    coverage,
    databases,
    dates,
    duplicates,
    entries,
    groups,
    identifiers,
    invisible_characters,
    link_targets,
    markers,
    online,
    order,
    placeholders,
    rendered_numbers,
    repetition,
    resolution,
    snapshots,
    source_policy,
    titles,
    tokens,
    typography,
    understanding,
    urls,
)
from citecheck.checks.families import Check, Checks

_FAMILIES: Final[tuple[Checks, ...]] = (
    author_years.CHECKS,
    boilerplate.CHECKS,
    clusters.CHECKS,
    coverage.CHECKS,
    databases.CHECKS,
    dates.CHECKS,
    duplicates.CHECKS,
    entries.CHECKS,
    groups.CHECKS,
    identifiers.CHECKS,
    invisible_characters.CHECKS,
    link_targets.CHECKS,
    markers.CHECKS,
    online.CHECKS,
    order.CHECKS,
    placeholders.CHECKS,
    rendered_numbers.CHECKS,
    repetition.CHECKS,
    resolution.CHECKS,
    snapshots.CHECKS,
    source_policy.CHECKS,
    titles.CHECKS,
    tokens.CHECKS,
    typography.CHECKS,
    understanding.CHECKS,
    urls.CHECKS,
)
CHECKS: Mapping[str, Check] = MappingProxyType(
    dict(sorted(row for family in _FAMILIES for row in family.items()))  # by code
)
