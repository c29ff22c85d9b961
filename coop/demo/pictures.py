"""The demo's own pictures: which there are, and what each is called. They are drawn ahead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coop.demo import read
from coop.kit.pictures import (
    HERO_PHONE,
    HERO_WIDE,
    LANDSCAPE,
    PORTRAIT,
    SECOND_LOOK,
    Size,
)

FOLDER = read.FOLDER / "pictures"

#: The lake on its needle: by width of the page, by day and by night.
LAKES = {
    "lake-wide": HERO_WIDE,
    "lake-phone": HERO_PHONE,
    "lake-wide-night": HERO_WIDE,
    "lake-phone-night": HERO_PHONE,
}
#: Finger puppets together: three as in the list, and all twelve.
GROUPS = {
    "finger-puppets-three": LANDSCAPE,
    "finger-puppets-twelve": LANDSCAPE,
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


@dataclass(frozen=True)
class Look:
    """A second or third picture of a product: its picture's name, and what it shows."""

    name: str
    slug: str
    kind: str
    words: Mapping[str, str]


def looks(product: read.ProductData) -> list[Look]:
    """The product's further pictures, in the order in which its page shows them."""
    table = read.data("looks")
    return [
        Look(_look_name(product.slug, kind), product.slug, kind, table["words"][kind])
        for kind in table["shelves"][product.category]
    ]


def _look_name(slug: str, kind: str) -> str:
    if kind != "friends":
        return f"{slug}-{kind}"
    name = slug.removesuffix("-finger-puppet")
    found = next(number for number, names in friends().items() if name in names)
    return f"finger-puppets-friends-{found}"


def friends() -> Mapping[str, tuple[str, ...]]:
    """Which puppets stand together, by the number of their picture."""
    return {number: tuple(names) for number, names in read.data("looks")["friends"].items()}


def all_looks() -> dict[str, Look]:
    """Every further picture by its name; what several products share counts once."""
    return {one.name: one for product in read.products() for one in looks(product)}


def everything() -> dict[str, tuple[Size, ...]]:
    """Every picture by name, with the sizes it is kept in."""
    return {
        **LAKES,
        **GROUPS,
        **{one.name: one.sizes for one in products()},
        **dict.fromkeys(all_looks(), SECOND_LOOK),
    }


@dataclass(frozen=True)
class Focus:
    """Where to look first: middle and size, in percent of the picture's width and height."""

    x: int
    y: int
    width: int
    height: int


def focus_of(name: str) -> Focus:
    """What must stay in view however the picture of that name is cut. Raises KeyError."""
    table = read.data("looks")["focus"]
    slugs = {one.name: one.slug for one in products()}
    if name in slugs:
        return Focus(*table["products"][slugs[name]])
    look = all_looks().get(name)
    return Focus(*(table["looks"][look.kind] if look else table["wide"][name]))
