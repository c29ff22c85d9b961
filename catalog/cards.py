"""Products as cards: what a list, a first page or a chooser block shows of each."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from djmoney.money import Money
from wagtail.images.models import AbstractImage

from catalog.dyes import in_dyes, worn
from catalog.lead_time import LeadTime, lead_time
from catalog.models import Product, ProductQuerySet, Variant
from catalog.pictures import image_id, picture
from catalog.queries import Availability, availability, best, free_counts, with_variants
from coop.kit.money import from_minor
from coop.kit.pictures import PORTRAIT, Picture, images


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
    #: The motif of what is shown and the dye of its ground: its fabric, beside a wide picture.
    motif: str = ""
    dye: str = ""
    is_photographed: bool = False


def cards(products: ProductQuerySet, *, dyes: Collection[str] = ()) -> list[Card]:
    """A card for each of `products`, in five queries or fewer however many there are.

    With `dyes` each shows, prices and leads to what there is of it in one of them; one query more.
    """
    found = [one for one in with_variants(products) if one.shown]
    if dyes:
        worn_by = set(
            Variant.objects.filter(worn(dyes), product__in=found).values_list("pk", flat=True)
        )
        for product in found:
            product.shown = in_dyes(product, dyes, worn_by)
    free = free_counts(variant for product in found for variant in product.shown)
    photographs = images((image_id(one, one.shown[0]) for one in found), PORTRAIT)
    lead = lead_time()
    return [
        _card(
            one,
            free,
            lead,
            photographs.get(image_id(one, one.shown[0]) or 0),
            chosen=one.shown[0].sku if dyes else "",
        )
        for one in found
    ]


def _card(
    product: Product,
    free: dict[int, int],
    lead: LeadTime,
    image: AbstractImage | None,
    *,
    chosen: str = "",
) -> Card:
    shown = product.shown
    for variant in shown:
        variant.product = product
    prices = {variant.price_minor for variant in shown}
    return Card(
        name=product.name,
        lead=product.lead,
        url=product.get_absolute_url() + (f"?{urlencode({'variant': chosen})}" if chosen else ""),
        price=from_minor(min(prices)),
        is_from=len(prices) > 1,
        availability=best(
            availability(variant, in_stock=free.get(variant.pk, 0), lead=lead) for variant in shown
        ),
        picture=picture(product, shown[0], image),
        motif=shown[0].design.motif,
        dye=shown[0].colour.key if shown[0].colour else "",
        is_photographed=image is not None,
    )
