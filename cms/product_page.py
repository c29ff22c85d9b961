"""What a product's page shows: its variants as choices, the chosen one, where the money goes."""

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog import queries
from catalog.cards import cards
from catalog.lead_time import lead_time
from catalog.models import Product, Variant
from catalog.pictures import product_pictures
from catalog.queries import (
    Availability,
    availability,
    free_counts,
    listed_products,
    where_money_goes,
)
from catalog.sizes import size_table
from cms import linked_data, window
from coop.kit import motifs
from orders.shop.models import ShippingRate

MOST_OF_EACH = 99
LONGEST_SKU = 40
# Stands in a kept page where the visitor's own token goes.
_TOKEN = "token-of-the-visitor"  # noqa: S105 - no secret, the place for one
RELATED = 4

Axis = Literal["size", "colour"]


@dataclass(frozen=True)
class Step:
    """A step on the way down to a product."""

    label: str
    url: str


@dataclass(frozen=True)
class Option:
    """One size or colour that can be chosen, with the address of the variant that has it."""

    label: str
    address: str
    is_chosen: bool
    availability: Availability
    hex: str = ""


@dataclass(frozen=True)
class Seen:
    """A product's page as it was rendered, for everybody; `html` lacks the visitor's own token."""

    name: str
    lead: str
    share_picture: str
    share_alt: str
    linked_data: list[dict[str, Any]]
    html: str

    def for_visitor(self, request: HttpRequest) -> SafeString:
        """The page's main part with the token that lets this visitor's browser send its form."""
        if _TOKEN not in self.html:
            return mark_safe(self.html)  # noqa: S308 - rendered by our own template
        return mark_safe(self.html.replace(_TOKEN, get_token(request)))  # noqa: S308 - as above


def shown(slug: str, sku: str) -> Seen | None:
    """The page of the listed product `slug` with the variant `sku`; None if there is none."""
    return window.kept(f"product/{slug}?{sku[:LONGEST_SKU]}", lambda: _see(slug, sku))


def _see(slug: str, sku: str) -> Seen | None:
    product = queries.product(slug)
    if product is None:
        return None
    context = product_context(product, sku)
    return Seen(
        name=product.name,
        lead=product.lead,
        share_picture=context["share_picture"],
        share_alt=context["picture"].alt if context["share_picture"] else "",
        linked_data=context["linked_data"],
        html=render_to_string("cms/product_main.html", {**context, "csrf_token": _TOKEN}),
    )


def product_context(product: Product, sku: str) -> dict[str, Any]:
    """The page of `product` with the variant `sku` chosen, or the first that is for sale."""
    shown = product.shown
    for variant in shown:
        variant.product = product
    free, lead = free_counts(shown), lead_time()
    soon = {one.pk: availability(one, in_stock=free.get(one.pk, 0), lead=lead) for one in shown}
    chosen = _chosen(shown, soon, sku)
    found = soon[chosen.pk]
    pictures = product_pictures(product, chosen)
    is_unique = product.kind == Product.Kind.UNIQUE
    return {
        "product": product,
        "steps": _steps(product),
        "variant": chosen,
        "availability": found,
        "sizes": _options(shown, chosen, soon, "size"),
        "colours": _options(shown, chosen, soon, "colour"),
        # The first is the large one; the last is the fabric of its motif.
        "picture": pictures[0],
        "pictures": pictures,
        "motif": motifs.motifs().get(chosen.design.motif),
        "size_table": size_table(shown, chosen),
        "parts": where_money_goes(chosen),
        "most": 1 if is_unique else MOST_OF_EACH,
        "wool": chosen.design.wool.select_related("yarn", "colour"),
        "deliveries": list(ShippingRate.objects.offered()),
        "related": cards(
            listed_products(category=product.category.slug).exclude(pk=product.pk)[:RELATED]
        ),
        # Machines that show a page elsewhere cannot draw our fabric (SVG).
        "share_picture": pictures[0].url if len(pictures) > 1 else "",
        "linked_data": linked_data.product(product, chosen, found, pictures[0]),
    }


def _steps(product: Product) -> list[Step]:
    """The way back up to the shelf and the shop."""
    shop = f"/{(get_language() or settings.LANGUAGE_CODE).split('-')[0]}/shop/"
    shelf = product.category
    return [Step(_("Shop"), shop), Step(shelf.name, f"{shop}?category={shelf.slug}")]


def _chosen(shown: list[Variant], soon: dict[int, Availability], sku: str) -> Variant:
    named = [one for one in shown if one.sku == sku]
    for_sale = [one for one in shown if soon[one.pk].is_for_sale]
    return (named + for_sale + shown)[0]


def _value(variant: Variant, axis: Axis) -> str:
    if axis == "size":
        return variant.size
    return variant.colour.key if variant.colour else ""


def _options(
    shown: list[Variant], chosen: Variant, soon: dict[int, Availability], axis: Axis
) -> list[Option]:
    """The values of one axis; each leads to a variant that keeps the other, if there is one."""
    other: Axis = "colour" if axis == "size" else "size"
    kept = _value(chosen, other)
    best: dict[str, Variant] = {}
    for variant in shown:
        value = _value(variant, axis)
        fits = _value(variant, other) == kept
        if value and (value not in best or (fits and _value(best[value], other) != kept)):
            best[value] = variant
    return [
        Option(
            label=one.colour.name if axis == "colour" and one.colour else value,
            address=f"?{urlencode({'variant': one.sku})}",
            is_chosen=_value(chosen, axis) == value,
            availability=soon[one.pk],
            hex=one.colour.hex if axis == "colour" and one.colour else "",
        )
        for value, one in best.items()
    ]
