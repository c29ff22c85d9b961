"""Wool in members' hands: by weight, with its value, and each movement once."""

from datetime import date, timedelta

import pytest

from coop.members.errors import StillHolds
from coop.members.models import Member
from coop.members.queries import holdings
from coop.members.services import leave, suspend
from coop.wool import services
from coop.wool.errors import (
    AlreadyDone,
    NotEnoughInHand,
    NotEnoughInStore,
    NotHereYet,
    NothingNeeded,
    NotWorking,
    NoWeight,
    NoWoolForHonorary,
    WhyMissing,
)
from coop.wool.models import Custody, WoolMovement
from ledger.models import JournalEntry
from tests.factories.ledger import DAY, soles
from tests.factories.members import honorary
from tests.factories.rules import secretary
from tests.factories.wool import Store, need
from tests.wool.hands import act, buckets, held, wool_findings

in_database = pytest.mark.django_db


@in_database
def test_wool_goes_out_comes_back_and_goes_into_a_piece():
    store = Store()
    lot = store.lot(1000, "100.00")

    act("issue_wool", store, lot, 400)
    assert buckets(lot) == {
        "store": (600, 6000),
        "held": (400, 4000),
        "used": (0, 0),
        "lost": (0, 0),
    }
    assert (held("wool_store"), held("wool_members")) == (soles("60.00"), soles("40.00"))

    act("return_wool", store, lot, 150)
    assert (held("wool_store"), held("wool_members")) == (soles("75.00"), soles("25.00"))

    value = services.use_wool(
        member=store.knitter, needs=[need(50)], actor=store.keeper, on=DAY, reference="piece"
    )
    assert value == soles("5.00")
    assert buckets(lot) == {
        "store": (750, 7500),
        "held": (200, 2000),
        "used": (50, 500),
        "lost": (0, 0),
    }
    # The posting of what is used comes with the pay, from whoever passes the piece.
    assert held("wool_members") == soles("25.00")
    kinds = [one.kind for one in lot.movements.all()]
    assert kinds == ["received", "issued", "returned", "used"]


@in_database
def test_the_last_grams_take_the_value_that_is_left():
    store = Store()
    lot = store.lot(3, "1.00")

    for _time in range(3):
        act("issue_wool", store, lot, 1)

    values = [one.value_minor for one in lot.movements.filter(kind="issued")]
    assert values == [33, 33, 34]
    assert buckets(lot)["store"] == (0, 0)
    assert held("wool_members") == soles("1.00")


@in_database
def test_wool_too_light_for_a_centimo_moves_without_an_entry():
    store = Store()
    lot = store.lot(1000, "0.05")
    entries = JournalEntry.objects.count()

    movement = act("issue_wool", store, lot, 1)

    assert movement.value_minor == 0
    assert JournalEntry.objects.count() == entries
    assert wool_findings() == []


@in_database
@pytest.mark.parametrize(
    ("verb", "changes"),
    [
        ("issue_wool", {}),
        ("return_wool", {}),
        ("waste_wool", {"why": "se enredó"}),
        ("lose_wool", {"why": "no la devolvió"}),
    ],
)
def test_a_movement_sent_twice_is_one(verb: str, changes: dict):
    store = Store()
    lot = store.lot()
    store.issue(lot, 500)
    first = act(verb, store, lot, 100, reference="once", **changes)
    before = (buckets(lot), WoolMovement.objects.count(), JournalEntry.objects.count())

    assert act(verb, store, lot, 100, reference="once", **changes) == first
    with pytest.raises(AlreadyDone, match="once"):
        act(verb, store, lot, 101, reference="once", **changes)
    with pytest.raises(AlreadyDone):
        act(verb, store, lot, 100, reference="once", member=store.carrier, **changes)

    after = (buckets(lot), WoolMovement.objects.count(), JournalEntry.objects.count())
    assert after == before
    assert wool_findings() == []


@in_database
def test_a_reference_belongs_to_one_kind_of_movement():
    store = Store()
    lot = store.lot()
    act("issue_wool", store, lot, 100, reference="once")

    with pytest.raises(AlreadyDone):
        act("return_wool", store, lot, 100, reference="once")

    assert buckets(lot)["held"] == (100, 1000)


@in_database
def test_use_sent_twice_takes_wool_once_and_says_the_same_value():
    store = Store()
    lot = store.lot()
    store.issue(lot, 500)
    use = {"member": store.knitter, "actor": store.keeper, "on": DAY, "reference": "piece"}

    first = services.use_wool(needs=[need(120)], **use)
    second = services.use_wool(needs=[need(100), need(20)], **use)
    with pytest.raises(AlreadyDone):
        services.use_wool(needs=[need(121)], **use)

    assert first == second == soles("12.00")
    assert buckets(lot)["used"] == (120, 1200)


@in_database
def test_needs_are_issued_from_the_oldest_lots_in_one_entry():
    store = Store()
    newer = store.lot(500, "60.00", on=DAY)
    older = store.lot(300, "30.00", on=date(2026, 3, 1))
    blue = store.lot(200, "20.00", colour_key="indigo")
    entries = JournalEntry.objects.count()

    moved = services.issue_needs(
        member=store.knitter,
        needs=[need(400), need(50, "indigo")],
        actor=store.keeper,
        on=DAY,
        reference="assignment:1",
    )

    assert [(one.lot, one.grams, one.part) for one in moved] == [
        (older, 300, 1),
        (newer, 100, 2),
        (blue, 50, 3),
    ]
    assert JournalEntry.objects.count() == entries + 1
    assert held("wool_members") == soles("47.00")
    again = services.issue_needs(
        member=store.knitter,
        needs=[need(50, "indigo"), need(400)],
        actor=store.keeper,
        on=DAY,
        reference="assignment:1",
    )
    assert again == moved
    assert wool_findings() == []


@in_database
def test_wool_of_several_lots_goes_into_a_piece_the_oldest_first():
    store = Store()
    newer = store.lot(500, "100.00", on=DAY)
    older = store.lot(500, "50.00", on=date(2026, 3, 1))
    store.issue(newer, 100)
    store.issue(older, 100)

    value = services.use_wool(
        member=store.knitter, needs=[need(150)], actor=store.keeper, on=DAY, reference="piece"
    )

    assert value == soles("20.00")
    assert buckets(older)["used"] == (100, 1000)
    assert buckets(newer)["used"] == (50, 1000)


@in_database
def test_nobody_gets_more_than_there_is():
    store = Store()
    lot = store.lot(100, "10.00")
    blue = store.lot(100, "10.00", colour_key="indigo")
    store.issue(blue, 60)
    before = (buckets(lot), buckets(blue), WoolMovement.objects.count())
    both = {"member": store.knitter, "actor": store.keeper, "on": DAY, "reference": "x"}

    with pytest.raises(NotEnoughInStore, match="100"):
        act("issue_wool", store, lot, 101)
    with pytest.raises(NotEnoughInStore):
        services.issue_needs(needs=[need(50), need(41, "indigo")], **both)
    with pytest.raises(NotEnoughInHand):
        act("return_wool", store, lot, 1)
    with pytest.raises(NotEnoughInHand):
        act("return_wool", store, blue, 61)
    with pytest.raises(NotEnoughInHand):
        services.use_wool(needs=[need(60, "indigo"), need(1)], **both)
    with pytest.raises(NothingNeeded):
        services.issue_needs(needs=[], **both)
    for verb in ("issue_wool", "return_wool"):
        with pytest.raises(NoWeight):
            act(verb, store, blue, 0)

    assert (buckets(lot), buckets(blue), WoolMovement.objects.count()) == before


@in_database
def test_wool_goes_to_working_knitters_and_comes_back_from_everyone():
    store = Store()
    lot = store.lot()
    store.issue(lot, 100)
    suspend(member=store.knitter, why="x", actor=secretary())

    with pytest.raises(NotWorking):
        act("issue_wool", store, lot, 1)
    with pytest.raises(NoWoolForHonorary):
        act("issue_wool", store, lot, 1, member=honorary())
    act("return_wool", store, lot, 100)

    assert Custody.objects.get().grams == 0
    assert held("wool_members") == soles("0.00")


@in_database
def test_wool_wasted_or_kept_is_written_off_at_lot_cost():
    store = Store()
    lot = store.lot(1000, "100.00")
    store.issue(lot, 500)

    act("waste_wool", store, lot, 30, why="se enredó")
    act("lose_wool", store, lot, 400, why="no la devolvió")
    act("lose_wool", store, lot, 100, member=None, why="polillas")

    assert held("wool_wasted") == soles("3.00")
    assert held("losses") == soles("50.00")
    assert buckets(lot) == {
        "store": (400, 4000),
        "held": (70, 700),
        "used": (0, 0),
        "lost": (530, 5300),
    }
    memos = JournalEntry.objects.filter(kind="loss").values_list("memo", flat=True)
    assert set(memos) == {f"{lot.code} T-01: no la devolvió", f"{lot.code}: polillas"}
    assert wool_findings() == []


@in_database
def test_wool_is_written_off_with_a_reason_only():
    store = Store()
    lot = store.lot()
    before = buckets(lot)

    with pytest.raises(WhyMissing):
        act("lose_wool", store, lot, 1, member=None, why=" ")
    with pytest.raises(NotEnoughInStore):
        act("lose_wool", store, lot, 1001, member=None, why="x")
    with pytest.raises(NotEnoughInHand):
        act("waste_wool", store, lot, 1, why="x")

    assert buckets(lot) == before


@in_database
def test_a_member_with_wool_does_not_leave():
    store = Store()
    store.issue(store.lot(), 400)

    with pytest.raises(StillHolds, match="400"):
        leave(member=store.knitter, why="x", actor=secretary())

    assert Member.objects.get(pk=store.knitter.pk).status == Member.Status.ACTIVE
    assert [one.value for one in holdings(store.knitter)] == [soles("40.00")]


@in_database
def test_wool_is_not_handed_out_before_it_came():
    store = Store()
    lot = store.lot(1000, "100.00")

    with pytest.raises(NotHereYet):
        services.issue_wool(
            lot=lot,
            member=store.knitter,
            grams=100,
            actor=store.keeper,
            on=lot.received_on - timedelta(days=1),
            reference="too early",
        )

    assert buckets(lot)["store"] == (1000, 10000)
