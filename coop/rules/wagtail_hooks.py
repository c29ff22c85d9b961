"""The rules in Wagtail's admin."""

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from coop.kit.office import GuardedMenuItem
from coop.rules.office import ADOPT, READ


@hooks.register("register_admin_urls")
def rules_urls() -> list[URLResolver]:
    return [path("rules/", include("coop.rules.office_urls"))]


@hooks.register("register_admin_menu_item")
def rules_menu_item() -> MenuItem:
    return GuardedMenuItem(
        _("Rules"),
        reverse("rules_office:index"),
        name="rules",
        icon_name="scroll",
        order=530,
        permissions=(READ, ADOPT),
    )
