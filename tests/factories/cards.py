"""A shop that takes cards: its orders are paid at the stand-in for Stripe."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from catalog.models import Variant
from ledger.services import record_rate
from orders.shop.models import CardSession, Order, ReceivedPayment
from orders.shop.providers import provider_of
from orders.shop.providers.stripe.settling import settle_session
from tests.factories.shop import Shop
from tests.factories.stripe_desk import Desk

RATES = {"USD": "3.75", "EUR": "4.10", "GBP": "4.80", "BOB": "0.54"}


class CardShop(Shop):
    """Ana pays by card."""

    def __init__(self, fake: Desk, shop: Shop | None = None) -> None:
        if shop is None:
            super().__init__()
        else:
            vars(self).update(vars(shop))
        self.fake = fake
        for currency, rate in RATES.items():
            record_rate(
                currency=currency,
                day=self.day - timedelta(days=1),
                rate=Decimal(rate),
                actor=self.treasurer,
            )

    def card_order(self, *wanted: tuple[Variant, int], **changes: Any) -> Order:
        """An order by card, before its page is opened."""
        return self.order(*wanted, method=Order.Method.CARD, **changes)

    def open_page(self, order: Order) -> CardSession:
        """Its card page, open at Stripe."""
        provider_of(order).begin(order)
        return order.card_sessions.get(status="open")

    def on_the_page(self, *wanted: tuple[Variant, int], **changes: Any) -> Order:
        """An order whose customer looks at the card page."""
        order = self.card_order(*wanted, **changes)
        self.open_page(order)
        return order

    def pay_page(self, order: Order, card: str = "4242424242424242") -> str:
        """She pays there; nobody has told us yet. "" when it went well."""
        row = order.card_sessions.exclude(stripe_id=None).latest("pk")
        return self.fake.pay(str(row.stripe_id), card)

    def come_back(self, order: Order) -> Order:
        """She comes back from the card page, and we ask."""
        row = order.card_sessions.exclude(stripe_id=None).latest("pk")
        settle_session(str(row.stripe_id))
        order.refresh_from_db()
        return order

    def paid_order(self, *wanted: tuple[Variant, int], **changes: Any) -> Order:
        """An order paid by card."""
        order = self.on_the_page(*wanted, **changes)
        assert self.pay_page(order) == ""
        return self.come_back(order)

    def payment(self, order: Order) -> ReceivedPayment:
        """Its newest payment by card."""
        return order.payments.filter(method="card").latest("pk")

    def let_hour_pass(self) -> None:
        """Stripe's clock moves beyond every open page."""
        self.fake.let_hour_pass()
