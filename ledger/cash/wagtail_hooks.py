"""Cash in Wagtail's admin: its pages stand under "Payments"."""

from django.urls import URLResolver, include, path
from wagtail import hooks


@hooks.register("register_admin_urls")
def cash_urls() -> list[URLResolver]:
    return [path("ledger/payments/cash/", include("ledger.cash.office.urls"))]
