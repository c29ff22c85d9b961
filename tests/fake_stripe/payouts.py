"""From the balance to the bank."""

from typing import Any

from tests.fake_stripe import balance
from tests.fake_stripe.currencies import check_payout
from tests.fake_stripe.errors import Refusal
from tests.fake_stripe.events import record
from tests.fake_stripe.params import (
    EXPAND,
    Rules,
    choice,
    currency,
    integer,
    metadata,
    need,
    text,
)
from tests.fake_stripe.store import Thing
from tests.fake_stripe.world import World, new_id

CREATE: Rules = EXPAND | {
    "amount": integer(1, 999_999_999_999),
    "currency": currency,
    "description": text(),
    "metadata": metadata,
    "method": choice("standard"),
    "source_type": choice("card"),
    "statement_descriptor": text(22),
}
_ON_ITS_WAY = 2 * 24 * 60 * 60
# What may follow what: a payout that arrived may still come back.
_NEXT = {
    "pending": {"in_transit", "paid", "failed", "canceled"},
    "in_transit": {"paid", "failed"},
    "paid": {"failed"},
    "failed": set(),
    "canceled": set(),
}


def create(world: World, values: dict[str, Any]) -> Thing:
    """`POST /v1/payouts`: a part of what is available, or all.

    All of it pays the lines behind it, as an automatic payout does (Stripe itself names no lines
    of a manual one). Of a part nobody can say which lines it paid: it is a line of its own, which
    the next payout of everything takes into account.
    """
    need(values, "amount", "currency")
    amount, money = values["amount"], values["currency"]
    check_payout(amount, money)
    lines = _unpaid(world, money, with_pending=False)
    available = sum(line["net"] for line in lines)
    if amount > available:
        raise Refusal(
            "You have insufficient funds in your Stripe account for this transfer. Your card "
            "balance is too low. You can use the the /v1/balance endpoint to view your Stripe "
            "balance (for more details, see stripe.com/docs/api#balance).",
            code="balance_insufficient",
            kept=True,
        )
    payout = _new(
        world,
        amount,
        money,
        automatic=False,
        description=values.get("description"),
        metadata=values.get("metadata", {}),
        reconciliation_status="not_applicable",
        statement_descriptor=values.get("statement_descriptor"),
        status="pending",
    )
    _take(world, payout, lines if amount == available else [])
    record(world, "payout.created", payout)
    return payout


def begin(world: World, currency: str, *, with_pending: bool = False) -> Thing:
    """All that is available of a currency; the lines that it pays belong to it from now on."""
    lines = _unpaid(world, currency, with_pending=with_pending)
    amount = sum(line["net"] for line in lines)
    if amount <= 0:
        raise Refusal(
            f"There is nothing available in {currency} ({amount}). Money of a charge is available "
            "after a while: put the clock forward with `advance`, or say `with_pending`.",
            code="balance_insufficient",
        )
    payout = _new(
        world,
        amount,
        currency,
        automatic=True,
        reconciliation_status="in_progress",
        status="in_transit",
    )
    _take(world, payout, lines)
    record(world, "payout.created", payout)
    payout["reconciliation_status"] = "completed"
    record(world, "payout.reconciliation_completed", payout)
    return world.store.save(payout)


def _new(world: World, amount: int, currency: str, **values: Any) -> Thing:
    return world.begin(
        "payout",
        "po_",
        amount=amount,
        arrival_date=world.store.now() + _ON_ITS_WAY,
        balance_transaction=None,
        currency=currency,
        destination=new_id("ba_"),
        trace_id=None,
        **values,
    )


def _take(world: World, payout: Thing, lines: list[Thing]) -> None:
    """Out of the balance, with the lines that it pays."""
    own = balance.enter(
        world,
        "payout",
        source=payout["id"],
        amount=-payout["amount"],
        currency=payout["currency"],
        description="STRIPE PAYOUT",
    )
    for line in [*lines, own] if lines else []:
        world.store.save(line | {"_payout": payout["id"]})
    payout["balance_transaction"] = own["id"]
    world.store.add(payout)


def _unpaid(world: World, currency: str, *, with_pending: bool) -> list[Thing]:
    now = world.store.now()
    lines = []
    for line in world.store.all("balance_transaction"):
        if line["currency"] != currency or line["_payout"]:
            continue
        if not balance.is_available(world, line):
            if not with_pending:
                continue
            line["available_on"] = now
        lines.append(line)
    return lines


def move(world: World, payout: Thing, status: str) -> Thing:
    """Paid by the bank; or failed, and the money is in the balance again."""
    if status not in _NEXT.get(payout["status"], set()):
        raise Refusal(f"A payout that is {payout['status']} cannot become {status}.")
    before = {"status": payout["status"]}
    payout["status"] = status
    if status == "failed":
        payout |= {
            "failure_code": "account_closed",
            "failure_message": "The bank account has been closed.",
            "failure_balance_transaction": _back(world, payout, "payout_failure"),
        }
    elif status == "canceled":
        payout["failure_balance_transaction"] = _back(world, payout, "payout_cancel")
    elif status == "paid":
        payout["trace_id"] = {"status": "supported", "value": new_id("", 12)}
    world.store.save(payout)
    record(world, "payout.updated", payout, before=before)
    if status in {"paid", "failed", "canceled"}:
        record(world, f"payout.{status}", payout)
    return payout


def _back(world: World, payout: Thing, kind: str) -> str:
    """A line of its own, which the next payout pays."""
    back = balance.enter(
        world,
        kind,
        category="payout_reversal",
        source=payout["id"],
        amount=payout["amount"],
        currency=payout["currency"],
        description=kind.replace("payout_", "STRIPE PAYOUT ").upper(),
    )
    return str(back["id"])
