"""Cards in soles, bolivianos, dollars, euros and pounds; the books stay in their own currency."""

from datetime import timedelta
from decimal import Decimal

import pytest
from djmoney.money import Money

from coop.kit.money import PartialMinorUnit
from ledger import queries as books
from ledger.models import ExchangeRate
from ledger.services import record_rate
from orders.shop.errors import CurrencyNotOffered
from orders.shop.models import Order
from orders.shop.prices import currencies_offered
from orders.shop.providers.stripe.amounts import from_stripe, to_stripe
from orders.shop.providers.stripe.payouts import settle_payout
from orders.shop.services import ship_order
from tests.factories.cards import CardShop
from tests.factories.shop import balance, findings, soles
from tests.factories.stripe_desk import Desk
from tests.fake_stripe import FakeStripe


def on(role: str, currency: str) -> Money:
    """What is on an account of a role in a currency."""
    return books.balance(books.account(role, currency))


@pytest.mark.parametrize(
    ("amount", "currency", "count"),
    [
        ("12.34", "USD", 1234),
        ("12.34", "PEN", 1234),
        ("500", "JPY", 500),
        ("1500", "CLP", 1500),
        ("1.230", "KWD", 1230),
        ("7", "UGX", 700),
        ("0.01", "EUR", 1),
    ],
)
def test_stripe_counts_each_currency_in_its_own_way(amount, currency, count) -> None:
    money = Money(Decimal(amount), currency)

    assert to_stripe(money) == count
    assert from_stripe(count, currency.lower()) == money


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("0.5", "JPY"), ("0.001", "USD"), ("1.234", "KWD"), ("0.5", "UGX")],
)
def test_what_stripe_cannot_say_is_refused(amount, currency) -> None:
    with pytest.raises(PartialMinorUnit):
        to_stripe(Money(Decimal(amount), currency))


def test_an_order_in_dollars_is_sold_in_soles_at_the_days_rate(cards: CardShop) -> None:
    cards.knit(cards.shawl)

    order = cards.paid_order((cards.shawl, 1), currency="USD")

    # S/ 420.00 and 14.00 at 3.75 for a dollar.
    assert (order.currency, order.total) == ("USD", Money("115.73", "USD"))
    assert on("customer_deposits", "USD") == order.total
    assert on("stripe", "USD") == Money("110.56", "USD")
    # Its fee: 3.6 % of 115.73 and 1.00 is US$ 5.17, at 3.75.
    assert balance("payment_fees") == soles("19.39")

    ship_order(order=order, actor=cards.president)

    assert on("customer_deposits", "USD") == Money(0, "USD")
    assert balance("sales") + balance("shipping_charged") == soles("433.99")
    assert balance("exchange_gain") == balance("exchange_loss") == soles("0")
    assert findings() == []


@pytest.mark.parametrize("currency", ["PEN", "BOB", "USD", "EUR", "GBP"])
def test_every_currency_goes_all_the_way_and_back(
    cards: CardShop, currency: str, django_capture_on_commit_callbacks
) -> None:
    from orders.shop.services import cancel_order

    order = cards.paid_order((cards.chullo, 1), currency=currency)
    assert order.status == Order.Status.CONFIRMED

    with django_capture_on_commit_callbacks(execute=True):
        cancel_order(order=order, actor=cards.treasurer, why="She moved away.")

    assert not on("customer_deposits", currency)
    held = on("stripe", currency)
    assert cards.fake.balance()[currency] == int(held.amount * 100)
    assert findings() == []


def test_a_currency_without_a_fresh_rate_is_not_offered(cards: CardShop) -> None:
    assert currencies_offered() == ["PEN", "BOB", "USD", "EUR", "GBP"]
    with pytest.raises(CurrencyNotOffered):
        cards.card_order((cards.chullo, 1), currency="CLP")

    old = cards.day - timedelta(days=31)
    newest = ExchangeRate.objects.filter(currency="GBP").latest("pk")
    assert newest.day > old
    assert not Order.objects.exists()


def test_euros_that_stripe_keeps_as_dollars_cross_at_stripes_rate(
    db: None, settings, django_capture_on_commit_callbacks
) -> None:
    """What the two differ from the day's rates is a gain or a loss, realised at once."""
    from orders.shop.services import cancel_order

    with FakeStripe(settlement={"eur": ("usd", "1.08")}) as running:
        fake = Desk(running)
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = fake.key, fake.secret
        settings.STRIPE_API_BASE = fake.url
        cards = CardShop(fake)

        order = cards.paid_order((cards.chullo, 1), currency="EUR")

        # S/ 142.00 at 4.10: 128.00 → 31.22 and 14.00 → 3.41; kept as dollars at 1.08: 37.40.
        assert order.total == Money("34.63", "EUR")
        assert on("customer_deposits", "EUR") == Money("34.63", "EUR")
        assert on("stripe", "USD") == Money("35.05", "USD")
        # € 34.63 are S/ 141.98 and US$ 37.40 are S/ 140.25 that day.
        assert balance("exchange_loss") == soles("1.73")
        assert findings() == []

        with django_capture_on_commit_callbacks(execute=True):
            cancel_order(order=order, actor=cards.treasurer, why="She moved away.")
        assert fake.balance() == {"USD": int(on("stripe", "USD").amount * 100)}
        assert findings() == []


def test_dollars_paid_out_reach_the_dollar_account(cards: CardShop) -> None:
    cards.paid_order((cards.chullo, 1), currency="USD")
    payout = settle_payout(cards.fake.payout("usd"))

    assert on("bank", "USD") == payout.amount
    assert on("stripe", "USD") == Money(0, "USD")
    assert findings() == []


def test_a_rate_that_changed_since_it_was_shown_is_asked_about(cards: CardShop) -> None:
    from orders.shop.errors import CartChanged
    from orders.shop.queries import cart_view

    cart = cards.cart((cards.chullo, 1))
    seen = cart_view(cart, "USD").fingerprint()
    record_rate(currency="USD", day=cards.day, rate=Decimal("3.60"), actor=cards.treasurer)

    with pytest.raises(CartChanged):
        cards.card_order(cart=cart, currency="USD", seen=seen)

    assert not Order.objects.exists()
