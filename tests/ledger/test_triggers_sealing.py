"""What the database lets nobody seal, also from raw SQL, on SQLite and on PostgreSQL."""

from datetime import date

import pytest
from django.db import connection

from ledger.models import JournalEntry
from tests.factories.ledger import DAY, Books
from tests.ledger.behind import run
from tests.ledger.raw import RawEntry, in_vain, pair, refused_seal

pytestmark = pytest.mark.django_db


def test_a_sound_entry_by_hand_is_taken(full: Books):
    """The control: what the tests below refuse is refused for its fault alone."""
    entry = RawEntry()
    entry.post(full.account("rent"), "debit", 500)
    entry.post(full.account("supplier"), "credit", 500)
    entry.seal()
    connection.check_constraints()
    month = "SELECT debits_minor FROM ledger_accountmonth WHERE account_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(month, [full.account("rent").pk])
        assert cursor.fetchall() == [(500,)]


def test_an_entry_without_a_seal_is_not_committed(full: Books):
    with in_vain():
        entry = RawEntry()
        entry.post(full.account("rent"), "debit", 500)
        entry.post(full.account("supplier"), "credit", 500)


def test_an_entry_without_postings_is_not_sealed(full: Books):
    refused_seal(RawEntry)


def test_an_entry_with_one_posting_is_not_sealed(full: Books):
    def make() -> RawEntry:
        entry = RawEntry()
        entry.post(full.account("rent"), "debit", 500)
        return entry

    refused_seal(make)


def test_an_unbalanced_entry_is_not_sealed(full: Books):
    def make() -> RawEntry:
        entry = pair(full)
        entry.post(full.account("losses"), "debit", 1)
        return entry

    refused_seal(make)


def test_currencies_do_not_balance_each_other(full: Books):
    from ledger import queries
    from ledger.services import install_chart

    install_chart(currency="USD")

    def make() -> RawEntry:
        entry = RawEntry()
        entry.post(full.account("rent"), "debit", 500)
        entry.post(queries.account("customer_deposits", "USD"), "credit", 500)
        return entry

    refused_seal(make)


def test_backdating_into_a_closed_period_is_refused(full: Books):
    refused_seal(lambda: pair(full, day=date(2026, 1, 31)))


def test_a_posting_of_another_day_than_its_entry_is_refused(full: Books):
    def make() -> RawEntry:
        entry = RawEntry()
        entry.post(full.account("rent"), "debit", 500, day=date(2026, 2, 1))
        entry.post(full.account("supplier"), "credit", 500)
        return entry

    refused_seal(make)


@pytest.mark.parametrize("fault", [{"off": 7}, {"skip": 1}])
def test_a_posting_follows_the_one_before_it(full: Books, fault):
    def make() -> RawEntry:
        entry = RawEntry()
        entry.post(full.account("finished_pieces"), "debit", 500, **fault)
        entry.post(full.account("supplier"), "credit", 500)
        return entry

    refused_seal(make)


def test_postings_without_moving_the_balance_are_not_sealed(full: Books):
    def make() -> RawEntry:
        entry = RawEntry()
        for position, (role, side) in enumerate((("rent", "debit"), ("supplier", "credit"))):
            after = 500 if side == "debit" else -500
            run(
                "INSERT INTO ledger_posting (entry_id, position, account_id, day, side,"
                " amount_minor, seq, balance_after) VALUES (%s, %s, %s, %s, %s, 500, 1, %s)",
                entry.pk, position, full.account(role).pk, DAY, side, after,
            )  # fmt: skip
        return entry

    refused_seal(make)


def test_closed_accounts_and_headers_take_no_postings(full: Books):
    refused_seal(lambda: pair(full, credited="members_payable"))
    run("UPDATE ledger_account SET is_open = %s WHERE role = 'supplier'", False)
    refused_seal(lambda: pair(full))


def test_a_sealed_entry_takes_no_late_posting(full: Books):
    late = RawEntry.of(JournalEntry.objects.earliest("pk"))
    with in_vain():
        late.post(full.account("rent"), "debit", 1)
