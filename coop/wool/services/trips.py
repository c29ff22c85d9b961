"""Fetching wool: an advance that two sign, receipts that become lots, the rest brought back."""

import uuid
from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import books_currency, format_money, to_minor
from coop.members.models import Member
from coop.people.models import User
from coop.wool import accounting
from coop.wool.errors import (
    AlreadyDone,
    CarrierNotActive,
    DueTooEarly,
    LotCodeTaken,
    MoreThanAdvance,
    NoAmount,
    SupplierMissing,
    TripNotUnderWay,
    WrongCurrency,
)
from coop.wool.models import Colour, PurchaseTrip, WoolLot, WoolMovement, Yarn
from coop.wool.services.moving import check_weight
from ledger.models import Account, JournalEntry
from ledger.services import request_payment, void_payment

Kind = WoolMovement.Kind
Role = Account.Role


@transaction.atomic
def advance_for_trip(
    *,
    carrier: Member,
    amount: Money,
    due_on: date,
    actor: User,
    on: date | None = None,
    destination: str = "",
    from_account: Account | None = None,
    reference: str = "",
) -> PurchaseTrip:
    """Ask for an advance with which `carrier` buys wool, to be settled by `due_on`.

    The payment (out of the cash box unless `from_account` says otherwise) wants two signatures,
    neither of them hers, and is then paid by the ledger's own services. The same `reference`
    again gives the trip that is there.
    Raises NoAmount, WrongCurrency, DueTooEarly, CarrierNotActive or what the ledger refuses.
    Source: accounting, "advance for a wool trip".
    """
    day = on or days.today()
    _check_amount(amount)
    if due_on < day:
        raise DueTooEarly(day=date_format(day))
    # Read anew: she may have been suspended a moment ago.
    carrier = Member.objects.select_related("user").get(pk=carrier.pk)
    if carrier.status != Member.Status.ACTIVE:
        raise CarrierNotActive(member=carrier.name, status=carrier.get_status_display())
    payment = request_payment(
        from_account=from_account or accounting.place(Role.CASH),
        to_account=accounting.place(Role.TRIP_ADVANCES),
        payee=carrier.user,
        payee_name="",
        amount=amount,
        kind=JournalEntry.Kind.ADVANCE_PAID,
        purpose=_("Advance to buy wool: %(where)s") % {"where": destination or carrier.code},
        actor=actor,
        on=day,
        reference=reference or f"trip:{uuid.uuid4()}",
    )
    trip = PurchaseTrip.objects.filter(payment=payment).select_related("payment").first()
    return trip or PurchaseTrip.objects.create(
        carrier=carrier,
        destination=destination,
        payment=payment,
        amount_minor=to_minor(amount),
        due_on=due_on,
    )


@transaction.atomic
def cancel_trip(*, trip: PurchaseTrip, why: str, actor: User) -> PurchaseTrip:
    """Call a trip off before its advance is paid.

    Raises TripNotUnderWay once the money is out, or what the ledger refuses.
    """
    trip = _locked(trip)
    if trip.status != PurchaseTrip.Status.REQUESTED:
        raise TripNotUnderWay(status=trip.status.label)
    void_payment(payment=trip.payment, actor=actor, reason=why)
    return _locked(trip)


@transaction.atomic
def buy_lot(
    *,
    trip: PurchaseTrip | None,
    yarn: Yarn,
    colour: Colour,
    grams: int,
    cost: Money,
    supplier: str,
    actor: User,
    on: date | None = None,
    reference: str,
    code: str = "",
) -> WoolLot:
    """Book a receipt of a trip as a lot in the store, at its landed cost; without a trip, wool that a
    supplier brought and is owed for.

    A lot is called after its trip ("L12-3"), or "C7" without one, unless `code` says what stands on
    it. The same `reference` again gives the lot that is there.
    Raises NoWeight, NoAmount, WrongCurrency, SupplierMissing, TripNotUnderWay, MoreThanAdvance,
    LotCodeTaken or AlreadyDone. Source: accounting, "receipts" and "wool on credit".
    """
    day = on or days.today()
    check_weight(grams)
    _check_amount(cost)
    if not supplier.strip():
        raise SupplierMissing
    trip = _locked(trip) if trip else None
    there = _lot_of(reference, trip, yarn, colour, grams, cost)
    if there is not None:
        return there
    if trip:
        _account_for(trip, cost)
    code = code.strip() or _code_of_next(trip)
    if WoolLot.objects.filter(code=code).exists():
        raise LotCodeTaken(code=code)
    lot = _into_store(
        WoolLot(
            code=code,
            yarn=yarn,
            colour=colour,
            supplier=supplier.strip(),
            received_on=day,
            trip=trip,
            received_g=grams,
            cost_minor=to_minor(cost),
        ),
        reference,
        actor,
    )
    if trip:
        accounting.post_bought(
            lot=lot, trip=trip, cost=cost, reference=reference, actor=actor, on=day
        )
    else:
        accounting.post_on_credit(lot=lot, cost=cost, reference=reference, actor=actor, on=day)
    return lot


def _into_store(lot: WoolLot, reference: str, actor: User) -> WoolLot:
    """Write a new lot, all of it in the store, and how it came there."""
    lot.store_g, lot.store_value_minor = lot.received_g, lot.cost_minor
    lot.save(force_insert=True)
    WoolMovement.objects.create(
        lot=lot,
        kind=Kind.RECEIVED,
        grams=lot.received_g,
        value_minor=lot.cost_minor,
        reference=reference,
        on=lot.received_on,
        actor=actor,
    )
    return lot


def _code_of_next(trip: PurchaseTrip | None) -> str:
    if trip:
        return f"L{trip.pk}-{trip.lots.count() + 1}"
    number = WoolLot.objects.filter(trip=None).count() + 1
    while WoolLot.objects.filter(code=f"C{number}").exists():
        number += 1
    return f"C{number}"


@transaction.atomic
def return_rest(
    *,
    trip: PurchaseTrip,
    amount: Money,
    actor: User,
    on: date | None = None,
    to_account: Account | None = None,
    reference: str = "",
) -> JournalEntry:
    """Take what is left of a trip's money back, into the cash box unless said otherwise.

    Without a `reference` a trip brings money back once. The same again gives the entry that is
    there. Raises NoAmount, WrongCurrency, TripNotUnderWay, MoreThanAdvance or AlreadyDone.
    Source: accounting, "rest back".
    """
    day = on or days.today()
    _check_amount(amount)
    trip = _locked(trip)
    reference = reference or f"trip:{trip.pk}:rest"
    there = JournalEntry.objects.filter(reference=reference).first()
    if there is not None:
        if not there.postings.filter(amount_minor=to_minor(amount), side="debit").exists():
            raise AlreadyDone(reference=reference)
        return there
    _account_for(trip, amount)
    return accounting.post_rest_returned(
        trip=trip,
        to_account=to_account or accounting.place(Role.CASH),
        amount=amount,
        reference=reference,
        actor=actor,
        on=day,
    )


def _locked(trip: PurchaseTrip) -> PurchaseTrip:
    return (
        PurchaseTrip.objects.select_for_update(of=("self",))
        .select_related("payment", "carrier__user")
        .get(pk=trip.pk)
    )


def _check_amount(amount: Money) -> None:
    if amount.currency.code != books_currency():
        raise WrongCurrency(currency=books_currency())
    if amount.amount <= 0:
        raise NoAmount


def _account_for(trip: PurchaseTrip, amount: Money) -> None:
    if trip.status != PurchaseTrip.Status.OPEN:
        raise TripNotUnderWay(status=trip.status.label)
    if amount > trip.outstanding:
        raise MoreThanAdvance(left=format_money(trip.outstanding), asked=format_money(amount))
    trip.accounted_minor += to_minor(amount)
    trip.save(update_fields=["accounted_minor"])


def _lot_of(
    reference: str, trip: PurchaseTrip | None, yarn: Yarn, colour: Colour, grams: int, cost: Money
) -> WoolLot | None:
    """The lot that was booked under `reference`. Raises AlreadyDone if it was another one."""
    there = WoolMovement.objects.filter(reference=reference).select_related("lot").first()
    if there is None:
        return None
    lot = there.lot
    found = (there.kind, lot.trip_id, lot.yarn_id, lot.colour_id, lot.received_g, lot.cost_minor)
    if found != (
        Kind.RECEIVED,
        trip.pk if trip else None,
        yarn.pk,
        colour.pk,
        grams,
        to_minor(cost),
    ):
        raise AlreadyDone(reference=reference)
    return lot
