"""The books and the payments in Wagtail's admin."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from coop.kit.office import GuardedMenuItem
from ledger.month_steps import month_at_hand, next_step, steps_of
from ledger.office import ASK, READ, SIGN, WRITE


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


# The first page ----------------------------------------------------------------------------
class MonthPanel(Component):
    """The month that the treasurer works at, step by step."""

    name, order = "month", 20
    template_name = "ledger/office/month_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        month = month_at_hand()
        steps = steps_of(month)
        return {"month": month, "steps": steps, "next": next_step(steps)}


@hooks.register("construct_homepage_panels", order=1010)
def month_panel(request: HttpRequest, panels: list[Component]) -> None:
    """After what waits, for whoever writes the books."""
    if request.user.has_perm(WRITE):
        panels.insert(1, MonthPanel())
