"""Whatever happens to the wool, no gram and no céntimo comes or goes: invariant 4, at random."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from coop.kit.audit import findings
from coop.kit.money import from_minor, to_minor
from coop.wool import services
from coop.wool.errors import WoolError
from coop.wool.models import Custody, WoolLot
from ledger.models import JournalEntry
from ledger.queries import account, balance
from ledger.services import credit, debit, post_entry
from tests.factories.ledger import DAY
from tests.factories.members import member
from tests.factories.wool import Store, need, reference

pytestmark = pytest.mark.django_db

COLOURS = ("cochineal", "indigo")
grams = st.integers(1, 700)
who, which = st.integers(0, 2), st.integers(0, 5)
colours = st.sampled_from(COLOURS)
# A step: what, which member, which lot, how much, which colour.
steps = st.lists(
    st.one_of(
        st.tuples(st.just("buy"), st.integers(1, 9999), which, grams, colours),
        st.tuples(st.just("issue_wool"), who, which, grams, colours),
        st.tuples(st.just("issue_needs"), who, which, grams, colours),
        st.tuples(st.just("return_wool"), who, which, grams, colours),
        st.tuples(st.just("use_wool"), who, which, grams, colours),
        st.tuples(st.just("waste_wool"), who, which, grams, colours),
        st.tuples(st.just("lose_wool"), who, which, grams, colours),
    ),
    max_size=25,
)


class TakeBack(Exception):
    """Each example leaves the database as it was."""


@given(steps)
def test_grams_and_centimos_are_conserved_whatever_happens(history: list[tuple]):
    with suppress(TakeBack), transaction.atomic():
        live(history)
        raise TakeBack


def live(history: list[tuple]) -> None:
    store = Store("5000.00")
    knitters = [store.knitter, store.carrier, member("T-03")]
    lots = [store.lot(500, "33.33"), store.lot(70, "9.99", colour_key="indigo")]
    for what, first, lot_at, amount, colour in history:
        with suppress(WoolError), transaction.atomic():
            if what == "buy":
                cost = f"{from_minor(first).amount}"
                lots.append(store.lot(amount, cost, colour_key=colour))
            else:
                lot = lots[lot_at % len(lots)]
                step(store, what, knitters[first], lot, amount, colour)
        check(store)


def step(store: Store, what: str, knitter, lot: WoolLot, amount: int, colour: str) -> None:
    common = {"actor": store.keeper, "on": DAY, "reference": reference(), "member": knitter}
    if what == "issue_needs":
        services.issue_needs(needs=[need(amount, colour)], **common)
    elif what == "use_wool":
        value = services.use_wool(needs=[need(amount, colour)], **common)
        book_piece(store, value)
        again = services.use_wool(needs=[need(amount, colour)], **common)
        assert again == value
    else:
        why = {} if what in {"issue_wool", "return_wool"} else {"why": "x"}
        for _sent in range(2):
            getattr(services, what)(lot=lot, grams=amount, **why, **common)


def book_piece(store: Store, value) -> None:
    """What production writes when a piece passes, without the pay."""
    if value.amount:
        post_entry(
            day=DAY,
            kind=JournalEntry.Kind.PIECE_PASSED,
            memo="",
            lines=[
                debit(account("finished_pieces"), value),
                credit(account("wool_members"), value),
            ],
            reference=reference(),
            created_by=store.keeper,
        )


def check(store: Store) -> None:
    lots = list(WoolLot.objects.all())
    for lot in lots:
        assert lot.received_g == lot.store_g + lot.held_g + lot.used_g + lot.lost_g
        assert min(lot.store_g, lot.held_g, lot.used_g, lot.lost_g) >= 0
    assert all(row.grams >= 0 and row.value_minor >= 0 for row in Custody.objects.all())
    booked = {
        role: to_minor(balance(account(role)))
        for role in ("wool_store", "wool_members", "finished_pieces", "wool_wasted", "losses")
    }
    assert booked["wool_store"] == sum(lot.store_value_minor for lot in lots)
    assert booked["wool_members"] == sum(lot.held_value_minor for lot in lots)
    assert booked["finished_pieces"] == sum(lot.used_value_minor for lot in lots)
    assert booked["wool_wasted"] + booked["losses"] == sum(lot.lost_value_minor for lot in lots)
    assert sum(booked.values()) == sum(lot.cost_minor for lot in lots)
    assert [row for row in findings() if row.startswith("[4]")] == []
