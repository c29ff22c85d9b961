"""The shop's pages in the office."""

from django.urls import reverse
from django.utils.translation import gettext as _

from coop.kit.office import Crumb

READ, MANAGE, RECORD = "shop.read_orders", "shop.manage_orders", "shop.record_payments"
ICON = "parcel"


def trail(*more: Crumb) -> list[Crumb]:
    """From the list of orders to here."""
    return [(_("Orders"), reverse("shop_office:orders")), *more]
