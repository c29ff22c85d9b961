"""By card."""

from django.utils.translation import gettext_lazy as _

from orders.shop.models import Order, Refund
from orders.shop.providers.base import Offer, Provider
from orders.shop.providers.stripe import gateway
from orders.shop.providers.stripe.closing import close_sessions
from orders.shop.providers.stripe.currencies import takes
from orders.shop.providers.stripe.opening import begin_payment
from orders.shop.providers.stripe.settling import look_at_order
from orders.shop.providers.stripe.tasks import send_refund


class Card(Provider):
    """Card or card wallet on Stripe's page; certain as soon as Stripe says that it is paid."""

    key = "card"
    name = _("card")
    is_by_card = True
    waiting = _("Waiting for your card")
    how_template = "shop/providers/card.html"

    def offer(self, currency: str) -> Offer | None:
        """When the house has a key, in every currency of which it knows a rate."""
        if not gateway.is_connected() or not takes(currency):
            return None
        words = _("Visa, Mastercard and others, on the safe page of Stripe. It is paid at once.")
        return Offer(self.key, _("By card"), words)

    def begin(self, order: Order) -> str:
        return begin_payment(order)

    def look(self, order: Order) -> bool:
        return look_at_order(order)

    def close(self, order: Order) -> bool:
        return close_sessions(order)

    def give_back(self, refund: Refund) -> bool:
        send_refund.enqueue(refund.pk)
        return True
