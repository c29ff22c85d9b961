"""What a phone says of a page: Lighthouse's score for speed, and bytes over the wire."""

from collections.abc import Iterator

from look import lighthouse
from look.eyes import Eyes
from look.kinds import BY_NAME
from look.lighthouse import Visit
from look.weights import LIMITS, weigh
from measure.row import Row, less_is_better, median, more_is_better

WANTED = 95
SPEEDS = {f"look.{name}": name for name in ("home", "list", "product")}
WEIGHTS = {f"weight.{name}": name for name in LIMITS}


def speeds(eyes: Eyes, names: list[str], *, is_quick: bool) -> Iterator[Row]:
    """The performance score on a simulated slow phone: the middle one of several runs."""
    rounds = 1 if is_quick else 3
    visits = [Visit(name, eyes.place.address(BY_NAME[SPEEDS[name]], "es")) for name in names]
    found = [lighthouse.judge(visits, ["performance"]) for _ in range(rounds)]
    for name in names:
        score = median([100 * one[name].scores["performance"] for one in found])
        yield more_is_better(name, score, "points", (f"wanted {WANTED}", WANTED), rounds)


def weights(eyes: Eyes, names: list[str]) -> Iterator[Row]:
    """The first view; the sum does not depend on the machine."""
    for name in names:
        limit = LIMITS[WEIGHTS[name]]
        weight = weigh(eyes, BY_NAME[WEIGHTS[name]], "es")
        mine = weight.all if limit.with_pictures else weight.without_pictures
        label = f"limit {limit.all} B"
        yield less_is_better(name, mine, "B", (label, float(limit.all)), 1)
