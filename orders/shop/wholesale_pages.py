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
    """A line of a list as it would be ordered. `earliest` is None where all of it lies ready."""

    wanted: Wanted
    in_stock: int
    earliest: date | None

    @property
    def is_early(self) -> bool:
        """Whether it is wanted before even one more piece could be knitted."""
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
    """Each line with its picture, what of it lies ready, and from which day the rest may be."""
    listed = list(wanted)
    variants = [one.variant for one in listed]
    with_pictures(variants)
    free, lead = free_counts(variants), lead_time(today())
    rows = []
    for one in listed:
        here = free.get(one.variant.pk, 0)
        rest = availability(one.variant, in_stock=0, lead=lead)
        rows.append(
            Line(one, min(here, one.quantity), rest.ready_on if here < one.quantity else None)
        )
        # Of what two lines ask for, the first has it.
        free[one.variant.pk] = max(0, here - one.quantity)
    return rows
