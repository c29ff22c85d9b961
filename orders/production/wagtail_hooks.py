"""Production in Wagtail's admin: work, who knits it, what comes in, what is good."""

from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from coop.kit.office import GuardedMenuItem
from orders.production.office import ANY, ICON


@hooks.register("register_admin_urls")
def production_urls() -> list[URLResolver]:
    return [path("work/", include("orders.production.office.urls"))]


@hooks.register("register_admin_menu_item")
def work_menu_item() -> MenuItem:
    return GuardedMenuItem(
        _("Work"),
        reverse("production_office:orders"),
        name="work",
        icon_name=ICON,
        order=200,
        permissions=ANY,
    )


@hooks.register("insert_global_admin_css")
def work_style() -> SafeString:
    addresses = ((static(f"css/office/{name}.css"),) for name in ("work", "checking"))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', addresses)


@hooks.register("register_icons")
def work_icons(icons: list[str]) -> list[str]:
    return [*icons, "production/office/icons/knitting.svg"]
