"""By phone wallet."""

from django.utils.translation import gettext_lazy as _

from coop.kit.money import books_currency
from orders.shop.models import ShopSettings
from orders.shop.providers.base import Offer, Provider


class Wallet(Provider):
    """The customer pays with her phone and tells us the operation; the office looks at it."""

    key = "wallet"
    name = _("phone wallet")
    waiting = _("Waiting for your payment")
    how_template = "shop/providers/wallet.html"

    def offer(self, currency: str) -> Offer | None:
        """If the Junta wrote down a number. Wallets hold the country's own currency only."""
        if currency != books_currency() or not ShopSettings.current().wallet_number:
            return None
        words = _("You scan our QR picture, or send it to our number, and tell us the operation.")
        return Offer(self.key, _("With Yape or Plin"), words)
