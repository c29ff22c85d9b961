"""What visitors see of the catalogue, in few queries however long the list."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    When,
)
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog.dyes import dyed, seen_wool
from catalog.lead_time import LeadTime, lead_time
from catalog.models import Category, Design, Piece, Product, ProductQuerySet, Variant
from catalog.search import about
from coop.kit.days import today
from coop.kit.hundred import Part
from coop.kit.money import from_minor
from coop.kit.words import printable
from coop.wool.models import Colour, WoolLot


class Sort(StrEnum):
    """In which order the shop shows its products."""

    NEW = "new"
    CHEAP = "price"
    SOON = "soon"


class Kind(StrEnum):
    """How soon a variant can be had."""

    READY = "ready"
    TO_ORDER = "to_order"
    UNIQUE = "unique"
    SOLD_OUT = "sold_out"


_TONES = {
    Kind.READY: "ready",
    Kind.TO_ORDER: "waiting",
    Kind.UNIQUE: "single",
    Kind.SOLD_OUT: "over",
}
_LABELS: dict[Kind, Promise] = {
    Kind.READY: _("Ready now"),
    Kind.TO_ORDER: _("Knitted for you"),
    Kind.UNIQUE: _("One of a kind"),
    Kind.SOLD_OUT: _("Sold out"),
}


@dataclass(frozen=True)
class Availability:
    """How soon a variant can be had: how many lie ready, or the day when one is knitted."""

    kind: Kind
    in_stock: int
    ready_on: date | None
    days: int = 0

    @property
    def is_for_sale(self) -> bool:
        """Whether it can be put into a cart."""
        return self.kind != Kind.SOLD_OUT

    @property
    def tone(self) -> str:
        """The status tag's tone."""
        return _TONES[self.kind]

    @property
    def label(self) -> str:
        """In two or three words."""
        return str(_LABELS[self.kind])

    @property
    def sentence(self) -> str:
        """In a few more words: how many are left, or how long it takes."""
        if self.kind == Kind.READY:
            return ngettext(
                "Ready now, {count} left", "Ready now, {count} left", self.in_stock
            ).format(count=self.in_stock)
        if self.kind == Kind.TO_ORDER:
            return ngettext(
                "Knitted for you in about {count} day",
                "Knitted for you in about {count} days",
                self.days,
            ).format(count=self.days)
        return self.label

    @property
    def delivery(self) -> str:
        """When it leaves the house, as a person says it; empty where it does not."""
        if self.kind in {Kind.READY, Kind.UNIQUE}:
            return str(_("It lies here: it leaves this week."))
        if self.kind == Kind.TO_ORDER and self.ready_on is not None:
            day = date_format(self.ready_on, "MONTH_DAY_FORMAT")
            return str(_("It is knitted for you, and leaves around {day}.")).format(day=day)
        return ""


# Availability ------------------------------------------------------------------------------
def free_counts(variants: Iterable[Variant]) -> dict[int, int]:
    """How many free pieces each variant has in the store, by its key; in one query."""
    rows = Piece.objects.free().filter(variant__in=list(variants)).values("variant")
    return dict(rows.annotate(count=Count("pk")).values_list("variant", "count"))


def availability(
    variant: Variant,
    *,
    in_stock: int | None = None,
    on: date | None = None,
    lead: LeadTime | None = None,
) -> Availability:
    """How soon `variant` can be had on a day.

    `in_stock` and `lead` are its free pieces and that day's lead time, if already known.
    """
    if in_stock is None:
        in_stock = Piece.objects.free().filter(variant=variant).count()
    day = on or today()
    is_unique = variant.product.kind == Product.Kind.UNIQUE
    if in_stock:
        return Availability(Kind.UNIQUE if is_unique else Kind.READY, in_stock, day)
    if is_unique or variant.design.is_retired:
        return Availability(Kind.SOLD_OUT, 0, None)
    days = (lead or lead_time(day)).days_for(variant.design)
    return Availability(Kind.TO_ORDER, 0, day + timedelta(days=days), days)


def best(found: Iterable[Availability]) -> Availability:
    """The soonest of several: what a card says of a product with many variants."""
    order = [Kind.READY, Kind.UNIQUE, Kind.TO_ORDER, Kind.SOLD_OUT]
    ranked = sorted(found, key=lambda one: (order.index(one.kind), one.days))
    first = ranked[0]
    in_stock = sum(one.in_stock for one in ranked)
    return Availability(first.kind, in_stock, first.ready_on, first.days)


# A one-of-a-kind that has found its owner: it stays to be seen, at the end of every list.
_GONE = Q(kind=Product.Kind.UNIQUE, is_ready=False)


# Lists -------------------------------------------------------------------------------------
Wish = str | Collection[str]


def listed_products(
    *, category: Wish = (), words: str = "", when: Wish = (), dye: Wish = (), sort: str = Sort.NEW
) -> ProductQuerySet:
    """Products in the shop window, each with `lowest_minor`, `is_ready` and `minutes`.

    `category` are slugs, `when` "ready", "to_order" or "unique", `dye` keys of colours: one or
    several, of which any will do. `sort` is a `Sort`.
    """
    listed = Q(variants__is_listed=True)
    found: Any = (
        _window(words)
        .annotate(
            lowest_minor=Min("variants__price_minor", filter=listed),
            minutes=Min("variants__design__minutes", filter=listed),
        )
        .annotate(is_gone=Case(When(_GONE, then=True), default=False))
        .filter(_on_shelves(category), _soon(when), _dyed(dye))
    )
    return found.order_by("is_gone", *_ORDERS.get(sort, _ORDERS[Sort.NEW]))


_ORDERS: Mapping[str, tuple[str, ...]] = {
    Sort.NEW: ("-created_on", "-pk"),
    Sort.CHEAP: ("lowest_minor", "pk"),
    Sort.SOON: ("-is_ready", "minutes", "pk"),
}


def _window(words: str = "") -> Any:
    """Listed products with a listed variant, each with `is_ready`."""
    variants = Variant.objects.filter(product=OuterRef("pk"), is_listed=True)
    ready = Piece.objects.free().filter(variant__product=OuterRef("pk"), variant__is_listed=True)
    found = Product.objects.listed().annotate(is_ready=Exists(ready)).filter(Exists(variants))
    return found.filter(about(words))


def _several(wish: Wish) -> list[str]:
    wished = [wish] if isinstance(wish, str) else list(wish)
    return [printable(one) for one in wished if one]


def _on_shelves(category: Wish) -> Q:
    slugs = _several(category)
    return Q(category__slug__in=slugs) if slugs else Q()


def _soon(when: Wish) -> Q:
    unique = Q(kind=Product.Kind.UNIQUE)
    meaning = {
        Kind.UNIQUE: unique & Q(is_ready=True),
        Kind.READY: Q(is_ready=True) & ~unique,
        Kind.TO_ORDER: Q(is_ready=False) & ~unique,
    }
    found = Q()
    for one in _several(when):
        found |= meaning.get(Kind(one), Q()) if one in set(Kind) else Q()
    return found


def _dyed(dye: Wish) -> Q:
    keys = _several(dye)
    if not keys:
        return Q()
    return dyed(keys)


# How many there are of each ------------------------------------------------------------------
@dataclass(frozen=True)
class Counts:
    """How many products answer the words and dyes, by shelf and by how soon they can be had.

    A shelf on which nothing answers stays, as long as something stands on it.
    """

    shelves: list[Category]
    cells: Mapping[tuple[str, Kind], int]

    def found(self, *, category: Collection[str] = (), when: Collection[str] = ()) -> int:
        """How many can be had with these wishes; none of a sort means all of it."""
        return sum(
            many
            for (slug, soon), many in self.cells.items()
            if (not category or slug in category)
            and (soon in when if when else soon != Kind.SOLD_OUT)
        )

    def gone(self, *, category: Collection[str] = ()) -> int:
        """How many of these shelves are shown, and have found their owners."""
        return self.found(category=category, when=[Kind.SOLD_OUT])


def counts(*, words: str = "", dye: Wish = ()) -> Counts:
    """The products of the window, counted; one query."""
    answers = Q(pk__in=Product.objects.filter(about(words)).filter(_dyed(dye)).values("pk"))
    shelf = ("category", "category__slug", "category__name_es", "category__name_en")
    rows = (
        _window()
        .values_list(*shelf, "category__position", "kind", "is_ready")
        .annotate(many=Count("pk", filter=answers))
        .order_by("category__position", "category__slug")
    )
    shelves: dict[str, Category] = {}
    cells: Counter[tuple[str, Kind]] = Counter()
    for pk, slug, name_es, name_en, position, kind, is_ready, many in rows:
        cells[slug, _kind_of(kind, is_ready)] += many
        shelves[slug] = Category(
            pk=pk, slug=slug, name_es=name_es, name_en=name_en, position=position
        )
    return Counts(list(shelves.values()), cells)


def _kind_of(kind: str, is_ready: bool) -> Kind:
    if kind == Product.Kind.UNIQUE:
        return Kind.UNIQUE if is_ready else Kind.SOLD_OUT
    return Kind.READY if is_ready else Kind.TO_ORDER


@dataclass(frozen=True)
class DyeCount:
    """A dye of the shop window, and how many products there are in it."""

    colour: Colour
    count: int


def dye_counts(*, category: Wish = (), words: str = "", when: Wish = ()) -> list[DyeCount]:
    """The dyes that are seen in the window, each with the products that have it; one query.

    What has found its owner is not counted.
    """
    found = _window(words).filter(_on_shelves(category), _soon(when)).exclude(_GONE).values("pk")
    listed = Variant.objects.filter(is_listed=True, product__is_listed=True)
    wool = seen_wool().filter(colour=OuterRef(OuterRef("pk"))).values("design")
    seen = listed.filter(Q(colour=OuterRef("pk")) | Q(design__in=wool))
    many = Func(F("product"), template="COUNT(DISTINCT %(expressions)s)")
    colours: Any = Colour.objects.annotate(
        count=Subquery(
            seen.filter(product__in=found).order_by().annotate(many=many).values("many"),
            output_field=IntegerField(),
        ),
        is_shown=Exists(seen),
    ).filter(is_shown=True)
    return [DyeCount(one, one.count or 0) for one in colours.order_by("pk")]


def with_variants(products: Any) -> ProductQuerySet:
    """`products` (a ProductQuerySet), each with `shown`: its listed variants with design and colour."""
    variants = Variant.objects.filter(is_listed=True).select_related("design__technique", "colour")
    return products.prefetch_related(
        Prefetch("variants", queryset=variants.order_by("position", "pk"), to_attr="shown")
    )


def categories() -> list[Category]:
    """Shelves with something on them, each with `count` products."""
    found = counts()
    for one in found.shelves:
        one.count = found.found(category=[one.slug])
    return found.shelves


#: Fewer than this tell of nothing; more than this is a pattern book.
FEWEST_MOTIFS, MOST_MOTIFS = 4, 12


def motifs_on(shelf: Category) -> list[str]:
    """The motifs of a shelf's designs by key, each once; none where the shelf has only a few."""
    listed = Variant.objects.filter(is_listed=True, product__is_listed=True)
    found = listed.filter(product__category=shelf).order_by("design__motif")
    keys = [one for one in found.values_list("design__motif", flat=True).distinct() if one]
    return keys[:MOST_MOTIFS] if len(keys) >= FEWEST_MOTIFS else []


def product(slug: str) -> Product | None:
    """A listed product with `shown`, its listed variants; None if there is none."""
    found = with_variants(Product.objects.listed().select_related("category", "image"))
    one = found.filter(slug=printable(slug)).first()
    return one if one is not None and one.shown else None


def piece_by_tag(tag: str) -> Piece | None:
    """The piece with this tag, however it was typed; None if there is none."""
    typed = printable("".join(tag.split()).upper())
    found = Piece.objects.select_related("variant__product", "variant__colour", "variant__design")
    wool = "variant__design__wool__yarn", "variant__design__wool__colour"
    return found.prefetch_related(*wool).filter(tag=typed).first() if typed else None


# Where the money goes ----------------------------------------------------------------------
def wool_cost_minor(design: Design) -> int:
    """What the wool of one piece costs today, at the price of the newest lot of each yarn.

    Where a colour was never bought, the newest lot of the yarn in any colour counts.
    """
    needs = list(design.wool.all())
    yarns = {need.yarn_id for need in needs}
    newest: dict[tuple[int, int | None], WoolLot] = {}
    for lot in WoolLot.objects.filter(yarn__in=yarns).order_by("received_on", "pk"):
        newest[lot.yarn_id, lot.colour_id] = lot
        newest[lot.yarn_id, None] = lot
    cost = 0
    for need in needs:
        last = newest.get((need.yarn_id, need.colour_id)) or newest.get((need.yarn_id, None))
        if last is not None:
            cost += (need.grams * last.cost_minor * 2 + last.received_g) // (2 * last.received_g)
    return cost


def where_money_goes(variant: Variant) -> list[Part]:
    """The planned parts of a variant's price, which add up to it exactly.

    By design, never by piece or woman. Empty if pay and wool are more than the price: then
    there is nothing to divide, and the Junta sees it in the office.
    Source: accounting, "Where your money goes".
    """
    pay, wool = variant.design.rate_minor, wool_cost_minor(variant.design)
    rest = variant.price_minor - pay - wool
    if rest < 0:
        return []
    return [
        Part("maker", _("Whoever knits it"), from_minor(pay)),
        Part("wool", _("Wool"), from_minor(wool)),
        Part("fund", _("The cooperative: checking, selling, savings"), from_minor(rest)),
    ]
