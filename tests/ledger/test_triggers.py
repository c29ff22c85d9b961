"""The database's own rules are all in it, and nobody leads them astray."""

from datetime import date

import pytest
from django.db import connection

from coop.kit import triggers
from coop.kit.checks import triggers_are_there
from tests.factories.ledger import Books
from tests.ledger.behind import run
from tests.ledger.raw import on_postgresql, pair, refused_seal

pytestmark = pytest.mark.django_db


def test_every_trigger_is_there_and_a_missing_or_changed_one_is_named(full: Books):
    assert list(triggers.problems(connection)) == []
    assert triggers_are_there(None, databases=["default"]) == []
    seal, posting = "ledger_seal_insert_rules", "ledger_posting_no_update"
    on = {"sqlite": "", "postgresql": " ON ledger_seal"}[connection.vendor]
    run(f"DROP TRIGGER {seal}{on}")
    if connection.vendor == "postgresql":
        run(f"CREATE OR REPLACE FUNCTION {posting}() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN RETURN NEW; END'")  # fmt: skip
    else:
        run(f"DROP TRIGGER {posting}")
        run(f"CREATE TRIGGER {posting} BEFORE UPDATE ON ledger_posting BEGIN SELECT 1; END")

    assert list(triggers.problems(connection)) == [
        f"trigger {posting} on ledger_posting is not the one we wrote",
        f"trigger {seal} on ledger_seal is missing",
    ]
    assert len(triggers_are_there(None, databases=["default"])) == 2


@on_postgresql
def test_a_trigger_that_is_switched_off_is_named(full: Books):
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE ledger_posting DISABLE TRIGGER ledger_posting_no_update")
    assert list(triggers.problems(connection)) == [
        "trigger ledger_posting_no_update on ledger_posting is not the one we wrote"
    ]


@on_postgresql
def test_a_temporary_table_does_not_stand_in_for_ours(full: Books):
    """Somebody's own, empty table of closed periods opens no period."""
    run("CREATE TEMPORARY TABLE ledger_period (LIKE ledger_period) ON COMMIT DROP")
    long_closed = date(2026, 1, 31)

    refused_seal(lambda: pair(full, day=long_closed))

    # The control: a function that looks for tables wherever its caller does believes it.
    run("ALTER FUNCTION ledger_seal_insert_rules() RESET search_path")
    pair(full, day=long_closed).seal()


@on_postgresql
def test_a_function_that_looks_elsewhere_for_tables_is_named_and_put_right(full: Books):
    run("ALTER FUNCTION ledger_seal_insert_rules() RESET search_path")
    run("ALTER FUNCTION ledger_posting_no_update() SET search_path = pg_temp, public")
    assert list(triggers.problems(connection)) == [
        "trigger ledger_posting_no_update on ledger_posting is not the one we wrote",
        "trigger ledger_seal_insert_rules on ledger_seal is not the one we wrote",
    ]

    run("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.schema_editor() as schema_editor:
        triggers.fix_search_paths(schema_editor)

    assert list(triggers.problems(connection)) == []
