"""What animals on four feet share: legs that stand, and a cloth for the back."""

from coop.kit.knitting.bands import Rows
from coop.kit.knitting.creatures.family import chart_of
from coop.kit.knitting.creatures.parts import Fringe, Parts, Tube
from coop.kit.knitting.fabric import patched, solid


def legs(
    places: tuple[float, ...],
    coat: str,
    foot: str,
    *,
    top: float,
    widths: tuple[float, ...] = (84, 64, 57, 57, 60),
    dimmed: float = 1.0,
    shade: float = 0.5,
) -> Parts:
    """Legs that stand on the ground; those on the far side lie in shade (`dimmed`)."""
    rows = round(-top / 16.4)
    chart = patched(
        solid(coat, dimmed=dimmed),
        (lambda _i, j: j > rows - 5, solid(foot, dimmed=dimmed)),
    )
    return tuple(
        Tube(
            ((x, top), (x, 4)),
            widths,
            chart,
            stitch=21,
            caps=(70, 28),
            shade=shade,
            seed=6 + number,
        )
        for number, x in enumerate(places)
    )


def saddle_cloth(
    x: float,
    top: float,
    bottom: float,
    half: float,
    rows: Rows,
    fringe: tuple[str, ...],
    *,
    stitch: float,
    roundness: float = 0.4,
) -> Parts:
    """A blanket over the back, knitted apart, its fringe knotted in."""
    return (
        Fringe(
            (x - half + 8, bottom),
            (x + half - 8, bottom),
            72,
            fringe,
            round(half / 9),
            width=4.6,
            seed=4,
        ),
        Tube(
            ((x, top), (x, (top + bottom) / 2), (x, bottom)),
            (half - 10, half + 1, half),
            chart_of(rows),
            stitch=stitch,
            roundness=roundness,
            gather=0.6,
            bow=0,
            folds=3,
            shade=0.6,
            seed=10,
        ),
    )
