"""The public API: what is sold, what a piece is, the open book. Read only, and no maker.

Words come in both languages, so that an answer is the same for everybody and can be cached.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.cache import patch_cache_control
from djmoney.money import Money
from ninja import Field, NinjaAPI, Query, Router, Schema
from ninja.errors import HttpError

from catalog import queries
from catalog.lead_time import lead_time
from catalog.models import Piece, Product, Variant
from catalog.queries import Availability, Kind, Sort
from coop.kit import motifs
from coop.kit.money import from_minor, minor_digits
from ledger.queries import Flow, open_book_summary
from ledger.reports.decisions import Total
from ledger.reports.reading import public_reading

P = ParamSpec("P")
SHORT, LONG = 60, 300
MOST_ON_A_PAGE = 100

api = NinjaAPI(
    title="Mink'a",
    version="1",
    description=(
        "What the cooperative sells, its pieces and its open book. Read only; no maker is named."
    ),
    urls_namespace="api-v1",
    # The interactive pages would be loaded from elsewhere.
    docs_url=None,
)
router = Router()


# Shapes ------------------------------------------------------------------------------------
class Words(Schema):
    """A text in both languages of the house."""

    es: str
    en: str


class Amount(Schema):
    """An amount of money: a decimal number as text, and an ISO 4217 code."""

    amount: str = Field(examples=["128.00"])
    currency: str = Field(examples=["PEN"])


class AvailabilityOut(Schema):
    """How soon it can be had: `days` from today when it is knitted to order."""

    kind: Kind
    in_stock: int
    ready_on: date | None
    days: int


class CategoryOut(Schema):
    """A shelf of the shop and how many products stand on it."""

    slug: str
    name: Words
    count: int


class ProductLine(Schema):
    """A product in a list; `price` is the lowest of its variants."""

    slug: str
    path: Words
    name: Words
    lead: Words
    category: str
    kind: Product.Kind
    price: Amount
    availability: AvailabilityOut


class ProductPage(Schema):
    """One page of the list of products."""

    count: int
    page: int
    pages: int
    items: list[ProductLine]


class PartOut(Schema):
    """One part of a price as it is planned."""

    kind: str
    amount: Amount


class VariantOut(Schema):
    """One size and colour of a product. The parts of its price add up to it."""

    sku: str
    size: str
    colour: Words | None
    price: Amount
    availability: AvailabilityOut
    where_the_money_goes: list[PartOut]


class ProductOut(ProductLine):
    """A product with its story and its variants."""

    story: Words
    variants: list[VariantOut]


class MotifOut(Schema):
    """A motif and what it shows."""

    key: str
    name: Words
    meaning: Words


class WoolOut(Schema):
    """A yarn in a colour."""

    yarn: Words
    colour: Words


class PieceOut(Schema):
    """A piece: what it is and of which wool. No maker, no days."""

    tag: str
    product: str
    name: Words
    size: str
    colour: Words | None
    motif: MotifOut | None
    wool: list[WoolOut]


class FlowOut(Schema):
    """Money in or out under one heading."""

    kind: str
    amount: Amount


class OpenBookOut(Schema):
    """The open book's totals on a day, in the books' currency; null is what the assembly did not
    make public.
    """

    day: date
    since: date
    money: Amount | None
    wool: Amount | None
    pieces: Amount | None
    advances: Amount | None
    owed_by_customers: Amount | None
    owed_to_members: Amount | None
    owed_to_customers: Amount | None
    owed_to_suppliers: Amount | None
    opening: Amount | None
    came_in: list[FlowOut] | None
    went_out: list[FlowOut] | None


class Problem(Schema):
    """Why there is no answer."""

    detail: str


class Mistake(Schema):
    """What is wrong with a question: where, and why."""

    detail: list[dict[str, Any]]


class ProductQuery(Schema):
    """Which products, in which order, which page."""

    category: str = ""
    q: str = Field("", max_length=80)
    when: Kind | None = None
    sort: Sort = Sort.NEW
    page: int = Field(1, ge=1, le=10_000)
    page_size: int = Field(20, ge=1, le=MOST_ON_A_PAGE)


# From rows to shapes -----------------------------------------------------------------------
def _amount(money: Money) -> Amount:
    code = money.currency.code
    return Amount(amount=f"{money.amount:.{minor_digits(code)}f}", currency=code)


def _words(row: Any, field: str = "name") -> Words:
    return Words(es=getattr(row, f"{field}_es"), en=getattr(row, f"{field}_en"))


def _availability(found: Availability) -> AvailabilityOut:
    return AvailabilityOut(
        kind=found.kind, in_stock=found.in_stock, ready_on=found.ready_on, days=found.days
    )


def _line(product: Product, soon: dict[int, Availability]) -> dict[str, Any]:
    return {
        "slug": product.slug,
        "path": Words(es=f"/es/shop/{product.slug}/", en=f"/en/shop/{product.slug}/"),
        "name": _words(product),
        "lead": _words(product, "lead"),
        "category": product.category.slug,
        "kind": product.kind,
        "price": _amount(from_minor(min(one.price_minor for one in product.shown))),
        "availability": _availability(queries.best(soon[one.pk] for one in product.shown)),
    }


def _soon(products: list[Product]) -> dict[int, Availability]:
    """The availability of every shown variant of `products`, in two queries."""
    variants = []
    for product in products:
        for variant in product.shown:
            variant.product = product
            variants.append(variant)
    free, lead = queries.free_counts(variants), lead_time()
    return {
        one.pk: queries.availability(one, in_stock=free.get(one.pk, 0), lead=lead)
        for one in variants
    }


def _variant(variant: Variant, found: Availability) -> VariantOut:
    return VariantOut(
        sku=variant.sku,
        size=variant.size,
        colour=_words(variant.colour) if variant.colour else None,
        price=_amount(variant.price),
        availability=_availability(found),
        where_the_money_goes=[
            PartOut(kind=part.kind, amount=_amount(part.amount))
            for part in queries.where_money_goes(variant)
        ],
    )


# Addresses ---------------------------------------------------------------------------------
def cached(seconds: int) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """Let everybody keep the answer for so long."""

    def decorate(view: Callable[P, Any]) -> Callable[P, Any]:
        @wraps(view)
        def answered(*args: P.args, **kwargs: P.kwargs) -> Any:
            response = kwargs["response"]
            if isinstance(response, HttpResponse):
                patch_cache_control(response, public=True, max_age=seconds)
            return view(*args, **kwargs)

        return answered

    return decorate


@router.get("/categories", response=list[CategoryOut], tags=["shop"])
@cached(LONG)
def categories(request: HttpRequest, response: HttpResponse) -> list[CategoryOut]:
    """The shelves of the shop."""
    return [
        CategoryOut(slug=one.slug, name=_words(one), count=one.count)
        for one in queries.categories()
    ]


@router.get("/products", response={200: ProductPage, 404: Problem, 422: Mistake}, tags=["shop"])
@cached(SHORT)
def products(
    request: HttpRequest, response: HttpResponse, asked: Query[ProductQuery]
) -> ProductPage:
    """The products of the shop, page by page."""
    found = queries.listed_products(
        category=asked.category, words=asked.q, when=asked.when or "", sort=asked.sort
    )
    paginator = Paginator(found, asked.page_size)
    if asked.page > paginator.num_pages:
        raise HttpError(404, "There is no such page.")
    first = asked.page_size * (asked.page - 1)
    chosen = found.select_related("category")[first : first + asked.page_size]
    shown = list(queries.with_variants(chosen))
    soon = _soon(shown)
    return ProductPage(
        count=paginator.count,
        page=asked.page,
        pages=paginator.num_pages,
        items=[ProductLine(**_line(one, soon)) for one in shown],
    )


@router.get(
    "/products/{slug}", response={200: ProductOut, 404: Problem, 422: Mistake}, tags=["shop"]
)
@cached(SHORT)
def product(request: HttpRequest, response: HttpResponse, slug: str) -> ProductOut:
    """One product with its variants, and where the money of each goes, as planned."""
    found = queries.product(slug)
    if found is None:
        raise HttpError(404, "There is no such product.")
    soon = _soon([found])
    return ProductOut(
        **_line(found, soon),
        story=_words(found, "story"),
        variants=[_variant(one, soon[one.pk]) for one in found.shown],
    )


@router.get("/pieces/{tag}", response={200: PieceOut, 404: Problem, 422: Mistake}, tags=["pieces"])
@cached(LONG)
def piece(request: HttpRequest, response: HttpResponse, tag: str) -> PieceOut:
    """What the piece with this tag is."""
    found = queries.piece_by_tag(tag)
    if found is None:
        raise HttpError(404, "No piece of ours has this tag.")
    return _piece(found)


def _piece(found: Piece) -> PieceOut:
    variant = found.variant
    motif = motifs.motifs().get(variant.design.motif)
    return PieceOut(
        tag=found.tag or "",
        product=variant.product.slug,
        name=_words(variant.product),
        size=variant.size,
        colour=_words(variant.colour) if variant.colour else None,
        motif=MotifOut(key=motif.key, name=_words(motif), meaning=_words(motif, "meaning"))
        if motif
        else None,
        wool=[
            WoolOut(yarn=_words(need.yarn), colour=_words(need.colour))
            for need in variant.design.wool.all()
        ],
    )


@router.get("/open-book", response=OpenBookOut, tags=["open book"])
@cached(LONG)
def open_book(request: HttpRequest, response: HttpResponse) -> OpenBookOut:
    """Totals only: nobody is named and no entry is shown."""
    reading = public_reading()
    book, shown = open_book_summary(reading.day), reading.shown

    def told(total: str, amount: Money) -> Amount | None:
        return _amount(amount) if total in shown else None

    def flows(total: str, found: list[Flow]) -> list[FlowOut] | None:
        its = [FlowOut(kind=one.kind, amount=_amount(one.amount)) for one in found]
        return its if total in shown else None

    # With what came in and went out, the sum at the beginning would tell the sum of today.
    all_flows = Total.MONEY if {Total.CAME_IN, Total.WENT_OUT} <= shown else ""
    return OpenBookOut(
        day=book.day,
        since=book.since,
        money=told(Total.MONEY, book.money),
        wool=told(Total.GOODS, book.wool),
        pieces=told(Total.GOODS, book.pieces),
        advances=told(Total.OWED_TO_US, book.advances),
        owed_by_customers=told(Total.OWED_TO_US, book.receivable),
        owed_to_members=told(Total.OWED_TO_MEMBERS, book.owed_to_members),
        owed_to_customers=told(Total.OWED_TO_OTHERS, book.customer_deposits),
        owed_to_suppliers=told(Total.OWED_TO_OTHERS, book.supplier),
        opening=told(all_flows, book.opening),
        came_in=flows(Total.CAME_IN, book.came_in),
        went_out=flows(Total.WENT_OUT, book.went_out),
    )


@api.exception_handler(Http404)
def not_found(request: HttpRequest, problem: Http404) -> HttpResponse:
    """The same shape as every other refusal."""
    return api.create_response(request, {"detail": "Not found."}, status=404)


api.add_router("", router)
urlpatterns = [path("", api.urls)]
