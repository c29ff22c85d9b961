"""What all pages of the office share: our style, our icons, the menu, the first page."""

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem, admin_menu
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import RecentEditsPanel, WorkflowObjectsToModeratePanel

from coop.kit import charts, waiting
from coop.kit.days import today
from coop.kit.office import TodayMenuItem
from coop.kit.script_words import script_words

#: One file a concern. Later ones win: on a phone the cards have the last word over all tables.
_STYLES = (
    "tokens",
    "office/theme",
    "office/wagtail",
    "office/type",
    "office/sidebar",
    "office/controls",
    "office/pages",
    "office/tabs",
    "office/tables",
    "office/facts",
    "office/forms",
    "office/marks",
    "office/rules",
    "office/seals",
    "office/pictures",
    "office/quotas",
    "office/books",
    "office/reports",
    "office/bank",
    "office/today",
    "office/month",
    "office/charts",
    "office/cards",
    "components/drawn",
    "components/coins",
    "office/print",
)

_ICONS = (
    *("card", "chart", "coins", "dye", "hangtag", "hill", "hotel", "ledger", "llama", "mitten"),
    *("paper", "parcel", "picture", "scroll", "sheet", "shelf", "skein", "sun", "today", "tools"),
    *("women", "state-done", "state-go", "state-over", "state-wait", "state-wrong"),
)

#: What Wagtail itself puts into the menu: our icon, and its place among ours.
_WAGTAILS = {
    "explorer": ("", 800),
    "images": ("picture", 810),
    "documents": ("sheet", 820),
    "snippets": ("shelf", 830),
    "reports": ("chart", 900),
    "settings": ("tools", 910),
}
#: A badge has room for two figures; who listens hears the whole number.
_MOST_SHOWN = 99
#: Its guide is about another house than this one.
_NOT_OURS = {"help"}


@hooks.register("insert_global_admin_css")
def office_style() -> SafeString:
    """The style of the office."""
    addresses = ((static(f"css/{name}.css"),) for name in _STYLES)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', addresses)


@hooks.register("insert_global_admin_js")
def office_script() -> SafeString:
    """What our own pages in the office do beyond Wagtail's."""
    return format_html(
        '<script type="module" src="{}"></script>'
        '<script type="module" src="{}"></script>'
        '<script type="module" src="{}" data-most-bytes="{}" data-too-large="{}"></script>',
        static("js/office/errors.js"),
        static("js/office/tabs.js"),
        static("js/office/sizes.js"),
        settings.MOST_SENT,
        _("The file has {size} MB; {most} MB at most are taken here. Nothing was sent."),
    )


@hooks.register("register_icons")
def office_icons(icons: list[str]) -> list[str]:
    """Our own icons in Wagtail's sprite."""
    return [*icons, *(f"office/icons/{name}.svg" for name in _ICONS)]


# The menu ----------------------------------------------------------------------------------
@hooks.register("register_admin_menu_item")
def today_menu_item() -> MenuItem:
    """The way back to what waits."""
    return TodayMenuItem(_("Today"), icon_name="today", name="today", order=10)


@hooks.register("construct_main_menu", order=1000)
def arrange_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Order the menu by what people do, and count beside each item what waits behind it."""
    counts = waiting.counts_for(request)
    items[:] = [_placed(item, counts) for item in items if item.name not in _NOT_OURS]


def _placed(item: MenuItem, counts: dict[str, int]) -> MenuItem:
    """The item in its place, with its count: a copy, since items outlive a request and are shared
    by threads, and what waits is hers alone.
    """
    mine = copy(item)
    icon, mine.order = _WAGTAILS.get(item.name, ("", item.order))
    mine.icon_name = icon or item.icon_name
    if count := counts.get(item.name, 0):
        said = ngettext("%(count)s waits", "%(count)s wait", count) % {"count": count}
        shown = str(count) if count <= _MOST_SHOWN else f"{_MOST_SHOWN}+"
        mine.attrs = {**item.attrs, "data-waiting": shown, "data-waiting-said": f", {said}"}
    return mine


# The first page ----------------------------------------------------------------------------
class WaitingPanel(Component):
    """What waits for whoever is here."""

    name, order = "waiting", 10
    template_name = "office/waiting.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        names = {item.name: item.label for item in admin_menu.menu_items_for_request(request)}
        found = waiting.lines_for(request)
        lines = [replace(line, place=names.get(line.menu, "")) for line in found]
        return {"lines": lines, "day": today()}


class FiguresPanel(Component):
    """A few figures that a person would rather look at than read."""

    name, order = "figures", 300
    template_name = "office/figures.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"charts": charts.charts_for(parent_context["request"].user)}


@hooks.register("construct_homepage_panels", order=1000)
def first_page(request: HttpRequest, panels: list[Component]) -> None:
    """What waits comes first; of Wagtail's own panels, those about pages for who writes pages."""
    kept: list[Component] = []
    if request.user.has_perm("cms.change_cooperativesettings"):
        wanted = (WorkflowObjectsToModeratePanel, RecentEditsPanel)
        kept = [panel for panel in panels if isinstance(panel, wanted)]
    panels[:] = [WaitingPanel(), *kept, FiguresPanel()]


@hooks.register("register_admin_urls")
def script_words_url() -> list[URLPattern]:
    """In place of Wagtail's own: addresses that are registered come before it."""
    return [path("jsi18n/", script_words, name="office-script-words")]
