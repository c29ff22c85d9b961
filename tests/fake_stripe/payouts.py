"""From the balance to the bank."""

from tests.fake_stripe import balance
from tests.fake_stripe.errors import Refusal
from tests.fake_stripe.events import record
from tests.fake_stripe.store import Thing
from tests.fake_stripe.world import World, new_id

_ON_ITS_WAY = 2 * 24 * 60 * 60
# What may follow what: a payout that arrived may still come back.
_NEXT = {
    "pending": {"in_transit", "paid", "failed"},
    "in_transit": {"paid", "failed"},
    "paid": {"failed"},
    "failed": set(),
}


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
    payout = world.begin(
        "payout",
        "po_",
        amount=amount,
        arrival_date=world.store.now() + _ON_ITS_WAY,
        automatic=True,
        balance_transaction=None,
        currency=currency,
        destination=new_id("ba_"),
        reconciliation_status="in_progress",
        status="in_transit",
        trace_id=None,
    )
    own = balance.enter(
        world,
        "payout",
        source=payout["id"],
        amount=-amount,
        currency=currency,
        description="STRIPE PAYOUT",
    )
    for line in [*lines, own]:
        world.store.save(line | {"_payout": payout["id"]})
    payout["balance_transaction"] = own["id"]
    world.store.add(payout)
    record(world, "payout.created", payout)
    payout["reconciliation_status"] = "completed"
    record(world, "payout.reconciliation_completed", payout)
    return world.store.save(payout)


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
            "failure_balance_transaction": _back(world, payout),
        }
    elif status == "paid":
        payout["trace_id"] = {"status": "supported", "value": new_id("", 12)}
    world.store.save(payout)
    record(world, "payout.updated", payout, before=before)
    if status in {"paid", "failed"}:
        record(world, f"payout.{status}", payout)
    return payout


def _back(world: World, payout: Thing) -> str:
    """A line of its own, which the next payout pays."""
    back = balance.enter(
        world,
        "payout_failure",
        category="payout_reversal",
        source=payout["id"],
        amount=payout["amount"],
        currency=payout["currency"],
        description="STRIPE PAYOUT FAILURE",
    )
    return str(back["id"])
