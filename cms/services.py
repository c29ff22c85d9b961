"""The pages of a new house. Editors change them afterwards; nothing here overwrites their words."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from cms import words
from cms.models import CooperativeSettings, HomePage, ShopPage, TextPage


@dataclass(frozen=True)
class House:
    """What the house says of itself."""

    name: str
    place_es: str = ""
    place_en: str = ""
    email: str = ""
    phone: str = ""


@transaction.atomic
def build_site(*, house: House | None = None) -> Site:
    """First page, shop and pages of text in every language, as one Wagtail tree each.

    Done twice, it changes nothing: a page that anybody has saved keeps its words, and so do
    settings that are filled in.
    """
    for code, _name in settings.LANGUAGES:
        locale = Locale.objects.get_or_create(language_code=code)[0]
        home = HomePage.objects.get(locale=locale)
        _fill(home, words.HOME[code])
        _fill(ShopPage.objects.child_of(home).get(), words.SHOP[code])
        for key, text in words.PAGES.items():
            _text_page(home, key, text[code], locale)
    site = Site.objects.get(is_default_site=True)
    _name_host(site)
    if house is not None:
        _introduce(site, house)
    return site


def _fill(page: Page, values: dict[str, Any]) -> None:
    """Give a page its first words, unless somebody saved it already."""
    if page.latest_revision_id is None:
        for field, value in values.items():
            setattr(page, field, value)
        page.save_revision().publish()


def _text_page(home: HomePage, key: str, values: dict[str, Any], locale: Locale) -> None:
    """A page of text; in every language it has one translation key, made from `key`."""
    if TextPage.objects.child_of(home).filter(translation_key=words.page_key(key)).exists():
        return
    page = TextPage(locale=locale, translation_key=words.page_key(key), **values)
    home.add_child(instance=page)
    page.save_revision().publish()


def _name_host(site: Site) -> None:
    """Wagtail's absolute addresses follow `SITE_URL`."""
    parts = urlsplit(settings.SITE_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if (site.hostname, site.port) == ("localhost", 80):
        site.hostname, site.port = parts.hostname or "localhost", port
        site.save()


def _introduce(site: Site, house: House) -> None:
    known = CooperativeSettings.for_site(site)
    if known.place_es or known.email:
        return
    for field in ("name", "place_es", "place_en", "email", "phone"):
        setattr(known, field, getattr(house, field))
    known.save()
