"""One figure, as bin/bench prints it."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """`ratio` above 1 is always better than the baseline. `n` says how much was there, or done."""

    name: str
    value: float
    unit: str
    baseline: str
    ratio: float
    n: int

    def line(self) -> str:
        """As JSON on one line."""
        rounded = asdict(self) | {"value": round(self.value, 2), "ratio": round(self.ratio, 3)}
        return json.dumps(rounded)


def less_is_better(name: str, value: float, unit: str, baseline: tuple[str, float], n: int) -> Row:
    """Time or bytes: the baseline's, divided by ours."""
    label, least = baseline
    return Row(name, value, unit, label, least / value, n)


def more_is_better(name: str, value: float, unit: str, baseline: tuple[str, float], n: int) -> Row:
    """A score: ours, divided by the baseline's."""
    label, wanted = baseline
    return Row(name, value, unit, label, value / wanted, n)


def median(values: Sequence[float]) -> float:
    """The middle one: a single slow run does not count."""
    return statistics.median(values)
