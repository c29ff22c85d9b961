"""Products as cards: what a list, a first page or a chooser block shows of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from djmoney.money import Money
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from catalog.lead_time import LeadTime, lead_time
from catalog.models import Product, ProductQuerySet, Variant
from catalog.queries import Availability, availability, best, free_counts, with_variants
from coop.kit import motifs
from coop.kit.money import from_minor

CARD_SPEC = "fill-480x600|format-webp"
PAGE_SPEC = "fill-800x1000|format-webp"


@dataclass(frozen=True)
class Picture:
    """An image's address and shape, and what it shows in words."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Card:
    """A product in a list."""

    name: str
    lead: str
    url: str
    price: Money
    is_from: bool
    availability: Availability
    picture: Picture


def swatch_picture(variant: Variant) -> Picture:
    """Fabric in the variant's motif and colour, for products without a photograph."""
    motif = motifs.motifs().get(variant.design.motif)
    colour = motifs.colour_key(variant.colour.key if variant.colour else None)
    address = reverse("motif-swatch", args=[variant.design.motif, colour])
    return Picture(f"{address}?v={motifs.version()}", 250, 312, motif.name if motif else "")


def picture(product: Product, variant: Variant, image: AbstractImage | None, spec: str) -> Picture:
    """The product's photograph if it has one, else a swatch."""
    if image is None:
        return swatch_picture(variant)
    rendition = image.get_rendition(spec)
    return Picture(rendition.url, rendition.width, rendition.height, product.name)


def cards(products: ProductQuerySet) -> list[Card]:
    """A card for each of `products`, in five queries or fewer however many there are."""
    found = [one for one in with_variants(products) if one.shown]
    free = free_counts(variant for product in found for variant in product.shown)
    images = _images(product.image_id for product in found)
    lead = lead_time()
    return [_card(one, free, lead, images.get(one.image_id or 0)) for one in found]


def _images(ids: Iterable[int | None]) -> dict[int, AbstractImage]:
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    found = get_image_model().objects.prefetch_renditions(CARD_SPEC).filter(pk__in=wanted)
    return {image.pk: image for image in found}


def _card(
    product: Product, free: dict[int, int], lead: LeadTime, image: AbstractImage | None
) -> Card:
    shown = product.shown
    for variant in shown:
        variant.product = product
    prices = {variant.price_minor for variant in shown}
    return Card(
        name=product.name,
        lead=product.lead,
        url=product.get_absolute_url(),
        price=from_minor(min(prices)),
        is_from=len(prices) > 1,
        availability=best(
            availability(variant, in_stock=free.get(variant.pk, 0), lead=lead) for variant in shown
        ),
        picture=picture(product, shown[0], image, CARD_SPEC),
    )
