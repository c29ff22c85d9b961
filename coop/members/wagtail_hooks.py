"""The members in Wagtail's admin."""

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from coop.kit.office import GuardedMenuItem
from coop.members.models import Settlement
from coop.members.office import ENROL, READ


@hooks.register("register_admin_urls")
def members_urls() -> list[URLResolver]:
    return [path("members/", include("coop.members.office.urls"))]


@hooks.register("register_admin_menu_item")
def members_menu_item() -> MenuItem:
    return GuardedMenuItem(
        _("Members"),
        reverse("members_office:index"),
        name="members",
        icon_name="women",
        order=400,
        permissions=(READ, ENROL),
    )


class SettlementViewSet(SnippetViewSet):
    """The settlements from which members come."""

    model = Settlement
    icon = "hill"
    list_display = ["name", "centre"]
    panels = [FieldPanel("name"), FieldPanel("centre")]


register_snippet(SettlementViewSet)
