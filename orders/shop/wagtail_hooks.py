"""The shop in Wagtail's admin: orders, buyers, ways of shipping."""

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from coop.kit.money import format_money
from coop.kit.office import GuardedMenuItem
from orders.shop.models import Buyer, ShippingRate
from orders.shop.office import ICON, MANAGE, READ, RECORD
from orders.shop.office.buyers import BuyerForm
from orders.shop.office.cards import ICON as CARDS_ICON


@hooks.register("register_admin_urls")
def shop_urls() -> list[URLResolver]:
    return [path("shop/", include("orders.shop.office.urls"))]


@hooks.register("register_admin_menu_item")
def orders_menu_item() -> MenuItem:
    return GuardedMenuItem(
        _("Orders"),
        reverse("shop_office:orders"),
        name="orders",
        icon_name=ICON,
        order=100,
        permissions=(READ, MANAGE),
    )


@hooks.register("register_admin_menu_item")
def cards_menu_item() -> MenuItem:
    return GuardedMenuItem(
        _("Cards"),
        reverse("shop_office:cards"),
        name="cards",
        icon_name=CARDS_ICON,
        order=510,
        permissions=(RECORD,),
    )


class BuyerViewSet(SnippetViewSet):
    """Hotels and shops that buy on account."""

    model = Buyer
    icon = "hotel"
    menu_label = _("Buyers")
    list_display = ["name", "user", "terms_days"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("user", heading=_("Who buys for it")),
            FieldPanel("terms_days"),
            FieldPanel("address"),
        ],
        base_form_class=BuyerForm,
    )


def _charge(rate: ShippingRate) -> str:
    return format_money(rate.amount)


class ShippingRateViewSet(SnippetViewSet):
    """Ways of shipping, and what is charged for them."""

    model = ShippingRate
    icon = "llama"
    menu_label = _("Ways of shipping")
    list_display = [
        "__str__",
        Column("amount_minor", label=_("Charge"), accessor=_charge),
        BooleanColumn("is_pick_up", label=_("Picked up")),
        BooleanColumn("is_offered", label=_("Offered")),
    ]


class SellingGroup(SnippetViewSetGroup):
    """To whom, and how it gets there."""

    items = (BuyerViewSet, ShippingRateViewSet)
    menu_label = _("Buyers and shipping")
    menu_icon = "hotel"
    menu_name = "selling"
    menu_order = 110


register_snippet(SellingGroup)
