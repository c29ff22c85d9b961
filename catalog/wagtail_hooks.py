"""The catalogue in the office: products, designs, shelves, tags."""

from typing import Any

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from catalog import office
from catalog.filters import DesignFilterSet, ProductFilterSet
from catalog.forms import DesignForm, ProductForm
from catalog.models import Category, Design, Product
from catalog.panels import ChartPanel, RowsPanel, VariantPicturesPanel
from catalog.pictures import MOST_PICTURES
from coop.kit.money import format_money
from coop.kit.office import GuardedMenuItem

_STYLES = ("office/rows", "components/knitting-chart", "office/knitting-chart")


def _pay(design: Design) -> str:
    return format_money(design.rate)


class ProductViewSet(SnippetViewSet):
    """What is sold: its words and picture, and its variants with their prices."""

    model = Product
    icon = "mitten"
    menu_label = _("Products")
    list_display = (
        "__str__",
        Column("category", label=_("Shelf"), accessor="category"),
        "kind",
        BooleanColumn("is_listed", label=_("In the shop")),
    )
    filterset_class = ProductFilterSet
    search_backend_name = None
    search_fields = ("name_es", "name_en", "slug", "variants__sku")
    list_per_page = 30
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("name_es"), FieldPanel("name_en")]),
                    FieldRowPanel([FieldPanel("lead_es"), FieldPanel("lead_en")]),
                    FieldPanel("story_es"),
                    FieldPanel("story_en"),
                ],
                _("Words"),
            ),
            FieldPanel("image", heading=_("Picture")),
            VariantPicturesPanel(heading=_("Pictures of sizes and colours")),
            InlinePanel(
                "more_pictures",
                heading=_("More pictures"),
                label=_("Picture"),
                help_text=_(
                    "From close by, its back, folded, in a hand: in this order on its page."
                ),
                max_num=MOST_PICTURES,
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("category", heading=_("Shelf")), FieldPanel("kind")]),
                    FieldPanel("slug", help_text=_("The last part of its page's address.")),
                    FieldPanel("is_listed"),
                ],
                _("In the shop"),
            ),
            RowsPanel(heading=_("Sizes and colours, with their prices")),
        ],
        base_form_class=ProductForm,
    )


class DesignViewSet(SnippetViewSet):
    """What is knitted: its time, its pay, its wool."""

    model = Design
    icon = "knitting"
    menu_label = _("Designs")
    list_display = (
        "code",
        Column("name", label=_("Name"), accessor="name"),
        Column("technique", label=_("Technique"), accessor="technique"),
        Column("rate_minor", label=_("Pay for one piece"), accessor=_pay),
        "minutes",
        BooleanColumn("is_retired", label=_("Retired")),
    )
    filterset_class = DesignFilterSet
    search_backend_name = None
    search_fields = ("code", "name_es", "name_en")
    list_per_page = 30
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name_es"), FieldPanel("name_en")]),
            FieldRowPanel([FieldPanel("code"), FieldPanel("motif")]),
            MultiFieldPanel([ChartPanel(), FieldPanel("pattern")], _("Knitting chart")),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [FieldPanel("technique", heading=_("Technique")), FieldPanel("level")]
                    ),
                    FieldRowPanel([FieldPanel("minutes"), FieldPanel("rate_minor")]),
                    FieldPanel("is_retired"),
                ],
                _("Work and pay"),
            ),
            RowsPanel(heading=_("Wool for one piece")),
        ],
        base_form_class=DesignForm,
    )


class CategoryViewSet(SnippetViewSet):
    """The shelves of the shop."""

    model = Category
    icon = "shelf"
    menu_label = _("Shelves")
    list_display = ("__str__", "slug", "position")
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name_es"), FieldPanel("name_en")]),
            FieldRowPanel(
                [FieldPanel("slug"), FieldPanel("position", heading=_("Place in the row"))]
            ),
        ]
    )


class CatalogueGroup(SnippetViewSetGroup):
    """One entry of the menu for all of them."""

    items = (ProductViewSet, DesignViewSet, CategoryViewSet)
    menu_label = _("Catalogue")
    menu_icon = "mitten"
    menu_name = "catalogue"
    menu_order = 600

    def get_submenu_items(self) -> list[MenuItem]:
        """With the tags, which are no snippet."""
        found: list[MenuItem] = super().get_submenu_items()
        tags = GuardedMenuItem(
            _("Tags"),
            reverse("catalog_office:tags"),
            permissions=("catalog.view_piece",),
            icon_name="hangtag",
            order=900,
        )
        return [*found, tags]


register_snippet(CatalogueGroup)


@hooks.register("insert_global_admin_css")
def rows_style() -> SafeString:
    """The style of rows below a form, and of a chart in it."""
    sheets = (static(f"css/{name}.css") for name in _STYLES)
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((one,) for one in sheets))


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    """The pages about tags."""
    pages = [
        path("", office.tags, name="tags"),
        path("sheet/", office.sheet, name="sheet"),
        path("chart/<int:pk>/", office.chart, name="chart"),
        path("<str:tag>.svg", office.tag, name="tag"),
    ]
    return [path("tags/", include((pages, "catalog_office")))]
