"""Holes that were found in other ledgers by trying: each is shut here, for raw SQL too."""

from datetime import date

import pytest
from django.db import connection

from ledger.checks import books_are_owned_by_another
from ledger.models import Approval, JournalEntry, Payment, Posting
from tests.factories.ledger import Books
from tests.ledger.behind import run
from tests.ledger.raw import RawEntry, in_vain, on_postgresql, on_sqlite, pair, refuse, refused_seal

pytestmark = pytest.mark.django_db


def test_both_sides_of_an_entry_are_not_edited_together(full: Books):
    entry = JournalEntry.objects.earliest("pk")
    refuse("UPDATE ledger_posting SET amount_minor = 7 WHERE entry_id = %s", entry.pk)


def test_a_posting_does_not_move_to_another_entry_or_account(full: Books):
    one, other = Posting.objects.order_by("pk")[:2]
    last = JournalEntry.objects.latest("pk")
    refuse("UPDATE ledger_posting SET entry_id = %s, position = 9 WHERE id = %s", last.pk, one.pk)
    refuse("UPDATE ledger_posting SET account_id = %s WHERE id = %s", other.account_id, one.pk)


def test_nothing_is_backdated_into_closed_days(full: Books):
    refused_seal(lambda: pair(full, day=date(2026, 1, 15)))


def test_an_entry_without_postings_is_none(full: Books):
    refused_seal(RawEntry)


@on_postgresql
def test_truncate_takes_nothing(full: Books):
    run("SET CONSTRAINTS ALL IMMEDIATE")
    before = Posting.objects.count()
    for table in ("ledger_posting", "ledger_journalentry", "ledger_rowtrace"):
        refuse(f"TRUNCATE {table} CASCADE")
    assert Posting.objects.count() == before


@on_sqlite
def test_delete_without_a_condition_takes_nothing(full: Books):
    """SQLite's own way to empty a table at once."""
    before = Posting.objects.count()
    for table in ("ledger_posting", "ledger_journalentry", "ledger_rowtrace"):
        refuse(f"DELETE FROM {table}")
    assert Posting.objects.count() == before


def test_two_equal_approvals_by_one_person_are_one(full: Books):
    payment = full.request("3")
    approval = full.sign_twice(payment).approvals.first()
    columns = ", ".join(
        f'"{field.column}"' for field in Approval._meta.concrete_fields if not field.primary_key
    )
    refuse(
        f"INSERT INTO ledger_approval ({columns}) SELECT {columns} FROM ledger_approval"
        " WHERE id = %s",
        approval.pk,
    )


def test_an_amount_does_not_change_under_its_approval(full: Books):
    payment = full.sign_twice(full.request("3"))
    refuse("UPDATE ledger_payment SET amount_minor = 9900 WHERE id = %s", payment.pk)
    refuse("UPDATE ledger_approval SET amount_minor = 9900 WHERE payment_id = %s", payment.pk)
    assert Payment.objects.get(pk=payment.pk).amount_minor == 300


def test_traces_are_not_changed_or_taken_out(full: Books):
    refuse("UPDATE ledger_rowtrace SET \"row\" = '{}'")
    refuse("DELETE FROM ledger_rowtrace")
    refuse("UPDATE ledger_rowtrace SET block_id = NULL WHERE block_id IS NOT NULL")
    with in_vain():
        run(
            'INSERT INTO ledger_rowtrace ("table", "key", "verb", "row", "salt", "at", block_id)'
            ' SELECT "table", "key", "verb", "row", "salt", "at", block_id FROM ledger_rowtrace'
            " WHERE block_id IS NOT NULL"
        )


@on_postgresql
def test_a_role_that_owns_the_books_is_told_of(full: Books):
    (warning,) = books_are_owned_by_another(None, ["default"])
    assert warning.id == "ledger.W001"
    run("CREATE ROLE serves_only")
    run("SET LOCAL ROLE serves_only")
    assert books_are_owned_by_another(None, ["default"]) == []
    run("RESET ROLE")


@on_sqlite
def test_a_file_has_no_roles(full: Books):
    assert connection.vendor == "sqlite"
    assert books_are_owned_by_another(None, ["default"]) == []
