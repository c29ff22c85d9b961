"""The doors in Wagtail's admin."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from coop.kit.office import GuardedMenuItem
from coop.people.office_doors import DECIDE, doors


@hooks.register("register_admin_urls")
def doors_urls() -> list[URLPattern]:
    return [path("doors/", doors, name="second-step-rules")]


@hooks.register("register_settings_menu_item")
def doors_menu_item() -> MenuItem:
    return GuardedMenuItem(
        _("Second step"),
        reverse("second-step-rules"),
        name="second-step",
        icon_name="lock",
        order=800,
        permissions=(DECIDE,),
    )
