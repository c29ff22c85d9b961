"""What all pages of the office share."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def office_style() -> SafeString:
    """The style of our own pages in the office."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/office/pages.css"))


@hooks.register("register_icons")
def office_icons(icons: list[str]) -> list[str]:
    """Our own icons in Wagtail's sprite."""
    return [*icons, "office/icons/skein.svg"]
