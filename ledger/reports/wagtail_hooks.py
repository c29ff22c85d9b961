"""Reports in Wagtail's admin."""

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from coop.kit.office import GuardedMenuItem
from ledger.office import READ


@hooks.register("register_admin_urls")
def reports_urls() -> list[URLResolver]:
    return [path("money-reports/", include("ledger.reports.office.urls"))]


@hooks.register("register_admin_menu_item")
def reports_menu_item() -> MenuItem:
    return GuardedMenuItem(
        _("Money reports"),
        reverse("reports_office:index"),
        name="money-reports",
        icon_name="chart",
        order=521,
        permissions=(READ,),
    )
