"""Whatever happens, in whichever order: the lines of the balance add up to the balance."""

import math
import random
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import stripe

from tests.fake_stripe import ControlRefused, FakeStripe
from tests.payments.fake import DAY, client, order

PARTNER = "acct_1Partner"
CURRENCIES = ["usd", "eur", "jpy", "kwd", "bob"]
STEPS = 60
# What one smallest unit is in the smallest unit of the currency in which it settles.
RATES = {
    (None, "eur"): ("usd", "1.0832"),
    (None, "jpy"): ("usd", "0.654"),
    (PARTNER, "eur"): ("usd", "1.0832"),
    (PARTNER, "jpy"): ("usd", "0.654"),
    (PARTNER, "usd"): ("bob", "6.96"),
}
FEES = {"usd": ("0.029", 30), "bob": ("0.036", 250)}


class Walk:
    """One account's random days; what the fake refuses is no step."""

    def __init__(self, fake: FakeStripe, dice: random.Random) -> None:
        self.fake = fake
        self.dice = dice
        self.client = client(fake).v1
        self.did: Counter[str] = Counter()

    def step(self) -> None:
        self.account = self.dice.choice([None, PARTNER])
        self.options = _options(self.account)
        acts = [self.pay, self.pay, self.refund, self.dispute, self.close, self.payout]
        acts += [self.manual_payout, self.end_payout, self.fail_refund, self.pass_time]
        act: Callable[[], Any] = self.dice.choice(acts)
        try:
            act()
        except (stripe.InvalidRequestError, ControlRefused, IndexError):
            return
        self.did[act.__name__] += 1

    def any(self, kind: str) -> Any:
        return self.dice.choice(getattr(self.client, kind).list({"limit": 100}, self.options).data)

    def pay(self) -> None:
        asked = order()
        currency = self.dice.choice(CURRENCIES)
        for line in asked["line_items"]:
            amount = self.dice.randrange(1000, 100_000, 10)
            line["price_data"] |= {"currency": currency, "unit_amount": amount}
        session = self.client.checkout.sessions.create(asked, self.options)
        card = self.dice.choice(["ok", "ok", "available", "declined", "disputed"])
        self.fake.control("pay", session=session.id, card=card)

    def refund(self) -> None:
        charge = self.any("charges")
        amount = self.dice.randrange(10, charge.amount + 10, 10)
        self.client.refunds.create({"charge": charge.id, "amount": amount}, self.options)

    def fail_refund(self) -> None:
        self.fake.control("fail_refund", refund=self.any("refunds").id)

    def dispute(self) -> None:
        self.fake.control("dispute", payment_intent=self.any("payment_intents").id)

    def close(self) -> None:
        won = self.dice.random() < 0.5
        self.fake.control("close_dispute", dispute=self.any("disputes").id, won=won)

    def payout(self) -> None:
        values = {"account": self.account} if self.account else {}
        with_pending = self.dice.random() < 0.5
        currency = self.dice.choice(CURRENCIES)
        self.fake.control("payout", currency=currency, with_pending=with_pending, **values)

    def manual_payout(self) -> None:
        part = self.dice.choice(self.client.balance.retrieve({}, self.options).available)
        amount = part.amount // self.dice.choice([1, 2])
        asked: Any = {"amount": amount, "currency": part.currency}
        self.client.payouts.create(asked, self.options)

    def end_payout(self) -> None:
        status = self.dice.choice(["paid", "failed", "canceled"])
        self.fake.control("payout_status", payout=self.any("payouts").id, status=status)

    def pass_time(self) -> None:
        self.fake.control("advance", seconds=self.dice.choice([60, DAY, 3 * DAY]))


def _check(fake: FakeStripe) -> None:
    sums = fake.control("all_sums")
    for account, rows in sums.items():
        options: Any = {"stripe_account": account}
        lines = list(
            client(fake).v1.balance_transactions.list({"limit": 100}, options).auto_paging_iter()
        )
        total: Counter[str] = Counter()
        for line in lines:
            assert line.net == line.amount - line.fee
            total[line.currency] += line.net
        balance = client(fake).v1.balance.retrieve({}, options)
        shown: Counter[str] = Counter()
        for part in [*balance.available, *balance.pending]:
            shown[part.currency] += part.amount
        assert all(shown[currency] == total[currency] for currency in {*shown, *total})
        for currency, row in rows.items():
            moved = row["charges"] + row["refunds"] + row["disputes"] + row["payouts"]
            assert row["balance"] == moved - row["fees"] == total[currency]


def _settled(account: str | None, amount: int, currency: str) -> tuple[str, int]:
    target, rate = RATES.get((account, currency), (currency, "1"))
    return target, _half_up(Decimal(rate) * amount)


def _half_up(value: Decimal) -> int:
    """The school's rule for amounts that are not below zero, apart from the fake's own."""
    return math.floor(value + Decimal("0.5"))


def _expected(fake: FakeStripe, account: str | None) -> Counter[str]:
    """The balance from what happened, without a look at its lines."""
    total: Counter[str] = Counter()
    api, options = client(fake).v1, _options(account)
    page: Any = {"limit": 100}
    for charge in api.charges.list(page, options).data:
        if charge.paid:
            currency, amount = _settled(account, charge.amount, charge.currency)
            share, fixed = FEES.get(currency, ("0.036", 100))
            total[currency] += amount - _half_up(Decimal(share) * amount) - fixed
    for refund in api.refunds.list(page, options).data:
        if refund.status == "succeeded":
            currency, amount = _settled(account, refund.amount, refund.currency)
            total[currency] -= amount
    for dispute in api.disputes.list(page, options).data:
        if dispute.status != "won":
            currency, amount = _settled(account, dispute.amount, dispute.currency)
            total[currency] -= amount + 1500
    for payout in api.payouts.list(page, options).data:
        if payout.status not in {"failed", "canceled"}:
            total[payout.currency] -= payout.amount
    return total


def _options(account: str | None) -> Any:
    return {"stripe_account": account} if account else {}


def _check_expected(fake: FakeStripe) -> None:
    for account in (None, PARTNER):
        values = {"account": account} if account else {}
        rows = fake.control("sums", **values)
        expected = _expected(fake, account)
        assert {currency: row["balance"] for currency, row in rows.items()} == {
            currency: expected[currency] for currency in rows
        }
        assert not any(expected[currency] for currency in set(expected) - set(rows))


def _check_payouts(fake: FakeStripe) -> None:
    """Each payout of everything is the sum of the lines that it names."""
    for asked in (_options(None), _options(PARTNER)):
        for payout in client(fake).v1.payouts.list({"limit": 100}, asked).data:
            entries = client(fake).v1.balance_transactions
            lines = entries.list({"payout": payout.id, "limit": 100}, asked).data
            own = {line.id for line in lines if line.source == payout.id and line.type == "payout"}
            assert own == {payout.balance_transaction}
            if payout.automatic:
                assert sum(line.net for line in lines) == 0
            assert sum(line.net for line in lines) in {0, -payout.amount}


@pytest.mark.parametrize("seed", range(4))
def test_the_lines_always_add_up_to_the_balance(seed):
    with FakeStripe(
        accounts={PARTNER: "bob"},
        settlement={
            "eur": ("usd", "1.0832"),
            "jpy": ("usd", "0.00654"),
            f"{PARTNER}/usd": ("bob", "6.96"),
        },
        fees={"usd": ("2.9", 30), "bob": ("3.6", 250)},
    ) as fake:
        walk = Walk(fake, random.Random(seed))
        for turn in range(STEPS):
            walk.step()
            _check(fake)
            if turn % 6 == 5:
                _check_expected(fake)
        _check_payouts(fake)
        assert walk.did["pay"] > 3
        assert len(walk.did) > 5
