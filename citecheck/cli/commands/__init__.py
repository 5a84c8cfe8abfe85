"""What the commands do, once their arguments are understood: each returns an exit status."""

from __future__ import annotations

from typing import Final

PASSED: Final = 0
FOUND: Final = 1
FAILED: Final = 2
