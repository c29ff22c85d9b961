"""The demo's pages and settings: words in both languages."""

from collections.abc import Mapping
from typing import Any

from wagtail.images.models import AbstractImage

from catalog.models import Category, Product
from cms import words as first_words
from cms.models import HomePage, TextPage
from cms.services import House, build_site
from coop.demo import pictures, read
from coop.demo.photographs import hang_wide_pictures, hung_as
from orders.shop.models import ShopSettings

#: The first page's pictures: its field, and which of the demo's lakes hangs there.
_HEROES = {
    "hero": "lake-wide",
    "hero_phone": "lake-phone",
    "hero_night": "lake-wide-night",
    "hero_phone_night": "lake-phone-night",
}


def build_pages() -> None:
    """The first page, the shop, and the pages of text, in Spanish and English."""
    words = read.data("pages")
    hung = hang_wide_pictures()
    site = build_site(house=House(**words["cooperative"]))
    settings = {name: text.strip() for name, text in read.data("house")["settings"].items()}
    ShopSettings.objects.update_or_create(site=site, defaults=settings)
    for language, home_words in words["home"].items():
        home = HomePage.objects.get(locale__language_code=language)
        home.heading = home_words["heading"]
        home.hero_alt = home_words["hero_alt"]
        for field, name in _HEROES.items():
            setattr(home, field, hung.get(name))
        _write(home, home_words, hung.get(pictures.GROUP))
        for one in words["pages"]:
            page = TextPage.objects.child_of(home).get(
                translation_key=first_words.page_key(one["key"])
            )
            _write(page, one[language])


def _write(
    page: HomePage | TextPage, words: Mapping[str, Any], group: AbstractImage | None = None
) -> None:
    page.title, page.lead = words["title"], words["lead"]
    page.body = [(one["type"], _value(one, group)) for one in words["body"]]
    page.save_revision().publish()


def _value(one: Mapping[str, Any], group: AbstractImage | None = None) -> Any:
    """What a block holds, as cms.blocks takes it."""
    if one["type"] in {"heading", "paragraph"}:
        return one["text"]
    rest = {name: value for name, value in one.items() if name not in {"type", "slugs"}}
    if one["type"] == "beside":
        rest["image"] = hung_as(one["image"])
    if one["type"] == "feature":
        rest["image"] = group
        rest["shelf"] = Category.objects.get(slug=one["shelf"])
    if one["type"] == "products":
        found = {product.slug: product for product in Product.objects.filter(slug__in=one["slugs"])}
        rest["products"] = [found[slug] for slug in one["slugs"]]
    return rest
