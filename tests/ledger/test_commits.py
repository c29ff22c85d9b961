"""What shows only when transactions commit for real, and when several write at once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from coop.kit import audit
from ledger import queries
from ledger.errors import LedgerError, ReferenceConflict
from ledger.models import Block, JournalEntry, Posting
from ledger.services import gather_block, pay_payment
from tests.factories.ledger import Books, soles
from tests.harness.fixtures import at_the_same_time
from tests.ledger.raw import RawEntry


def test_an_unsealed_entry_is_gone_after_the_commit_fails(fresh_db):
    books = Books()
    books.put_in_cash("10")

    def write() -> None:
        with transaction.atomic():
            entry = RawEntry()
            entry.post(books.account("rent"), "debit", 500)
            entry.post(books.account("supplier"), "credit", 500)

    with pytest.raises(IntegrityError):
        write()
    assert JournalEntry.objects.count() == 1
    assert audit.findings() == []


def test_many_writers_at_once_leave_one_unbroken_chain(fresh_db):
    books = Books()
    calls = [lambda: [books.put_in_cash("1", reference=f"w:{key()}") for _ in range(5)]] * 6
    keys = iter(range(1000))

    def key() -> int:
        return next(keys)

    results = at_the_same_time(*calls)

    assert [one for one in results if isinstance(one, BaseException)] == []
    assert queries.balance(books.account("cash")) == soles("30")
    seqs = Posting.objects.filter(account=books.account("cash")).order_by("seq")
    assert list(seqs.values_list("seq", flat=True)) == list(range(1, 31))
    assert audit.findings() == []


def test_the_same_event_told_at_once_is_in_the_books_once(fresh_db):
    books = Books()
    results = at_the_same_time(*[lambda: books.put_in_cash("9", reference="webhook:1")] * 6)

    entries = {one.pk for one in results if isinstance(one, JournalEntry)}
    assert len(entries) == 1
    assert JournalEntry.objects.count() == 1
    assert queries.balance(books.account("cash")) == soles("9")


def test_one_reference_for_two_events_at_once_is_one_entry_and_one_refusal(fresh_db):
    books = Books()
    results = at_the_same_time(
        lambda: books.post("cash", "sales", "9", reference="same"),
        lambda: books.post("bank", "shipping_charged", "7", reference="same"),
    )
    kinds = sorted(type(one).__name__ for one in results)
    assert kinds == ["JournalEntry", "ReferenceConflict"]
    assert any(isinstance(one, ReferenceConflict) for one in results)
    assert audit.findings() == []


def test_two_payments_at_once_do_not_pay_the_same_money_twice(fresh_db):
    books = Books()
    books.put_in_cash("50")
    books.earned("80")
    payments = [books.sign_twice(books.request("40")) for _ in range(2)]

    results = at_the_same_time(
        *[
            lambda one=one: pay_payment(payment=one, actor=books.treasurer, on=date(2026, 3, 10))
            for one in payments
        ]
    )

    assert sum(isinstance(one, JournalEntry) for one in results) == 1
    assert sum(isinstance(one, LedgerError) for one in results) == 1
    assert queries.balance(books.account("cash")) == soles("10")
    assert audit.findings() == []


def test_blocks_gathered_at_once_follow_each_other(fresh_db):
    books = Books()
    for _ in range(12):
        books.put_in_cash("1")

    results = at_the_same_time(*[gather_block] * 4)

    assert [one for one in results if isinstance(one, BaseException)] == []
    assert sum(isinstance(one, Block) for one in results) == 1
    numbers = JournalEntry.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 13))
    assert audit.findings() == []
