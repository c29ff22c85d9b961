"""Who works with the wool that she has: only a higher floor knows, so it registers here.

    @working.source
    def knitting() -> QuerySet[Any]: ...

A source gives the keys of members with work for their wool.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

Source = Callable[[], QuerySet[Any]]
_sources: dict[str, Source] = {}


def source(function: Source) -> Source:
    """Register a source under its dotted name."""
    _sources[f"{function.__module__}.{function.__name__}"] = function
    return function


def members_at_work() -> list[QuerySet[Any]]:
    """What each source says."""
    return [tell() for tell in _sources.values()]
