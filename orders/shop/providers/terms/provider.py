"""On account."""

from django.utils.translation import gettext_lazy as _

from orders.shop.providers.base import Offer, Provider


class Terms(Provider):
    """A buyer pays so many days after it left. No guest may choose it."""

    key = "terms"
    name = _("on account")
    waits_for_money = False
    how_template = "shop/providers/terms.html"

    def offer(self, currency: str) -> Offer | None:
        """Never: a buyer's orders come in by another door."""
        return None
