"""Wool in members' hands, read and kept: what is missing, who has what, what the database refuses."""

import pytest
from django.db import IntegrityError, connection, transaction

from coop.wool import services
from coop.wool.errors import (
    NotEnoughInStore,
)
from coop.wool.models import Custody, WoolMovement
from coop.wool.queries import custody_of, in_hands, missing, movements, stock, waste_allowed
from tests.factories.ledger import DAY, soles
from tests.factories.members import member
from tests.factories.wool import Store, need
from tests.harness.fixtures import at_the_same_time
from tests.wool.hands import act, buckets, wool_findings

in_database = pytest.mark.django_db


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
