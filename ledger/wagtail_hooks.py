"""The books and the payments in Wagtail's admin."""

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from coop.kit.office import GuardedMenuItem
from ledger.office import ASK, READ, SIGN


@hooks.register("register_admin_urls")
def ledger_urls() -> list[URLResolver]:
    return [path("ledger/", include("ledger.office.urls"))]


@hooks.register("register_admin_menu_item")
def payments_menu_item() -> MenuItem:
    return GuardedMenuItem(
        _("Payments"),
        reverse("ledger_office:waiting"),
        name="payments",
        icon_name="coins",
        order=500,
        permissions=(READ, ASK, SIGN),
    )


@hooks.register("register_admin_menu_item")
def books_menu_item() -> MenuItem:
    return GuardedMenuItem(
        _("Books"),
        reverse("ledger_office:accounts"),
        name="books",
        icon_name="ledger",
        order=520,
        permissions=(READ,),
    )
