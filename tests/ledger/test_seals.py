"""Seals, blocks and receipts: the proof that nothing was altered."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ledger import canonical, merkle
from ledger.canonical import SealedEntry, SealedPayment, SealedPosting
from ledger.models import Block, JournalEntry
from ledger.services import blocks as block_services
from ledger.services import gather_all, gather_block
from tests.factories.ledger import DAY, Books, close_period

ENTRY = SealedEntry(
    reference="payment:7",
    day=date(2026, 3, 10),
    kind="member_paid",
    memo="T-07 ñ",
    reverses=None,
    created_by=3,
    created_at=datetime(2026, 3, 10, 15, 30, 0, 250, tzinfo=UTC),
    payment=SealedPayment(
        "7", 9, 3, date(2026, 3, 9), ((4, date(2026, 3, 10)), (3, date(2026, 3, 9)))
    ),
    postings=[
        SealedPosting("4419.T-07", "liability", "PEN", False, "debit", 2500, 2, 0),
        SealedPosting("1011", "asset", "PEN", True, "credit", 2500, 5, 7500),
    ],
)


def test_the_first_canonical_form_never_changes():
    """Sealed entries keep their form for ever: if this fails, write a second version instead."""
    assert canonical.canonical_form(ENTRY, 1).decode() == (
        '{"created_at":"2026-03-10T15:30:00.000250+00:00","created_by":3,"day":"2026-03-10",'
        '"form":"minka-entry-1","kind":"member_paid","memo":"T-07 ñ",'
        '"payment":["7",9,3,"2026-03-09",[[3,"2026-03-09"],[4,"2026-03-10"]]],'
        '"postings":[["4419.T-07","liability","PEN",false,"debit",2500,2,0],'
        '["1011","asset","PEN",true,"credit",2500,5,7500]],'
        '"reference":"payment:7","reverses":null}'
    )
    assert canonical.leaf_hash(ENTRY, "00" * 16, 1) == (
        hashlib.sha256(bytes(16) + canonical.canonical_form(ENTRY, 1)).hexdigest()
    )


def test_the_second_form_holds_the_keys_of_the_rows_too():
    keyed = replace(
        ENTRY, id=41, postings=[replace(one, id=81 + n) for n, one in enumerate(ENTRY.postings)]
    )
    assert canonical.canonical_form(keyed, 2).decode() == (
        '{"created_at":"2026-03-10T15:30:00.000250+00:00","created_by":3,"day":"2026-03-10",'
        '"form":"minka-entry-2","id":41,"kind":"member_paid","memo":"T-07 ñ",'
        '"payment":["7",9,3,"2026-03-09",[[3,"2026-03-09"],[4,"2026-03-10"]]],'
        '"postings":[["4419.T-07","liability","PEN",false,"debit",2500,2,0,81],'
        '["1011","asset","PEN",true,"credit",2500,5,7500,82]],'
        '"reference":"payment:7","reverses":null}'
    )


def test_a_form_that_never_was_is_refused():
    with pytest.raises(ValueError, match="3"):
        canonical.canonical_form(ENTRY, 3)


def test_the_salt_hides_what_could_be_guessed():
    assert canonical.leaf_hash(ENTRY, "00" * 16) != canonical.leaf_hash(ENTRY, "01" * 16)


# RFC 6962's own test leaves, with the roots that its reference implementation publishes.
LEAVES = [
    bytes.fromhex(one)
    for one in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("count", range(9))
def test_roots_are_those_of_rfc_6962(count: int):
    assert merkle.root(LEAVES[:count]).hex() == ROOTS[count]


@pytest.mark.parametrize("count", range(1, 9))
def test_every_leafs_path_leads_to_the_root(count: int):
    leaves = LEAVES[:count]
    for index, leaf in enumerate(leaves):
        path = merkle.path(leaves, index)
        assert merkle.root_from_path(leaf, index, count, path) == merkle.root(leaves)
        if path:
            wrong = [bytes(32), *path[1:]]
            assert merkle.root_from_path(leaf, index, count, wrong) != merkle.root(leaves)
            with pytest.raises(ValueError, match="short"):
                merkle.root_from_path(leaf, index, count, path[:-1])
        with pytest.raises(ValueError, match="long"):
            merkle.root_from_path(leaf, index, count, [*path, bytes(32)])
    with pytest.raises(IndexError):
        merkle.path(leaves, count)
    with pytest.raises(ValueError, match="not in the tree"):
        merkle.root_from_path(leaves[0], count, count, [])


def test_a_block_gathers_what_waits_and_numbers_it(books: Books):
    entries = [books.put_in_cash("1") for _ in range(3)]
    block = gather_block(on=DAY)
    assert block is not None
    later = books.put_in_cash("1")
    second = gather_block(on=DAY)
    assert second is not None

    numbers = dict(JournalEntry.objects.values_list("pk", "number"))
    assert [numbers[one.pk] for one in (*entries, later)] == [1, 2, 3, 4]
    assert (second.number, second.previous, second.first_number) == (2, block, 4)
    assert gather_block() is None


def test_an_entry_that_was_passed_over_comes_into_the_next_block(books: Books, monkeypatch):
    """Chosen as missing from blocks, not as newer than the last: nothing is skipped."""
    monkeypatch.setattr(block_services, "BLOCK_SIZE", 2)
    for _ in range(5):
        books.put_in_cash("1")
    blocks = gather_all(on=DAY)
    assert [(one.first_number, one.last_number) for one in blocks] == [(1, 2), (3, 4), (5, 5)]


def test_a_blocks_root_includes_the_one_before_it(books: Books):
    books.put_in_cash("1")
    first = gather_block(on=DAY)
    books.put_in_cash("1")
    second = gather_block(on=DAY)
    assert first is not None
    assert second is not None
    leaves = [second.items.get().entry.seal.leaf]
    assert merkle.root(block_services.block_leaves(second, leaves)).hex() == second.root

    first.root = "00" * 32
    second.previous = first
    assert merkle.root(block_services.block_leaves(second, leaves)).hex() != second.root


def test_a_block_remembers_which_days_were_closed(books: Books):
    close_period(last_day=date(2026, 2, 28), actor=books.treasurer)
    books.put_in_cash("1")
    gather_block()
    assert Block.objects.get().closed_until == date(2026, 2, 28)
