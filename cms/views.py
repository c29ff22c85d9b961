"""What search machines ask for: where they may look, and every public page in each language."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from catalog.models import Product

# Sitemaps hold fifty thousand addresses at most; a cooperative never comes near.
MOST_PRODUCTS = 20_000
PRIVATE = ("/office/", "/m/", "/api/")
PRIVATE_IN_EVERY_LANGUAGE = ("cart/", "checkout/", "order/", "account/", "piece/")


@dataclass(frozen=True)
class Address:
    """A page for the sitemap, with its translations by language."""

    url: str
    changed_on: date | None
    versions: dict[str, str]


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Machines read what everybody reads; not the office, members' screens, carts or orders."""
    private = [*PRIVATE] + [
        f"/{code}/{rest}"
        for code, _name in settings.LANGUAGES
        for rest in PRIVATE_IN_EVERY_LANGUAGE
    ]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private)]
    lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page and product, each with its translations."""
    addresses = [*_pages(request), *_products()]
    return render(
        request, "cms/sitemap.xml", {"addresses": addresses}, content_type="application/xml"
    )


def _pages(request: HttpRequest) -> Iterator[Address]:
    found = Page.objects.live().public().filter(depth__gt=1).select_related("locale")
    versions: dict[object, dict[str, str]] = defaultdict(dict)
    pages = list(found)
    for page in pages:
        path = page.get_url(request)
        if path:
            versions[page.translation_key][page.locale.language_code] = settings.SITE_URL + path
    for page in pages:
        others = versions[page.translation_key]
        url = others.get(page.locale.language_code)
        if url:
            changed = page.last_published_at
            yield Address(url, changed.date() if changed else None, others)


def _products() -> Iterator[Address]:
    slugs = Product.objects.listed().order_by("pk").values_list("slug", flat=True)
    for slug in slugs[:MOST_PRODUCTS]:
        versions = {
            code: f"{settings.SITE_URL}/{code}/shop/{slug}/" for code, _name in settings.LANGUAGES
        }
        for url in versions.values():
            yield Address(url, None, versions)
