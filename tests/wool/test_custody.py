"""Wool in members' hands: by weight, with its value, and each movement once."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from djmoney.money import Money

from coop.kit.audit import findings
from coop.members.errors import StillHolds
from coop.members.models import Member
from coop.members.queries import holdings
from coop.members.services import leave, suspend
from coop.wool import services
from coop.wool.errors import (
    AlreadyDone,
    NotEnoughInHand,
    NotEnoughInStore,
    NothingNeeded,
    NotWorking,
    NoWeight,
    NoWoolForHonorary,
    WhyMissing,
)
from coop.wool.models import Custody, WoolLot, WoolMovement
from coop.wool.queries import custody_of, in_hands, missing, movements, stock, waste_allowed
from ledger.models import JournalEntry
from ledger.queries import account, balance
from tests.factories.ledger import DAY, soles
from tests.factories.members import honorary, member
from tests.factories.rules import secretary
from tests.factories.wool import Store, need, reference
from tests.harness.fixtures import at_the_same_time

in_database = pytest.mark.django_db


def held(role: str) -> Money:
    return balance(account(role))


def buckets(lot: WoolLot) -> dict[str, tuple[int, int]]:
    lot.refresh_from_db()
    return {
        bucket: (getattr(lot, f"{bucket}_g"), getattr(lot, f"{bucket}_value_minor"))
        for bucket in ("store", "held", "used", "lost")
    }


def wool_findings() -> list[str]:
    return [row for row in findings() if row.startswith("[4]")]


def act(verb: str, store: Store, lot: WoolLot, grams: int, **changes: object):
    values = {
        "lot": lot,
        "member": store.knitter,
        "grams": grams,
        "actor": store.keeper,
        "on": DAY,
        "reference": reference(),
    }
    return getattr(services, verb)(**(values | changes))


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
def test_what_a_piece_lacks_is_what_she_still_has_to_be_given():
    store = Store()
    store.issue(store.lot(), 100)

    lacking = missing(store.knitter, [need(120), need(30, "indigo")])

    assert [(str(one), one.grams) for one in lacking] == [
        ("alpaca-2-12 cochineal", 20),
        ("alpaca-2-12 indigo", 30),
    ]
    assert missing(store.knitter, [need(100)]) == []


@in_database
def test_waste_belongs_to_the_piece_up_to_the_percentage_of_the_rules():
    Store()

    assert waste_allowed(1000, on=DAY) == 50
    assert waste_allowed(19, on=DAY) == 0


@in_database
def test_the_store_is_read_by_yarn_and_colour(django_assert_num_queries):
    store = Store()
    store.lot(1000, "100.00")
    with django_assert_num_queries(3):
        assert len(stock()) == 1
    store.lot(500, "50.00")
    store.lot(100, "20.00", colour_key="indigo")
    store.lot(100, "20.00", colour_key="qolle")
    store.issue(store.lot(10, "1.00", colour_key="indigo"), 10)

    with django_assert_num_queries(3):
        rows = stock()

    assert [(row.colour.key, row.lots, row.store_g, row.held_g) for row in rows] == [
        ("cochineal", 2, 1500, 0),
        ("indigo", 2, 100, 10),
        ("qolle", 1, 100, 0),
    ]
    assert rows[0].store_value == soles("150.00")


@in_database
def test_who_has_what_is_read_in_one_query(django_assert_num_queries):
    store = Store()
    other = member("T-03")
    lot, blue = store.lot(), store.lot(colour_key="indigo")
    store.issue(lot, 100)
    store.issue(blue, 50)
    store.issue(lot, 70, other)

    with django_assert_num_queries(1):
        rows = [(one.code, one.held_lots, one.held_g, one.held_value_minor) for one in in_hands()]
    with django_assert_num_queries(1):
        hers = [(str(row.lot.colour), row.grams) for row in custody_of(store.knitter)]
    with django_assert_num_queries(1):
        moved = [(str(one.lot), str(one.actor), one.member) for one in movements()]

    assert rows == [("T-01", 2, 150, 1500), ("T-03", 1, 70, 700)]
    assert hers == [("cochineal", 100), ("indigo", 50)]
    assert len(moved) == 5


@in_database
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE wool_woolmovement SET grams = 1",
        "DELETE FROM wool_woolmovement",
        "UPDATE wool_woollot SET store_g = store_g - 1",
        (
            "UPDATE wool_woollot SET store_g = store_g - 1, lost_g = lost_g + 1,"
            " store_value_minor = store_value_minor - 1"
        ),
        "UPDATE wool_woollot SET received_g = received_g + 1, store_g = store_g + 1",
        "UPDATE wool_woollot SET used_g = used_g - 1, store_g = store_g + 1",
        "DELETE FROM wool_woollot",
        "UPDATE wool_custody SET grams = -1",
    ],
)
def test_the_database_keeps_every_gram(statement: str):
    store = Store()
    lot = store.lot()
    store.issue(lot, 100)
    services.use_wool(
        member=store.knitter, needs=[need(10)], actor=store.keeper, on=DAY, reference="piece"
    )
    before = buckets(lot)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert buckets(lot) == before


@in_database
def test_the_audit_names_the_lot_whose_wool_does_not_add_up():
    store = Store()
    lot = store.lot()
    store.issue(lot, 100)
    Custody.objects.update(grams=90)

    assert wool_findings() == [
        f"[4] lot {lot}: its members' wool does not add up to 100 g",
    ]


def test_two_storekeepers_at_once_never_give_out_the_same_wool(fresh_db: str):
    store = Store()
    lot = store.lot(1000, "100.00")
    knitters = [store.knitter, store.carrier, member("T-03"), member("T-04")]

    results = at_the_same_time(
        *(lambda one=one: act("issue_wool", store, lot, 400, member=one) for one in knitters)
    )

    given = [one for one in results if isinstance(one, WoolMovement)]
    refused = [one for one in results if isinstance(one, NotEnoughInStore)]
    assert (len(given), len(refused)) == (2, 2)
    assert buckets(lot)["store"] == (200, 2000)
    assert wool_findings() == []
