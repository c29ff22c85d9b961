"""How much work waits for hands, though quotas stand below whoever knows it.

Each app above that hands out work registers a source when Django is ready:

    @unassigned.source
    def open_minutes() -> int: ...

A source answers for all its open work, whatever its day: sharing it out takes the first hours
that are free, and so no month can be asked alone.
"""

from collections.abc import Callable

Source = Callable[[], int]

_sources: dict[str, Source] = {}


def source(function: Source) -> Source:
    """Register a source of open minutes under its dotted name."""
    _sources[f"{function.__module__}.{function.__name__}"] = function
    return function


def minutes() -> int:
    """Minutes of all work that is ordered and that nobody has been asked to do yet."""
    return sum(function() for function in _sources.values())
