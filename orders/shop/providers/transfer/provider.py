"""By bank transfer."""

from django.utils.translation import gettext_lazy as _

from coop.kit.money import books_currency
from orders.shop.providers.base import Offer, Provider


class Transfer(Provider):
    """The customer pays at her bank; the order is certain when the office has the money."""

    key = "transfer"
    name = _("bank transfer")
    waiting = _("Waiting for your transfer")
    how_template = "shop/providers/transfer.html"

    def offer(self, currency: str) -> Offer | None:
        """In the books' currency: that is what our bank account holds."""
        if currency != books_currency():
            return None
        words = _("We write you the account. We begin when the money is here.")
        return Offer(self.key, _("By bank transfer"), words)
