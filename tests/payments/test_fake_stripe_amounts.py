"""Currencies without cents and with three, fees, rates, and amounts that Stripe does not take."""

from typing import Any

import pytest
import stripe

from tests.fake_stripe import ControlRefused, FakeStripe
from tests.payments.fake import client, make, pay


def _lines(amount: object, currency: str = "usd", quantity: int = 1) -> Any:
    price = {
        "currency": currency,
        "unit_amount": amount,
        "product_data": {"name": "Chompa", "images": ["https://shop.example/1.jpg"]},
    }
    return [{"quantity": quantity, "price_data": price}]


def _refused(fake: FakeStripe, amount: object, currency: str = "usd") -> Any:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        make(fake, line_items=_lines(amount, currency))
    assert client(fake).v1.checkout.sessions.list().data == []
    return refused.value


@pytest.mark.parametrize(
    ("currency", "least"), [("usd", 50), ("jpy", 50), ("gbp", 30), ("mxn", 1000), ("huf", 17500)]
)
def test_a_charge_has_a_smallest_amount(fake, currency, least):
    assert _refused(fake, least - 1, currency).code == "amount_too_small"
    assert make(fake, line_items=_lines(least, currency)).amount_total == least


def test_a_currency_that_stripe_does_not_list_is_measured_as_it_settles():
    with FakeStripe(settlement={"bob": ("usd", "0.1447")}) as fake:
        assert "converts to approximately 0.49 usd" in str(_refused(fake, 338, "bob"))
        assert make(fake, line_items=_lines(346, "bob")).amount_total == 346


@pytest.mark.parametrize("amount", [100_000_000, 10**30])
def test_an_absurd_amount_is_refused(fake, amount):
    assert _refused(fake, amount).param == "line_items[0][price_data][unit_amount]"


def test_many_small_lines_cannot_add_up_to_an_absurd_amount(fake):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        make(fake, line_items=_lines(99_999_999, quantity=2))
    assert refused.value.code == "amount_too_large"


def test_what_is_missing_is_named(fake):
    lines = _lines(100)
    del lines[0]["price_data"]["product_data"]["name"]
    lines[0]["price_data"]["product_data"]["description"] = "Warm"
    with pytest.raises(stripe.InvalidRequestError) as refused:
        make(fake, line_items=lines)
    error = refused.value
    assert error.code == "parameter_missing"
    assert error.param == "line_items[0][price_data][product_data][name]"


def test_three_decimals_end_in_a_nought(fake):
    assert _refused(fake, 5124, "kwd").code == "invalid_amount"
    intent = pay(fake, line_items=_lines(5120, "kwd")).payment_intent.id
    with pytest.raises(stripe.InvalidRequestError):
        client(fake).v1.refunds.create({"payment_intent": intent, "amount": 15})
    assert fake.control("sums")["kwd"]["refunds"] == 0


@pytest.mark.parametrize(
    ("currency", "amount", "rate", "settled", "exchange_rate"),
    [
        # 500 yen are 3.27 dollars: 327 cents, 0.654 of a cent's worth of yen each.
        ("jpy", 500, "0.00654", 327, 0.654),
        ("clp", 19990, "0.00105", 2099, 0.105),
        # 5.120 dinars at 3.25 dollars are 16.64.
        ("kwd", 5120, "3.25", 1664, 0.325),
    ],
)
def test_currencies_of_every_number_of_decimals_settle_in_dollars(
    currency, amount, rate, settled, exchange_rate
):
    with FakeStripe(settlement={currency: ("usd", rate)}) as fake:
        session = pay(fake, line_items=_lines(amount, currency))
        entry = session.payment_intent.latest_charge.balance_transaction
    assert (session.amount_total, session.currency) == (amount, currency)
    assert (entry.amount, entry.currency, entry.exchange_rate) == (settled, "usd", exchange_rate)


@pytest.mark.parametrize(
    ("amount", "fee"),
    # 2.9 % of 10.50 is 30.45 cents, of 5.00 14.5: half a cent goes up.
    [(1050, 60), (500, 45), (10000, 320)],
)
def test_a_fee_is_rounded_half_up(amount, fee):
    with FakeStripe(fees={"usd": ("2.9", 30)}) as fake:
        entry = pay(
            fake, line_items=_lines(amount)
        ).payment_intent.latest_charge.balance_transaction
    assert (entry.fee, entry.net) == (fee, amount - fee)
    assert [part.amount for part in entry.fee_details] == [fee]


def test_the_fee_is_that_of_the_currency_that_settles():
    with FakeStripe(
        settlement={"eur": ("usd", "1.0832")}, fees={"usd": ("2.9", 30), "jpy": ("3.6", 0)}
    ) as fake:
        euro = pay(fake, line_items=_lines(10000, "eur"))
        yen = pay(fake, line_items=_lines(10000, "jpy"))
    fees = [session.payment_intent.latest_charge.balance_transaction.fee for session in (euro, yen)]
    # 2.9 % of 108.32 is 3.14, and 30 cents.
    assert fees == [344, 360]


@pytest.mark.parametrize("rate", ["0", "-1", "1e3", "many", "", "1.2345678901234567"])
def test_a_rate_is_a_plain_decimal(fake, rate):
    with pytest.raises(ControlRefused):
        fake.control("settlement", currency="usd", to="bob", rate=rate)
    assert pay(fake).payment_intent.latest_charge.balance_transaction.currency == "usd"
    with pytest.raises(ValueError, match="rate"):
        FakeStripe(settlement={"usd": ("bob", rate)})


def test_a_rate_comes_as_the_number_that_it_is(fake):
    fake.control("settlement", currency="usd", to="bob", rate="6.96123456789012")
    entry = pay(fake).payment_intent.latest_charge.balance_transaction
    assert repr(entry.exchange_rate) == "6.96123456789012"


def test_shipping_is_part_of_what_is_paid(fake):
    def way(name: str, amount: int) -> Any:
        fixed = {"amount": amount, "currency": "usd"}
        data = {"type": "fixed_amount", "display_name": name, "fixed_amount": fixed}
        return {"shipping_rate_data": data}

    session = make(fake, shipping_options=[way("Correo", 1000), way("Courier", 4000)])
    assert (session.amount_subtotal, session.amount_total) == (14500, 15500)
    assert [row.shipping_amount for row in session.shipping_options] == [1000, 4000]
    fake.control("pay", session=session.id, shipping=1, card="declined")
    fake.control("pay", session=session.id)
    paid = client(fake).v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (paid.amount_total, paid.payment_intent.amount_received) == (18500, 18500)
    assert paid.shipping_cost.shipping_rate == session.shipping_options[1].shipping_rate
    assert paid.total_details.amount_shipping == 4000


def test_shipping_in_another_currency_is_refused(fake):
    data = {"display_name": "Correo", "fixed_amount": {"amount": 5, "currency": "eur"}}
    with pytest.raises(stripe.InvalidRequestError) as refused:
        make(fake, shipping_options=[{"shipping_rate_data": data}])
    assert refused.value.param == (
        "shipping_options[0][shipping_rate_data][fixed_amount][currency]"
    )
