"""The members' screens in Wagtail's admin."""

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from coop.kit.office import GuardedMenuItem
from coop.portal.office import ANSWER, RECORD


@hooks.register("register_admin_urls")
def phone_urls() -> list[URLResolver]:
    return [path("phones/", include("coop.portal.office.urls"))]


@hooks.register("register_admin_menu_item")
def voices_menu_item() -> MenuItem:
    return GuardedMenuItem(
        _("Voices"),
        reverse("portal_office:sounds"),
        name="voices",
        icon_name="media",
        order=310,
        permissions=(RECORD,),
    )


@hooks.register("register_admin_menu_item")
def questions_menu_item() -> MenuItem:
    return GuardedMenuItem(
        _("Questions about pay"),
        reverse("portal_office:questions"),
        name="pay-questions",
        icon_name="help",
        order=320,
        permissions=(ANSWER,),
    )
