"""What is knitted from top to bottom, as data: bands of a motif and stripes, in named yarns.

The demo's pictures and the charts of its designs are made from the same patterns. Nothing here
needs numpy. A product's yarns come in the order of its wool: the first is its ground.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coop.kit import motifs
from coop.kit.knitting.bands import Rows, drawn, motif_band, plain

Yarns = Sequence[str]

#: Small figures between the motifs: no names, no meaning, only rhythm.
FIGURES: Mapping[str, tuple[str, ...]] = {
    "teeth": ("1...", "11.1", "1111"),
    "dots": ("1...", "....", "..1.", "...."),
    "check": ("1.", ".1"),
    "zigzag": ("1...", ".1.1", "..1."),
    "seeds": ("1..", "..."),
    "steps": ("....1....", "...111...", "..11211..", ".1122211.", "112222211"),
}


@dataclass(frozen=True)
class Band:
    """Rows of one figure in these yarns, its ground first; without a figure a plain stripe.

    `rows` is how many a stripe has; for a figure, how many rows of ground frame it.
    """

    yarns: tuple[str, ...]
    figure: str = ""
    rows: int = 0

    def knitted(self) -> Rows:
        """Its rows, each as long as the figure repeats."""
        if not self.figure:
            return plain(self.yarns[0], self.rows)
        if self.figure in FIGURES:
            edge = plain(self.yarns[0], self.rows)
            return [*edge, *drawn(FIGURES[self.figure], self.yarns), *edge]
        return motif_band(self.figure, self.yarns, margin=self.rows)


def stripe(yarn: str, rows: int = 1) -> Band:
    """Plain rows of a yarn."""
    return Band((yarn,), rows=rows)


def figure(name: str, *yarns: str, margin: int = 0) -> Band:
    """A motif or a small figure; `yarns` are its ground first and then its own colours in order."""
    return Band(tuple(yarns), name, margin)


def rows_of(bands: Sequence[Band]) -> Rows:
    """All bands one below the other."""
    return [row for band in bands for row in band.knitted()]


def yarns_needed(name: str) -> int:
    """How many yarns a figure is knitted in. Raises UnknownMotif."""
    if name in FIGURES:
        return 1 + max(int(cell) for line in FIGURES[name] for cell in line if cell != ".")
    return len(motifs.motif(name).colours)


# Chullos -----------------------------------------------------------------------------------
def _andenes_chullo(yarns: Yarns) -> list[Band]:
    main, light, third, fourth = yarns
    return [
        figure("teeth", main, light),
        stripe(light, 2),
        figure("zigzag", light, third),
        stripe(light),
        stripe(third),
        stripe(main, 2),
        figure("andenes", light, main, third, fourth, margin=1),
        stripe(main, 2),
        stripe(third),
        figure("teeth", main, light),
        stripe(main, 2),
    ]


def _star_chullo(yarns: Yarns) -> list[Band]:
    main, light, third, fourth = yarns
    return [
        figure("dots", main, light),
        stripe(third),
        stripe(light),
        figure("check", light, fourth),
        stripe(light),
        stripe(third),
        stripe(main),
        figure("estrella", main, light, third, fourth, margin=1),
        stripe(main),
        stripe(third),
        stripe(light),
        figure("check", light, fourth),
        stripe(light),
        stripe(third),
        stripe(main, 2),
    ]


def _waves_chullo(yarns: Yarns) -> list[Band]:
    lake, cream, other = yarns
    return [
        stripe(cream),
        stripe(lake, 2),
        figure("olas", lake, cream, cream),
        stripe(lake),
        stripe(cream, 2),
        figure("olas", cream, other, lake, margin=1),
        stripe(lake, 2),
        stripe(cream),
        figure("check", other, cream),
        stripe(lake, 2),
    ]


def _fox_chullo(yarns: Yarns) -> list[Band]:
    main, orange, cream = yarns
    return [
        figure("dots", main, cream),
        figure("dots", main, cream),
        stripe(main, 2),
        stripe(orange),
        stripe(cream),
        stripe(main),
        figure("zorro", main, orange, cream, main, margin=1),
        stripe(main),
        stripe(cream),
        stripe(orange, 2),
        figure("check", orange, main),
        stripe(orange),
        stripe(main),
    ]


def _children_chullo(yarns: Yarns) -> list[Band]:
    main, light, third, fourth = yarns
    return [
        stripe(third),
        figure("seeds", main, fourth),
        stripe(third),
        stripe(main, 2),
        figure("llamas", main, light, third, fourth),
        stripe(third, 2),
        figure("check", third, fourth),
        stripe(third, 2),
        stripe(main, 2),
    ]


# Gloves and mittens ------------------------------------------------------------------------
def _flower_mittens(yarns: Yarns) -> list[Band]:
    main, pink, green, other = yarns
    flower = figure("flor", main, pink, main, other, green)
    return [
        stripe(main, 4),
        flower,
        stripe(main),
        figure("zigzag", main, other),
        stripe(main),
        flower,
        stripe(main, 2),
        figure("check", main, other),
        stripe(green, 2),
        stripe(pink),
    ]


def _furrow_gloves(yarns: Yarns) -> list[Band]:
    main, second = yarns
    furrows = figure("surcos", main, second)
    return [stripe(main, 2), furrows, furrows, stripe(main, 2), figure("check", main, second)]


def _moon_gloves(yarns: Yarns) -> list[Band]:
    main, second, third = yarns
    moons = figure("luna", main, second, third)
    return [
        stripe(main, 2),
        moons,
        stripe(second),
        stripe(main, 2),
        figure("dots", main, third),
        stripe(second),
        moons,
        stripe(second),
        stripe(main, 3),
    ]


def _joined_mittens(yarns: Yarns) -> list[Band]:
    main, white, yellow, blue = yarns
    return [
        stripe(main, 5),
        stripe(yellow),
        figure("check", main, white),
        stripe(yellow),
        figure("manos", main, white, yellow, blue, margin=1),
        stripe(yellow),
        figure("teeth", main, white),
        stripe(white),
        stripe(blue, 2),
        stripe(main, 2),
    ]


# Shawls, scarves, blankets -----------------------------------------------------------------
def _night_shawl(yarns: Yarns) -> list[Band]:
    indigo, yellow, cream = yarns
    moons = figure("luna", indigo, yellow, cream)
    return [stripe(indigo, 3), stripe(yellow), *[moons] * 4, stripe(yellow, 2), stripe(indigo, 2)]


def _harvest_shawl(yarns: Yarns) -> list[Band]:
    green, yellow, cream, brown = yarns
    return [
        figure("andenes", cream, green, yellow, brown, margin=1),
        stripe(brown, 2),
        figure("andenes", yellow, brown, cream, green, margin=1),
        stripe(cream, 2),
        figure("andenes", green, cream, yellow, brown, margin=1),
        stripe(brown, 2),
        figure("andenes", brown, yellow, cream, green, margin=1),
        stripe(cream, 2),
        figure("andenes", yellow, green, brown, cream, margin=1),
        stripe(green, 2),
    ]


def _frost_shawl(yarns: Yarns) -> list[Band]:
    white, cream = yarns
    reeds = figure("totora", cream, white, white, white)
    return [stripe(cream, 3), reeds, stripe(white), stripe(cream, 2), figure("seeds", cream, white)]


def _wings_shawl(yarns: Yarns) -> list[Band]:
    main, light, third = yarns
    return [
        stripe(third),
        stripe(main, 2),
        figure("condor", main, light, third, light, margin=1),
        stripe(light),
        figure("teeth", main, light),
        stripe(third, 2),
        stripe(main, 2),
    ]


def _shoreline_scarf(yarns: Yarns) -> list[Band]:
    main, light, third, fourth = yarns
    return [
        stripe(third),
        stripe(fourth),
        figure("pajaro", main, light, fourth, third),
        stripe(fourth),
        stripe(third, 2),
        stripe(light, 2),
        figure("olas", light, main, third),
        stripe(light, 2),
        stripe(third),
        stripe(fourth),
        figure("teeth", main, light),
        stripe(main, 2),
    ]


def _reed_scarf(yarns: Yarns) -> list[Band]:
    main, cream = yarns
    return [figure("totora", main, cream, cream, main), stripe(main, 2), stripe(cream)]


def _spring_wrap(yarns: Yarns) -> list[Band]:
    main, second, cream = yarns
    return [
        stripe(main, 2),
        stripe(second),
        figure("ojo", main, cream, second, cream, margin=1),
        stripe(second),
        stripe(main, 2),
        stripe(cream),
    ]


def _five_fields(yarns: Yarns) -> list[Band]:
    fawn, cream, indigo, cochineal, green, yellow = yarns
    return [
        figure("llamas", fawn, cream, cochineal, indigo, margin=1),
        figure("totora", cream, green, yellow, indigo, margin=2),
        figure("pez", indigo, cream, yellow, indigo, margin=2),
        figure("andenes", cochineal, cream, yellow, indigo, margin=1),
        stripe(fawn),
        figure("steps", fawn, cream, green, margin=1),
        figure("steps", fawn, cream, cochineal, margin=1),
        stripe(fawn),
    ]


def _cradle(yarns: Yarns) -> list[Band]:
    main, second, third, fourth = yarns
    return [figure("pez", main, second, third, fourth)]


PATTERNS: Mapping[str, Callable[[Yarns], list[Band]]] = {
    "andenes-chullo": _andenes_chullo,
    "star-chullo": _star_chullo,
    "lake-waves-chullo": _waves_chullo,
    "passing-fox-chullo": _fox_chullo,
    "little-llamas-chullo": _children_chullo,
    "potato-flower-mittens": _flower_mittens,
    "furrow-gloves": _furrow_gloves,
    "moon-fingerless-gloves": _moon_gloves,
    "joined-hands-mittens": _joined_mittens,
    "night-on-the-lake-shawl": _night_shawl,
    "five-harvests-shawl": _harvest_shawl,
    "first-frost-shawl": _frost_shawl,
    "wide-wings-shawl": _wings_shawl,
    "shoreline-scarf": _shoreline_scarf,
    "reed-scarf": _reed_scarf,
    "spring-shawl": _spring_wrap,
    "five-fields-blanket": _five_fields,
    "cradle-blanket": _cradle,
}


def pattern_of(slug: str, yarns: Yarns, motif: str) -> list[Band]:
    """The bands of a product in these yarns; one that is not written down has its motif alone."""
    if slug in PATTERNS:
        return PATTERNS[slug](yarns)
    wanted = yarns_needed(motif)
    colours = [yarns[at % len(yarns)] for at in range(wanted)]
    return [stripe(colours[0], 2), figure(motif, *colours), stripe(colours[0], 2)]
