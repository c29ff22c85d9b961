"""Chullos, gloves, shawls, blankets: a scene for each product, in the yarns it is sold in."""

from collections.abc import Callable, Mapping, Sequence

from coop.kit.knitting.bands import Rows
from coop.kit.knitting.garments import blankets, chullos, hands, making, shawls
from coop.kit.knitting.patterns import PATTERNS, rows_of
from coop.kit.knitting.scenes import Scene
from coop.kit.knitting.yarns import GROUNDS

#: By the product's slug: its scene in these yarns, in the order of its wool.
GARMENTS: Mapping[str, Callable[[Sequence[str]], Scene]] = {
    "andenes-chullo": chullos.andenes,
    "star-chullo": chullos.star,
    "lake-waves-chullo": chullos.waves,
    "passing-fox-chullo": chullos.fox,
    "little-llamas-chullo": chullos.children,
    "potato-flower-mittens": hands.flower,
    "furrow-gloves": hands.gloves,
    "moon-fingerless-gloves": hands.fingerless,
    "joined-hands-mittens": hands.joined,
    "night-on-the-lake-shawl": shawls.night,
    "five-harvests-shawl": shawls.harvests,
    "first-frost-shawl": shawls.frost,
    "wide-wings-shawl": shawls.wings,
    "shoreline-scarf": shawls.shoreline,
    "reed-scarf": shawls.reeds,
    "spring-shawl": shawls.spring,
    "five-fields-blanket": blankets.fields,
    "cradle-blanket": blankets.cradle,
}

_FRINGED = {
    "night-on-the-lake-shawl",
    "five-harvests-shawl",
    "first-frost-shawl",
    "wide-wings-shawl",
    "shoreline-scarf",
    "reed-scarf",
    "spring-shawl",
}
_IN_A_PILE = 3


def second_look(slug: str, kind: str, colours: Sequence[Sequence[str]]) -> Scene:
    """The garment from close by, on the needle or in a pile; `colours` are those it is sold in."""
    number = list(GARMENTS).index(slug)
    ground = list(GROUNDS)[(number * 3 + len(kind)) % len(GROUNDS)]
    if kind == "pile":
        pieces = [_rows(slug, colours[at % len(colours)]) for at in range(_IN_A_PILE)]
        return making.pile(pieces, ground=ground, seed=number)
    if kind == "needle":
        yarns = colours[-1]
        return making.on_needle(_rows(slug, yarns), yarns, ground=ground, seed=number)
    yarns = colours[0]
    has_fringe = slug in _FRINGED
    return making.close(
        _rows(slug, yarns), yarns, ground=ground, seed=number, has_fringe=has_fringe
    )


def _rows(slug: str, yarns: Sequence[str]) -> Rows:
    """What is knitted of it over and over."""
    if slug == "reed-scarf":
        return shawls.openwork(*yarns)
    return rows_of(PATTERNS[slug](yarns))
