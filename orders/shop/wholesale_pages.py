"""What a buyer's pages show besides words: articles by shelf with pictures, and how soon a list can be."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from catalog.lead_time import lead_time
from catalog.models import Category, Product, Variant
from catalog.pictures import with_pictures
from catalog.queries import availability, free_counts
from coop.kit.days import today
from coop.kit.pictures import Picture
from orders.shop.hours import knitted_by_each
from orders.shop.values import Wanted
from orders.shop.wholesale_files import price_list


@dataclass(frozen=True)
class Article:
    """A product of the price list, with one picture and each way in which it is sold."""

    product: Product
    picture: Picture
    variants: list[Variant]


@dataclass(frozen=True)
class Shelf:
    """A shelf of the price list."""

    category: Category
    articles: list[Article] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A line of a list as it would be ordered.

    `earliest` is the day from which all of it can be there; None where all of it lies ready.
    """

    wanted: Wanted
    in_stock: int
    earliest: date | None

    @property
    def is_early(self) -> bool:
        """Whether it is wanted before so many more can be knitted."""
        day = self.wanted.wanted_on
        return self.earliest is not None and day is not None and day < self.earliest


def shelves() -> list[Shelf]:
    """The price list by shelf and product; a handful of queries however long it is."""
    variants = price_list()
    with_pictures(variants)
    found: list[Shelf] = []
    for product, of_it in groupby(variants, key=lambda one: one.product):
        same = list(of_it)
        if not found or found[-1].category != product.category:
            found.append(Shelf(product.category))
        found[-1].articles.append(Article(product, same[0].shown_picture, same))
    return found


def lines(wanted: Iterable[Wanted]) -> list[Line]:
    """Each line with its picture, what of it lies ready, and from which day the rest may be.

    The day counts how many are asked for: the lines share the hours on offer, what is wanted
    first before what is wanted later.
    """
    listed = list(wanted)
    variants = [one.variant for one in listed]
    with_pictures(variants)
    free = free_counts(variants)
    # A list names a variant once: no two lines ask for the same piece.
    here = [min(free.get(one.variant.pk, 0), one.quantity) for one in listed]
    earliest = _earliest(listed, here, today())
    return [Line(one, here[place], earliest.get(place)) for place, one in enumerate(listed)]


def _earliest(listed: list[Wanted], here: list[int], on: date) -> dict[int, date]:
    """By its place in the list, from which day what is missing of a line can be there."""
    missing = [place for place, one in enumerate(listed) if here[place] < one.quantity]
    missing.sort(key=lambda place: (listed[place].wanted_on or date.max, place))
    hours = knitted_by_each(
        [
            (listed[place].quantity - here[place]) * listed[place].variant.design.minutes
            for place in missing
        ],
        on,
    )
    lead = lead_time(on)
    days = {}
    for place, by_hours in zip(missing, hours, strict=True):
        one_piece = availability(listed[place].variant, in_stock=0, lead=lead).ready_on
        days[place] = max(one_piece or on, by_hours or on)
    return days
