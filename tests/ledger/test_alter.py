"""Whatever column of whatever table is altered behind the application's back, the audit says so.

The cases follow from the models (`tests.ledger.altering`): a new table or column is covered by
itself, or fails here until somebody says in `altering.MAY_CHANGE` why it may change.
"""

from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from coop.kit import triggers
from ledger.models import Account, Block, JournalEntry, RowTrace
from ledger.traces import VOUCHED_OTHERWISE, Traced, put_in_place, traced
from tests.factories.ledger import Books
from tests.ledger.altering import (
    MAY_CHANGE,
    alter,
    any_row,
    insert,
    make_row,
    names,
    nothing_refuses,
    tables,
)
from tests.ledger.behind import rules_off, rules_on_again, run
from tests.ledger.raw import on_sqlite
from tests.ledger.test_audit import findings

pytestmark = pytest.mark.django_db
each_table = pytest.mark.parametrize("one", tables(), ids=names)
each_traced = pytest.mark.parametrize("one", traced(), ids=names)


@pytest.fixture
def rated(new_rated_books: Books) -> Books:
    """Sound books with a rate, and with what an audit kept."""
    return new_rated_books


def _calls(one: Traced, row: dict[str, Any]) -> set[str]:
    """How a finding may call the row: by itself, or by the entry, account or block it is of."""
    called = {f"{one.table} {row[one.key]}"}
    entry = row["id"] if one.table == "ledger_journalentry" else row.get("entry_id")
    if one.table not in VOUCHED_OTHERWISE:
        return called
    if entry:
        called |= {f"entry {entry} ", f"entry {entry}"}
        called |= {f"({ref})" for ref in _values(JournalEntry, entry, "reference")}
    if one.table == "ledger_posting":
        called |= {f"posting {row['id']} "}
    if row.get("account_id"):
        called |= {f"account {code}" for code in _values(Account, row["account_id"], "code")}
    block = row["id"] if one.table == "ledger_block" else row.get("block_id")
    if block:
        called |= {f"block {number} " for number in _values(Block, block, "number")}
    if one.table == "ledger_rowtrace":
        called |= {f"{row['table']} {row['key']}"}
    return called


def _values(model: type, key: int, column: str) -> Iterable[Any]:
    return list(model._base_manager.filter(pk=key).values_list(column, flat=True))


def _is_named(called: set[str]) -> bool:
    return any(one in finding for finding in findings() for one in called)


@each_table
def test_every_altered_column_is_named(rated: Books, one: Traced):
    unnoticed = []
    for column in one.fields:
        with nothing_refuses(one):
            row = any_row(one) or make_row(one, with_trace=True)
            called = _calls(one, row)
            alter(one, row, column)
            rules_on_again()
            if not _is_named(called) and (one.table, column) not in MAY_CHANGE:
                unnoticed.append(column)
    assert unnoticed == []


@each_table
def test_an_erased_row_of_any_table_is_named(rated: Books, one: Traced):
    with nothing_refuses(one):
        row = any_row(one) or make_row(one, with_trace=True)
        called = _calls(one, row)
        assert run(f'DELETE FROM {one.table} WHERE "{one.key}" = %s', row[one.key]) == 1
        rules_on_again()
        assert _is_named(called)


@each_traced
def test_a_row_slipped_in_is_named(rated: Books, one: Traced):
    with nothing_refuses(one):
        run(f"DELETE FROM {one.table}")
        row = make_row(one, with_trace=False)
        rules_on_again()
        assert _is_named({f"{one.table} {row[one.key]}"})


@each_traced
def test_what_is_altered_while_the_rules_speak_is_refused_or_leaves_its_trace(
    rated: Books, one: Traced
):
    row = any_row(one)
    for column in one.fields if row else ():
        if column == one.key:
            continue
        traces = RowTrace.objects.filter(table=one.table, key=row[one.key])
        before = traces.count()
        with transaction.atomic():
            try:
                alter(one, row, column)
            except IntegrityError:
                continue
            assert traces.count() == before + 1, column
            transaction.set_rollback(True)


@on_sqlite
@each_table
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_a_replaced_row_is_refused_or_named(rated: Books, one: Traced, recursive: str):
    """INSERT OR REPLACE deletes the row before without asking the DELETE triggers."""
    row = any_row(one)
    if row is None:
        with nothing_refuses(one):
            row = make_row(one, with_trace=True)
            rules_on_again()
            _replace(one, row, recursive)
        return
    _replace(one, row, recursive)


def _replace(one: Traced, row: dict[str, Any], recursive: str) -> None:
    called = _calls(one, row)
    columns = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(["%s"] * len(row))
    run(f"PRAGMA recursive_triggers = {recursive}")
    try:
        with transaction.atomic():
            run(f"INSERT OR REPLACE INTO {one.table} ({columns}) VALUES ({marks})", *row.values())
            # Where it asks the DELETE triggers, it leaves both traces, as it should.
            verbs = RowTrace.objects.filter(table=one.table, key=row[one.key]).order_by("-id")
            is_told = list(verbs.values_list("verb", flat=True)[:2]) == ["insert", "delete"]
            is_named = is_told or _is_named(called)
            transaction.set_rollback(True)
    except IntegrityError:
        return
    finally:
        run("PRAGMA recursive_triggers = ON")
    assert is_named


def test_every_dropped_trigger_of_the_books_is_named(rated: Books):
    labels = [one.label for one in apps.get_app_configs() if one.name.startswith("ledger")]
    ours = [one for label in labels for one in triggers.registered(label)]
    ours = [one for one in ours if connection.vendor in one.vendors]
    with rules_off():
        for one in ours:
            if connection.vendor != "sqlite":
                run(f"DROP TRIGGER {one.name} ON {one.table}")
        found = set(triggers.problems(connection))
    assert {f"trigger {one.name} on {one.table} is missing" for one in ours} <= found
    assert len(ours) > 3 * len(traced())


def test_what_migrated_is_taken_up_once_and_stays_told(rated: Books):
    """Rows that were there before their table was traced, or that a migration changed."""
    account = Account.objects.get(role="rent")
    with rules_off():
        run("UPDATE ledger_account SET name_es = 'Otra' WHERE id = %s", account.pk)
        for event in ("insert", "update", "delete") if connection.vendor == "postgresql" else ():
            run(f"DROP TRIGGER ledger_account_trace_{event} ON ledger_account")
        if connection.vendor == "postgresql":
            rules_on_again()
        assert any("ledger_account" in one for one in findings())
        touched = put_in_place(migrated=True)
        assert "ledger_account" in touched
        assert not [one for one in findings() if one.startswith("ledger_account")]
        verbs = RowTrace.objects.filter(table="ledger_account", key=account.pk)
        assert list(verbs.values_list("verb", flat=True)) == ["insert", "found"]
        assert "Otra" in verbs.last().row


def test_putting_the_rules_back_takes_nothing_up(rated: Books):
    """Whoever drops the rules, alters a row and puts the rules back is named all the same."""
    with rules_off():
        run("UPDATE ledger_account SET name_es = 'Otra' WHERE role = 'cash'")
        if connection.vendor == "postgresql":
            rules_on_again()
            run("DROP TRIGGER ledger_account_trace_update ON ledger_account")
        put_in_place(migrated=False)
        assert any("name_es" in one and "(1011)" in one for one in findings())


def test_traces_hold_no_more_than_their_salt_lets_guess(rated: Books):
    salts = list(RowTrace.objects.values_list("salt", flat=True))
    assert len(set(salts)) == len(salts)
    assert {len(one) for one in salts} == {32}


def test_a_changed_row_that_no_block_knows_yet_is_named_too(rated: Books):
    rated.request("1", reference="new")
    with rules_off():
        run("UPDATE ledger_payment SET purpose = 'other' WHERE reference = 'new'")
        rules_on_again()
        assert any("(new)" in one and "purpose" in one for one in findings())


def test_insert_is_enough_to_be_traced(rated: Books):
    """Rows that other programs write through the rules are told as well."""
    row = any_row(Traced(Account)) or {}
    run("SAVEPOINT x")
    insert(Traced(Account), row | {"id": 990_002, "code": "9999", "role": ""})
    assert RowTrace.objects.filter(table="ledger_account", key="990002", verb="insert").exists()
    run("ROLLBACK TO SAVEPOINT x")


def test_rows_are_taken_up_also_where_each_statement_is_shown(books: Books):
    """A developer's house writes down its statements with what went into them."""
    rates = next(one for one in traced() if one.table == "ledger_exchangerate")
    with rules_off(), CaptureQueriesContext(connection) as said:
        make_row(rates, with_trace=True)
        assert RowTrace.objects.filter(table=rates.table, verb="found").count() == 1
        assert any("found" in one["sql"] for one in said.captured_queries)
