"""The demo's own pictures: which there are, and what each is called. They are drawn ahead."""

from collections.abc import Iterator
from dataclasses import dataclass

from coop.demo import read
from coop.kit.pictures import HERO_PHONE, HERO_WIDE, LANDSCAPE, PANORAMA, PORTRAIT, Size

FOLDER = read.FOLDER / "pictures"

#: The lake on its needle: by width of the page, by day and by night.
LAKES = {
    "lake-wide": HERO_WIDE,
    "lake-phone": HERO_PHONE,
    "lake-wide-night": HERO_WIDE,
    "lake-phone-night": HERO_PHONE,
}
#: Finger puppets together: three as in the list, all twelve, all twelve side by side.
GROUPS = {
    "finger-puppets-three": LANDSCAPE,
    "finger-puppets-twelve": LANDSCAPE,
    "finger-puppets-row": PANORAMA,
}
#: The one beside the words "Twelve puppets fit in a pocket".
GROUP = "finger-puppets-twelve"


@dataclass(frozen=True)
class ToDraw:
    """A product in a colour: its picture's name, and its yarns in the order of its wool."""

    name: str
    slug: str
    yarns: tuple[str, ...]
    sizes: tuple[Size, ...] = PORTRAIT


def name_of(slug: str, colour: str) -> str:
    """What the picture of a product in a colour is called."""
    return f"{slug}-{colour}" if colour else slug


def products() -> Iterator[ToDraw]:
    """One picture for each product and colour of the demo."""
    for product in read.products():
        wool = {variant.colour: tuple(variant.wool) for variant in reversed(product.variants)}
        for colour, yarns in reversed(wool.items()):
            yield ToDraw(name_of(product.slug, colour), product.slug, yarns)


def everything() -> dict[str, tuple[Size, ...]]:
    """Every picture by name, with the sizes it is kept in."""
    return {
        **LAKES,
        **GROUPS,
        **{one.name: one.sizes for one in products()},
    }
