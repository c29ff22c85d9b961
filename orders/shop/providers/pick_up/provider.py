"""Paid at pick-up."""

from django.utils.translation import gettext_lazy as _

from coop.kit.money import books_currency
from orders.shop.models import ShippingRate
from orders.shop.providers.base import Offer, Provider


class PickUp(Provider):
    """The customer comes and pays; we begin at once."""

    key = "pick_up"
    name = _("pay at pick-up")
    waits_for_money = False
    how_template = "shop/providers/pick_up.html"

    def offer(self, currency: str) -> Offer | None:
        """In the books' currency: that is what the cash box holds."""
        if currency != books_currency():
            return None
        words = _("In cash or by transfer, at the workshop.")
        return Offer(self.key, _("When I pick it up"), words, only_pick_up=True)

    def suits(self, delivery: ShippingRate) -> bool:
        """Only together with picking it up."""
        return delivery.is_pick_up
