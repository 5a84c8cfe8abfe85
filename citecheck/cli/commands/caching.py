"""Where the results of earlier runs are kept."""

from __future__ import annotations

import os

from citecheck.errors import UsageError
from citecheck.execution.cache import Cache, cache_folder
from citecheck.files.writing import own_folder, sweep
from citecheck.model.settings import Settings


def cache_for(settings: Settings, folder: str | None, *, caching: bool) -> Cache:
    """The results of earlier runs, in the folder that is named or in citecheck's own.

    Raises UsageError where that folder will not do.
    """
    place = cache_place(folder, caching=caching)
    return Cache(place if settings.cacheable else None)


def cache_place(folder: str | None, *, caching: bool) -> str | None:
    """The folder that is named, or citecheck's own; None where nothing is kept.

    Raises UsageError where that folder will not do.
    """
    if folder is None:
        return own_folder(os.curdir) if caching else None
    if not caching:
        raise UsageError("--cache-dir cannot be combined with --no-cache; remove one of them")
    named = cache_folder(folder)
    sweep([named])
    return named
