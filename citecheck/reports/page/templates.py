"""The templates of a page, its style and its script; the only module that knows Jinja."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from citecheck.errors import UsageError

if TYPE_CHECKING:
    from jinja2 import Environment, Template


def template(name: str) -> Template:
    """A template by its name. Raises UsageError where Jinja is not installed."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    try:
        import jinja2  # an extra: few need it
    except ImportError as error:
        raise UsageError("a page needs Jinja; install it with: pip install 'citecheck-lint[report]'") from error
    made = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__, "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(style=_marked("style.css"), script=_marked("script.js"), policy=_policy())
    return made


def _marked(name: str) -> str:
    """A file of our own, which goes into a page as it is."""
    from markupsafe import Markup

    return Markup(_own(name))  # nothing of a document is in it


def _own(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


def _policy() -> str:
    """What a page may do (Content Security Policy Level 3): run its own script, use its own style, and nothing else."""
    style, script = (b64encode(sha256(_own(name).encode()).digest()).decode() for name in ("style.css", "script.js"))
    own = f"style-src 'sha256-{style}'; script-src 'sha256-{script}'"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"
