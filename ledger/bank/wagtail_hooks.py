"""The bank in Wagtail's admin."""

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from coop.kit.office import GuardedMenuItem
from ledger.office import READ


@hooks.register("register_admin_urls")
def bank_urls() -> list[URLResolver]:
    return [path("bank/", include("ledger.bank.office.urls"))]


@hooks.register("register_admin_menu_item")
def bank_menu_item() -> MenuItem:
    return GuardedMenuItem(
        pgettext_lazy("menu", "Bank"),
        reverse("bank_office:index"),
        name="bank",
        icon_name="card",
        order=522,
        permissions=(READ,),
    )
