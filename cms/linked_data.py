"""What pages tell machines of themselves, in the words of schema.org (JSON-LD)."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models import Product, Variant
from catalog.queries import Availability, Kind
from coop.kit.pictures import Picture

_CONTEXT = "https://schema.org"
_SOON = {
    Kind.READY: "InStock",
    Kind.UNIQUE: "LimitedAvailability",
    Kind.TO_ORDER: "MadeToOrder",
    Kind.SOLD_OUT: "SoldOut",
}


def absolute(path: str) -> str:
    """An address of ours with the site before it; an address elsewhere stays."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"


def trail(steps: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The way down to a page: names and paths, from the top."""
    return {
        "@context": _CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
            for place, (name, path) in enumerate(steps, start=1)
        ],
    }


def product(
    one: Product, variant: Variant, soon: Availability, picture: Picture
) -> list[dict[str, Any]]:
    """A product at the price and as soon as the chosen variant is had, and the way down to it."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    shop = f"/{language}/shop/"
    url = one.get_absolute_url()
    told: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "Product",
        "name": one.name,
        "description": one.lead or one.name,
        "sku": variant.sku,
        "category": one.category.name,
        "image": absolute(picture.url),
        "material": _("alpaca"),
        "offers": {
            "@type": "Offer",
            "url": absolute(f"{url}?variant={variant.sku}"),
            "price": str(variant.price.amount),
            "priceCurrency": variant.price.currency.code,
            "availability": f"{_CONTEXT}/{_SOON[soon.kind]}",
            "itemCondition": f"{_CONTEXT}/NewCondition",
        },
    }
    if variant.colour:
        told["color"] = variant.colour.name
    if variant.size:
        told["size"] = variant.size
    shelf = f"{shop}?category={one.category.slug}"
    return [told, trail([(_("Shop"), shop), (one.category.name, shelf), (one.name, url)])]


def house(*, name: str, email: str, phone: str) -> list[dict[str, Any]]:
    """The cooperative, and how its shop is searched."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    home = absolute(f"/{language}/")
    organisation = {"@context": _CONTEXT, "@type": "Organization", "name": name, "url": home}
    contact = {"email": email, "telephone": phone}
    search = {
        "@type": "SearchAction",
        "target": f"{absolute(f'/{language}/shop/')}?q={{search_term_string}}",
        "query-input": "required name=search_term_string",
    }
    site = {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": name,
        "url": home,
        "inLanguage": language,
        "potentialAction": search,
    }
    return [{**organisation, **{key: value for key, value in contact.items() if value}}, site]
