"""Skills and hours in Wagtail's admin."""

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from coop.kit.office import GuardedMenuItem
from coop.quotas.models import Technique
from coop.quotas.office import READ, SET


@hooks.register("register_admin_urls")
def quotas_urls() -> list[URLResolver]:
    return [path("hours/", include("coop.quotas.office_urls"))]


@hooks.register("register_admin_menu_item")
def quotas_menu_item() -> MenuItem:
    return GuardedMenuItem(
        _("Skills and hours"),
        reverse("quotas_office:table"),
        name="hours",
        icon_name="sun",
        order=210,
        permissions=(READ, SET),
    )


class TechniqueViewSet(SnippetViewSet):
    """Ways of knitting that a design asks for."""

    model = Technique
    icon = "clipboard-list"
    list_display = ["__str__", "key"]
    panels = [
        FieldPanel("key", heading=_("Short name in addresses")),
        FieldPanel("name_es"),
        FieldPanel("name_en"),
    ]


register_snippet(TechniqueViewSet)
