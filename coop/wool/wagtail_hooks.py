"""The wool in Wagtail's admin: the storekeeper's pages, and the kinds of yarn and dyes."""

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from coop.kit.office import GuardedMenuItem
from coop.wool.models import Colour, Yarn
from coop.wool.office import BUY, ISSUE, READ


@hooks.register("register_admin_urls")
def wool_urls() -> list[URLResolver]:
    return [path("wool/", include("coop.wool.office.urls"))]


@hooks.register("register_admin_menu_item")
def wool_menu_item() -> MenuItem:
    return GuardedMenuItem(
        _("Wool"),
        reverse("wool_office:stock"),
        name="wool",
        icon_name="skein",
        order=300,
        permissions=(READ, ISSUE, BUY),
    )


class YarnViewSet(SnippetViewSet):
    """Kinds of yarn."""

    model = Yarn
    icon = "skein"
    list_display = ["__str__", "key"]
    panels = [
        FieldPanel("key", heading=_("Short name in addresses")),
        FieldPanel("name_es"),
        FieldPanel("name_en"),
    ]


class ColourViewSet(SnippetViewSet):
    """Dyes of the house."""

    model = Colour
    icon = "dye"
    list_display = ["__str__", "key", "hex"]
    panels = [
        FieldPanel("key", heading=_("Short name in addresses")),
        FieldPanel("name_es"),
        FieldPanel("name_en"),
        FieldPanel("hex"),
    ]


register_snippet(YarnViewSet)
register_snippet(ColourViewSet)
