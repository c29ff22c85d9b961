"""What all pages of the office share."""

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks

#: One file a concern. Later ones win: on a phone the cards have the last word over all tables.
_STYLES = (
    "pages",
    "tabs",
    "tables",
    "facts",
    "forms",
    "marks",
    "rules",
    "pictures",
    "quotas",
    "books",
    "cards",
)


@hooks.register("insert_global_admin_css")
def office_style() -> SafeString:
    """The style of our own pages in the office."""
    addresses = ((static(f"css/office/{name}.css"),) for name in _STYLES)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', addresses)


@hooks.register("insert_global_admin_js")
def office_script() -> SafeString:
    """What our own pages in the office do beyond Wagtail's."""
    address = static("js/office/errors.js")
    return format_html('<script type="module" src="{}"></script>', address)


@hooks.register("register_icons")
def office_icons(icons: list[str]) -> list[str]:
    """Our own icons in Wagtail's sprite."""
    return [*icons, "office/icons/skein.svg", "office/icons/card.svg"]
