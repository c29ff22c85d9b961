"""What is written stays, also for raw SQL, on SQLite and on PostgreSQL."""

import pytest
from django.db import connection

from ledger.models import JournalEntry
from tests.factories.ledger import Books
from tests.ledger.behind import run
from tests.ledger.raw import NEVER_DELETED, RawEntry, in_vain, on_postgresql, on_sqlite, refuse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", NEVER_DELETED)
def test_no_row_is_deleted(full: Books, table: str):
    refuse(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", [*NEVER_DELETED, "ledger_account"])
@on_postgresql
def test_no_table_is_truncated(full: Books, table: str):
    run("SET CONSTRAINTS ALL IMMEDIATE")
    refuse(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("ledger_journalentry", "memo = 'other'"),
        ("ledger_journalentry", "day = '2026-03-11'"),
        ("ledger_journalentry", "kind = 'sale'"),
        ("ledger_journalentry", "reference = 'other'"),
        ("ledger_journalentry", "number = 4711"),
        ("ledger_journalentry", "number = NULL"),
        ("ledger_journalentry", "created_by_id = NULL"),
        ("ledger_posting", "amount_minor = amount_minor + 1"),
        ("ledger_posting", "side = 'debit'"),
        ("ledger_posting", "account_id = account_id + 1"),
        ("ledger_posting", "entry_id = entry_id + 1"),
        ("ledger_posting", "balance_after = 0"),
        ("ledger_posting", "day = '2026-03-11'"),
        ("ledger_seal", "leaf = ''"),
        ("ledger_block", "root = ''"),
        ("ledger_blockitem", "number = number + 100"),
        ("ledger_period", "last_day = '2025-12-31'"),
        ("ledger_approval", "amount_minor = 1"),
        ("ledger_approval", "purpose = 'x'"),
        ("ledger_handing", "operation = 'x'"),
        ("ledger_codetry", "by_id = by_id + 1"),
        ("ledger_paymentevent", "note = 'x'"),
        ("ledger_accountbalance", "amount_minor = amount_minor + 1"),
        ("ledger_accountbalance", "seq = seq + 1"),
        ("ledger_accountbalance", "seq = seq - 1"),
        ("ledger_accountbalance", "head = 'x'"),
        ("ledger_accountmonth", "debits_minor = debits_minor - 1 WHERE debits_minor > 1"),
        ("ledger_accountmonth", "month = '2025-01-01'"),
        ("ledger_account", "currency = 'USD'"),
        ("ledger_account", "kind = 'equity' WHERE kind = 'income'"),
        ("ledger_account", "code = code || 'x'"),
        ("ledger_account", "is_money = NOT is_money WHERE kind = 'asset'"),
        ("ledger_account", "role = '' WHERE role = 'cash'"),
        ("ledger_account", "holder_id = NULL WHERE code = '4419.T-07'"),
        ("ledger_account", "is_open = NOT is_open WHERE role = 'cash'"),
    ],
)  # fmt: skip
def test_what_is_written_stays(full: Books, table: str, change: str):
    """Among these: editing an entry on both sides, moving a posting to another entry or account."""
    refuse(f"UPDATE {table} SET {change}")


def test_both_sides_of_an_entry_cannot_be_edited_together(full: Books):
    entry = JournalEntry.objects.latest("pk")
    refuse("UPDATE ledger_posting SET amount_minor = 1 WHERE entry_id = %s", entry.pk)


@on_sqlite
@pytest.mark.parametrize("table", [*NEVER_DELETED, "ledger_account"])
def test_insert_or_replace_does_not_slip_in(full: Books, table: str):
    refuse(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@on_sqlite
@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("ledger_journalentry", "id"),
        ("ledger_posting", "id"),
        ("ledger_payment", "id"),
        ("ledger_approval", "id"),
        ("ledger_accountmonth", "id"),
        ("ledger_block", "id"),
        ("ledger_period", "id"),
    ],
)
def test_nor_with_a_new_id_and_the_key_of_another_row(full: Books, table: str, key: str):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 1")
        columns = [column[0] for column in cursor.description]
    values = [f"{key} + 100000" if column == key else column for column in columns]
    refuse(f"INSERT OR REPLACE INTO {table} SELECT {', '.join(values)} FROM {table}")


@on_sqlite
def test_replacing_is_refused_without_recursive_triggers_too(full: Books):
    run("PRAGMA recursive_triggers = OFF")
    try:
        refuse("INSERT OR REPLACE INTO ledger_posting SELECT * FROM ledger_posting")
    finally:
        run("PRAGMA recursive_triggers = ON")


def test_an_entry_is_not_numbered_by_hand(full: Books):
    entry = JournalEntry.objects.get(number=None)
    refuse("UPDATE ledger_journalentry SET number = 99 WHERE id = %s", entry.pk)
    with in_vain():
        RawEntry(number=99)


def test_a_block_follows_the_one_before_it(full: Books):
    columns = "number, previous_id, day, first_number, last_number, root, created_at"
    for number, previous, first in ((3, "id", 7), (2, "NULL", 7), (2, "id", 99)):
        refuse(
            f"INSERT INTO ledger_block ({columns}) SELECT {number}, {previous}, day, {first},"
            " 99, root, created_at FROM ledger_block"
        )


def test_a_closed_period_is_not_opened_by_another(full: Books):
    refuse(
        "INSERT INTO ledger_period (last_day, note, closed_by_id, closed_at)"
        " SELECT '2025-12-31', '', closed_by_id, closed_at FROM ledger_period"
    )
