"""Where the project is at home: one address, empty until it has one, and what follows from it."""

from __future__ import annotations

from typing import Final

HOME: Final = ""
"""The address under which the files of this repository can be read, without a slash at the end."""

RULES_URL: Final = f"{HOME}/rules/{{code}}-{{name}}.md" if HOME else ""
"""Where the page of a rule is, by its code and its name."""
