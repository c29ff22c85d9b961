"""Chullos, gloves, shawls, blankets: a scene for each product, in the yarns it is sold in."""

from collections.abc import Callable, Mapping, Sequence

from coop.kit.knitting.garments import blankets, chullos, hands, shawls
from coop.kit.knitting.scenes import Scene

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
