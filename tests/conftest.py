"""What is printed depends on no variable of whoever runs the tests."""

from __future__ import annotations

import os

for name in ("NO_COLOR", "FORCE_COLOR", "FORCE_HYPERLINK", "COLUMNS", "GITHUB_ACTIONS"):
    os.environ.pop(name, None)
