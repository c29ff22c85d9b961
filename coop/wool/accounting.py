"""Where an event of the store becomes debits and credits. Source: accounting.

Each entry has the reference of its movement. Memos are sealed: lot and member codes, no names.
Wool so light that it has no value makes no entry.
"""

from datetime import date

from djmoney.money import Money

from coop.kit.money import books_currency
from coop.members.models import Member
from coop.people.models import User
from coop.wool.models import PurchaseTrip, WoolLot
from ledger.models import Account, JournalEntry
from ledger.queries import account
from ledger.services import credit, debit, post_entry

Kind = JournalEntry.Kind
Role = Account.Role


def place(role: str) -> Account:
    """The account that plays `role` in the books' currency."""
    return account(role, books_currency())


def post_bought(
    *, lot: WoolLot, trip: PurchaseTrip, cost: Money, reference: str, actor: User, on: date
) -> None:
    """Receipts of a trip: wool in store (landed) / advances to account for."""
    memo = f"{lot.code} {trip.carrier.code}"
    _post(Kind.WOOL_BOUGHT, Role.WOOL_STORE, Role.TRIP_ADVANCES, cost, memo, reference, actor, on)


def post_on_credit(*, lot: WoolLot, cost: Money, reference: str, actor: User, on: date) -> None:
    """Wool on credit: wool in store / supplier, who is paid by a payment that two sign."""
    _post(Kind.WOOL_BOUGHT, Role.WOOL_STORE, Role.SUPPLIER, cost, lot.code, reference, actor, on)


def post_rest_returned(
    *, trip: PurchaseTrip, to_account: Account, amount: Money, reference: str, actor: User, on: date
) -> JournalEntry:
    """The rest of a trip's money: cash (or bank) / advances to account for."""
    return post_entry(
        day=on,
        kind=Kind.ADVANCE_RETURNED,
        memo=trip.carrier.code,
        lines=[debit(to_account, amount), credit(place(Role.TRIP_ADVANCES), amount)],
        reference=reference,
        created_by=actor,
    )


def post_issued(*, member: Member, value: Money, reference: str, actor: User, on: date) -> None:
    """Wool issued: wool with members / wool in store."""
    _post(
        Kind.WOOL_ISSUED,
        Role.WOOL_MEMBERS,
        Role.WOOL_STORE,
        value,
        member.code,
        reference,
        actor,
        on,
    )


def post_returned(*, member: Member, value: Money, reference: str, actor: User, on: date) -> None:
    """Wool given back: wool in store / wool with members."""
    _post(
        Kind.WOOL_RETURNED,
        Role.WOOL_STORE,
        Role.WOOL_MEMBERS,
        value,
        member.code,
        reference,
        actor,
        on,
    )


def post_wasted(
    *, member: Member, lot: WoolLot, value: Money, why: str, reference: str, actor: User, on: date
) -> None:
    """Waste above what belongs to a piece: wool wasted / wool with members."""
    memo = f"{lot.code} {member.code}: {why}"
    _post(Kind.WOOL_WASTED, Role.WOOL_WASTED, Role.WOOL_MEMBERS, value, memo, reference, actor, on)


def post_lost(
    *,
    member: Member | None,
    lot: WoolLot,
    value: Money,
    why: str,
    reference: str,
    actor: User,
    on: date,
) -> None:
    """Wool kept or lost: losses / wool with members (or in store)."""
    where = f"{lot.code} {member.code}" if member else lot.code
    source = Role.WOOL_MEMBERS if member else Role.WOOL_STORE
    _post(Kind.LOSS, Role.LOSSES, source, value, f"{where}: {why}", reference, actor, on)


def _post(
    kind: str,
    debit_role: str,
    credit_role: str,
    amount: Money,
    memo: str,
    reference: str,
    actor: User,
    on: date,
) -> None:
    if not amount.amount:
        return
    post_entry(
        day=on,
        kind=kind,
        memo=memo,
        lines=[debit(place(debit_role), amount), credit(place(credit_role), amount)],
        reference=reference,
        created_by=actor,
    )
