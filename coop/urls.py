"""Every address of the house."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns: list[URLPattern | URLResolver] = [
    # One way in for everybody: allauth's, with its limits and second factors.
    path("office/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("office/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("office/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]


def _built(module: str) -> bool:
    return find_spec(module) is not None


if _built("coop.kit.urls"):
    urlpatterns.append(path("", include("coop.kit.urls")))
if _built("coop.people.root_urls"):
    urlpatterns.append(path("", include("coop.people.root_urls")))
if _built("orders.shop.root_urls"):
    urlpatterns.append(path("", include("orders.shop.root_urls")))
if _built("cms.urls"):
    urlpatterns.append(path("", include("cms.urls")))
if _built("coop.portal.urls"):
    urlpatterns.append(path("m/", include("coop.portal.urls")))
if _built("coop.api"):
    urlpatterns.append(path("api/v1/", include("coop.api")))

localised: list[URLPattern | URLResolver] = [path("account/", include("allauth.urls"))]
floors = (
    "coop.people.urls",
    "orders.shop.urls",
    "catalog.urls",
    "ledger.reports.urls",
    "ledger.urls",
    "cms.page_urls",
)
localised.extend(path("", include(floor)) for floor in floors if _built(floor))
localised.append(path("", include(wagtail_urls)))
urlpatterns += i18n_patterns(*localised, prefix_default_language=True)
