"""The frame of every public page: the house's name, its menu, its languages."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms import linked_data
from cms.models import CooperativeSettings

register = template.Library()


@dataclass(frozen=True)
class MenuItem:
    """A link of the main menu; `here` is "page" on its page, "true" below it."""

    label: str
    url: str
    here: str = ""

    @property
    def is_here(self) -> bool:
        """Whether the visitor is on it or below it."""
        return bool(self.here)


@dataclass(frozen=True)
class LanguageLink:
    """This very page in a language: `url` for people, `canonical` for machines."""

    code: str
    name: str
    url: str
    canonical: str
    is_current: bool


def _language() -> str:
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


def _request(context: Context) -> HttpRequest | None:
    request = context.get("request")
    return request if isinstance(request, HttpRequest) else None


@register.simple_tag(takes_context=True)
def cooperative(context: Context) -> CooperativeSettings:
    """`{% cooperative as house %}`: name, place and contact of the house."""
    request = _request(context)
    if request is None:
        return CooperativeSettings()
    return CooperativeSettings.for_request(request)


@register.simple_tag
def home_url() -> str:
    """The first page in the visitor's language."""
    return f"/{_language()}/"


@register.simple_tag
def shop_url() -> str:
    """The shop in the visitor's language."""
    return f"/{_language()}/shop/"


# What machines read ------------------------------------------------------------------------
_IN_A_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(name="linked_data")
def linked_data_tag(told: Sequence[Mapping[str, Any]]) -> SafeString:
    """`{% linked_data data %}`: what a page tells machines. A block of data, never run."""
    blocks = (json.dumps(one, ensure_ascii=False).translate(_IN_A_SCRIPT) for one in told)
    return format_html_join(
        "\n",
        '<script type="application/ld+json">{}</script>',
        ((mark_safe(block),) for block in blocks),  # noqa: S308 - every <, > and & is escaped
    )


@register.simple_tag
def house_data(house: CooperativeSettings) -> list[dict[str, Any]]:
    """`{% house_data house as data %}`: what the first page tells machines."""
    return linked_data.house(name=house.name, email=house.email, phone=str(house.phone or ""))


@register.filter
def absolute(path: str) -> str:
    """`{{ picture.url|absolute }}`: the address as other sites need it."""
    return linked_data.absolute(path)


# The menu ----------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def site_menu(context: Context) -> list[MenuItem]:
    """`{% site_menu as menu %}`: the pages that editors put in the menu, and the open book."""
    request = _request(context)
    if request is None:
        return []
    kept: list[MenuItem] | None = getattr(request, "house_menu", None)
    if kept is None:
        kept = _menu(request)
        request.house_menu = kept  # type: ignore[attr-defined]
    return kept


def _menu(request: HttpRequest) -> list[MenuItem]:
    pages = Page.objects.live().in_menu().filter(depth=3, locale__language_code=_language())
    items = [_item(page.title, page.get_url(request), request.path) for page in pages]
    # The open book stands right after the shop: it belongs to the house, not to an editor.
    try:
        items.insert(1, _item(_("Open book"), reverse("open-book"), request.path))
    except NoReverseMatch:
        return items
    return items


def _item(label: str, url: str, path: str) -> MenuItem:
    here = "page" if path == url else "true" if path.startswith(url) else ""
    return MenuItem(label, url, here)


# Languages ---------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """`{% language_links as languages %}`: this page in every language of the house."""
    request = _request(context)
    if request is None:
        return []
    page = context.get("page")
    paths = _page_paths(page, request) if isinstance(page, Page) else {}
    question = request.GET.urlencode() if request.method in {"GET", "HEAD"} else ""
    number = request.GET.get("page", "")
    current = _language()
    links = []
    for code, _name in settings.LANGUAGES:
        path = paths.get(code) or _other_path(request.path, current, code)
        links.append(
            LanguageLink(
                code=code,
                name=get_language_info(code)["name_local"].capitalize(),
                url=f"{path}?{question}" if question else path,
                canonical=settings.SITE_URL
                + path
                + (f"?page={number}" if number.isdecimal() and number != "1" else ""),
                is_current=code == current,
            )
        )
    return links


def _page_paths(page: Page, request: HttpRequest) -> dict[str, str]:
    """Where a Wagtail page and its translations are, with what follows (a product's slug)."""
    versions = Page.objects.live().filter(translation_key=page.translation_key)
    own = page.get_url(request) or "/"
    rest = request.path.removeprefix(own) if request.path.startswith(own) else ""
    found = {
        one.locale.language_code: f"{one.get_url(request)}{rest}"
        for one in versions.select_related("locale")
    }
    homes = {code: f"/{code}/" for code, _name in settings.LANGUAGES}
    return {**homes, **found}


def _other_path(path: str, current: str, code: str) -> str:
    """The same address in another language; addresses without a language stay."""
    if code == current:
        return path
    other = translate_url(path, code)
    prefix = f"/{current}/"
    if other == path and path.startswith(prefix):
        return f"/{code}/{path.removeprefix(prefix)}"
    return other
