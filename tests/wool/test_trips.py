"""Wool is fetched with the group's money: an advance, receipts, the rest back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from djmoney.money import Money

from coop.kit.audit import findings
from coop.members.queries import holdings
from coop.members.services import suspend
from coop.wool.errors import (
    AlreadyDone,
    CarrierNotActive,
    DueTooEarly,
    LotCodeTaken,
    MoreThanAdvance,
    NoAmount,
    NoWeight,
    SupplierMissing,
    TripNotUnderWay,
    WrongCurrency,
)
from coop.wool.models import PurchaseTrip, WoolLot, WoolMovement
from coop.wool.services import advance_for_trip, buy_lot, cancel_trip, return_rest
from ledger.errors import NotSigned, PayeeSigns, WrongStatus
from ledger.models import JournalEntry
from ledger.queries import account, balance
from ledger.services import pay_payment, sign_payment
from tests.factories.ledger import DAY, soles
from tests.factories.rules import secretary
from tests.factories.wool import Store, colour, reference, yarn

pytestmark = pytest.mark.django_db
Status = PurchaseTrip.Status


def held(role: str) -> Money:
    return balance(account(role))


def buy(store: Store, **changes: object) -> WoolLot:
    values = {
        "trip": store.trip,
        "yarn": yarn(),
        "colour": colour(),
        "grams": 2000,
        "cost": soles("200.00"),
        "supplier": "Hilandería",
        "actor": store.keeper,
        "on": DAY,
        "reference": reference(),
    }
    return buy_lot(**(values | changes))


def state(store: Store) -> tuple:
    trip = PurchaseTrip.objects.get(pk=store.trip.pk)
    return (
        trip.accounted_minor,
        WoolLot.objects.count(),
        WoolMovement.objects.count(),
        JournalEntry.objects.count(),
        held("trip_advances"),
        held("wool_store"),
    )


def test_a_trip_from_the_request_to_the_last_sol():
    store = Store("1000.00", is_paid=False)
    assert store.trip.status == Status.REQUESTED
    assert list(PurchaseTrip.objects.waiting()) == [store.trip]

    store.pay(store.trip)

    trip = PurchaseTrip.objects.get(pk=store.trip.pk)
    assert trip.status == Status.OPEN
    assert list(PurchaseTrip.objects.under_way()) == [trip]
    assert held("cash") == soles("19000.00")
    assert held("trip_advances") == soles("1000.00")

    buy(store, cost=soles("600.00"))
    buy(store, cost=soles("350.00"))
    return_rest(trip=trip, amount=soles("50.00"), actor=store.keeper, on=DAY)

    settled = PurchaseTrip.objects.get(pk=trip.pk)
    assert settled.status == Status.SETTLED
    assert settled.outstanding == soles("0.00")
    assert held("trip_advances") == soles("0.00")
    assert held("wool_store") == soles("950.00")
    assert held("cash") == soles("19050.00")
    assert [row for row in findings() if row.startswith("[4]")] == []


def test_the_advance_wants_two_signatures_and_not_the_carriers():
    store = Store("1000.00", is_paid=False)
    store.carrier.user.groups.add(*store.signers[0].groups.all())

    with pytest.raises(PayeeSigns):
        sign_payment(payment=store.trip.payment, signer=store.carrier.user)
    sign_payment(payment=store.trip.payment, signer=store.signers[0])
    with pytest.raises((WrongStatus, NotSigned)):
        pay_payment(payment=store.trip.payment, actor=store.keeper)

    assert held("trip_advances") == soles("0.00")


def test_nothing_is_booked_on_money_that_was_not_handed_over():
    store = Store("1000.00", is_paid=False)
    before = state(store)

    with pytest.raises(TripNotUnderWay):
        buy(store)
    with pytest.raises(TripNotUnderWay):
        return_rest(trip=store.trip, amount=soles("1.00"), actor=store.keeper)
    with pytest.raises(IntegrityError), transaction.atomic():
        PurchaseTrip.objects.filter(pk=store.trip.pk).update(accounted_minor=100)

    assert state(store) == before


def test_a_lot_holds_what_came_at_its_landed_cost():
    store = Store()

    lot = buy(store)

    assert lot.code == f"L{store.trip.pk}-1"
    assert (lot.received_g, lot.store_g, lot.cost_minor, lot.store_value_minor) == (
        2000,
        2000,
        20000,
        20000,
    )
    movement = lot.movements.get()
    assert (movement.kind, movement.grams, movement.value_minor) == ("received", 2000, 20000)
    entry = JournalEntry.objects.get(reference=movement.reference)
    assert (entry.kind, entry.memo) == ("wool_bought", f"{lot.code} T-02")
    assert buy(store).code == f"L{store.trip.pk}-2"


def test_a_receipt_written_twice_is_one_lot():
    store = Store()
    lot = buy(store, reference="receipt-1")
    before = state(store)

    assert buy(store, reference="receipt-1") == lot
    with pytest.raises(AlreadyDone, match="receipt-1"):
        buy(store, reference="receipt-1", grams=1)

    assert state(store) == before


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"grams": 0}, NoWeight),
        ({"grams": -5}, NoWeight),
        ({"cost": soles("0.00")}, NoAmount),
        ({"cost": soles("-1.00")}, NoAmount),
        ({"cost": Money("10.00", "USD")}, WrongCurrency),
        ({"cost": soles("5000.01")}, MoreThanAdvance),
        ({"supplier": " "}, SupplierMissing),
        ({"code": "ROJO-1"}, LotCodeTaken),
    ],
)
def test_a_wrong_receipt_is_refused_and_changes_nothing(changes: dict, refusal: type):
    store = Store()
    buy(store, code="ROJO-1", cost=soles("1.00"))
    before = state(store)
    if refusal is MoreThanAdvance:
        changes = {"cost": soles("4999.01")}

    with pytest.raises(refusal):
        buy(store, **changes)

    assert state(store) == before


def test_money_comes_back_once_and_not_more_than_was_carried():
    store = Store("1000.00")

    with pytest.raises(MoreThanAdvance):
        return_rest(trip=store.trip, amount=soles("1000.01"), actor=store.keeper, on=DAY)
    entry = return_rest(trip=store.trip, amount=soles("400.00"), actor=store.keeper, on=DAY)
    again = return_rest(trip=store.trip, amount=soles("400.00"), actor=store.keeper, on=DAY)
    with pytest.raises(AlreadyDone):
        return_rest(trip=store.trip, amount=soles("300.00"), actor=store.keeper, on=DAY)

    assert again == entry
    assert held("trip_advances") == soles("600.00")


def test_money_may_come_back_in_parts_each_with_its_reference():
    store = Store("1000.00")

    for part in ("first", "second"):
        return_rest(
            trip=store.trip,
            amount=soles("300.00"),
            actor=store.keeper,
            on=DAY,
            to_account=account("bank"),
            reference=part,
        )

    assert held("bank") == soles("600.00")
    assert held("trip_advances") == soles("400.00")


def test_a_request_sent_twice_is_one_trip():
    store = Store()
    values = {
        "carrier": store.carrier,
        "destination": "Juliaca",
        "amount": soles("100.00"),
        "due_on": DAY,
        "actor": store.keeper,
        "on": DAY,
        "reference": "form-1",
    }

    first = advance_for_trip(**values)
    second = advance_for_trip(**values)

    assert first == second
    assert PurchaseTrip.objects.count() == 2


def test_a_trip_is_called_off_before_the_money_is_out_only():
    store = Store("1000.00", is_paid=False)

    trip = cancel_trip(trip=store.trip, why="Llueve", actor=store.keeper)

    assert trip.status == Status.CANCELLED
    paid = store.send("10.00")
    with pytest.raises(TripNotUnderWay):
        cancel_trip(trip=paid, why="x", actor=store.keeper)
    assert PurchaseTrip.objects.get(pk=paid.pk).status == Status.OPEN


def test_wrong_requests_are_refused():
    store = Store()
    values = {"carrier": store.carrier, "due_on": DAY, "actor": store.keeper, "on": DAY}
    suspend(member=store.knitter, why="x", actor=secretary())

    with pytest.raises(NoAmount):
        advance_for_trip(**values, amount=soles("0.00"))
    with pytest.raises(WrongCurrency):
        advance_for_trip(**values, amount=Money("10.00", "USD"))
    with pytest.raises(DueTooEarly):
        advance_for_trip(**(values | {"due_on": DAY - timedelta(days=1)}), amount=soles("10.00"))
    with pytest.raises(CarrierNotActive):
        advance_for_trip(**(values | {"carrier": store.knitter}), amount=soles("10.00"))

    assert PurchaseTrip.objects.count() == 1


def test_money_under_way_is_among_what_the_carrier_holds():
    store = Store("1000.00")
    buy(store, cost=soles("900.00"))

    (held_by_her,) = holdings(store.carrier)

    assert held_by_her.value == soles("100.00")
    assert held_by_her.keeps_her
    assert holdings(store.knitter) == []


# Without a trip ----------------------------------------------------------------------------------
def test_wool_that_a_supplier_brought_is_owed_for():
    """Accounting: wool on credit is wool in store against the supplier, who is paid later."""
    store = Store()
    lot = buy(store, trip=None, grams=3000, cost=soles("144.00"), reference="credit")

    assert (lot.trip, lot.store_g) == (None, 3000)
    entry = JournalEntry.objects.get(reference="credit")
    assert (entry.kind, entry.memo) == ("wool_bought", lot.code)
    assert balance(account("supplier")) == soles("144.00")
    assert buy(store, trip=None, grams=3000, cost=soles("144.00"), reference="credit") == lot
    assert [row for row in findings() if row.startswith("[4]")] == []


def test_each_lot_without_a_trip_has_a_name_of_its_own():
    store = Store()
    first = buy(store, trip=None)
    buy(store, trip=None, code=f"C{int(first.code[1:]) + 1}")

    assert buy(store, trip=None).code == f"C{int(first.code[1:]) + 2}"
