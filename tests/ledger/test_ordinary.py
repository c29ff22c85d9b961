"""The quick look at an entry says "ordinary" only of entries that no rule of the seal refuses.

The database asks its rules only of the others (`coop.kit.triggers.Trigger.ordinary`), so a look that
was too generous would open a hole in all of them.
"""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from coop.kit import triggers
from coop.kit.triggers import Trigger
from ledger.models import Account, JournalEntry
from ledger.services import open_account
from tests.factories.ledger import DAY, Books, close_period
from tests.ledger.behind import rules_off, run

Kind = JournalEntry.Kind
CLOSED = DAY - timedelta(days=40)
_numbers = itertools.count(900_000_000)

#: The triggers on a seal that have a quick look, by name.
QUICK = {
    one.name: one for one in triggers.registered() if one.table == "ledger_seal" and one.ordinary
}


@dataclass(frozen=True)
class Wrong:
    """A posting to be, and by how much its place and its balance are beside what they should be."""

    account: int
    side: str
    amount_minor: int
    seq_off: int
    balance_off: int
    day_off: int


LINES = st.lists(
    st.builds(
        Wrong,
        account=st.integers(0, 7),
        side=st.sampled_from(["debit", "credit"]),
        amount_minor=st.integers(1, 2),
        seq_off=st.sampled_from([0, 0, 0, 0, 1, 2]),
        balance_off=st.sampled_from([0, 0, 0, 0, 0, 1]),
        day_off=st.sampled_from([0, 0, 0, 0, 0, 0, 1]),
    ),
    max_size=4,
)
KINDS = st.sampled_from([
    Kind.HAND, Kind.SALE, Kind.OPENING, Kind.TRANSFER, Kind.REVERSAL,
    Kind.BANK_CHARGE, Kind.CASH_COUNTED, Kind.EXCHANGE,
])  # fmt: skip


@pytest.fixture
def accounts(books: Books) -> list[Account]:
    """Of each sort that a rule speaks of."""
    closed = open_account(
        code="9998", name_es="Cerrada", name_en="Closed", kind="asset", currency="PEN"
    )
    Account.objects.filter(pk=closed.pk).update(is_open=False)
    dollars = open_account(
        code="9999", name_es="Dólares", name_en="Dollars", kind="asset", currency="USD"
    )
    header = Account.objects.filter(is_header=True).first()
    assert header
    roles = ("cash", "sales", "finished_pieces", "exchange_gain")
    return [*(books.account(role) for role in roles), books.rosas, closed, dollars, header]


def _write(accounts: list[Account], kind: str, day: date, lines: list[Wrong]) -> int:
    """The entry as rows, its balances moved; the key. No rule looks."""
    key = next(_numbers)
    other = JournalEntry.objects.order_by("pk").values_list("pk", flat=True)[0]
    run(
        "INSERT INTO ledger_journalentry (id, day, kind, memo, reference, created_at, reverses_id)"
        " VALUES (%s, %s, %s, '', %s, %s, %s)",
        key, connection.ops.adapt_datefield_value(day), kind, f"ordinary:{key}",
        "2026-03-12 10:00:00+00:00",
        other if kind == Kind.REVERSAL else None,
    )  # fmt: skip
    for position, line in enumerate(lines):
        account = accounts[line.account]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT seq, amount_minor FROM ledger_accountbalance WHERE account_id = %s",
                [account.pk],
            )
            seq, amount = cursor.fetchone() or (0, 0)
        moved = amount + (line.amount_minor if line.side == "debit" else -line.amount_minor)
        run(
            "INSERT INTO ledger_posting (id, entry_id, position, account_id, day, side,"
            " amount_minor, seq, balance_after) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            next(_numbers), key, position, account.pk,
            connection.ops.adapt_datefield_value(day + timedelta(days=line.day_off)), line.side,
            line.amount_minor, max(1, seq + 1 + line.seq_off), moved + line.balance_off,
        )  # fmt: skip
        run(
            "UPDATE ledger_accountbalance SET seq = %s, amount_minor = %s WHERE account_id = %s",
            seq + 1, moved, account.pk,
        )  # fmt: skip
    return key


def _asked(key: int, condition: str) -> bool:
    """A condition of a trigger, asked of the seal that the entry would get."""
    said = triggers.said_by(connection.vendor, condition)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {said} FROM (SELECT {key} AS entry_id) AS NEW")
        return bool(cursor.fetchone()[0])


def _check(trigger: Trigger, key: int) -> bool:
    if not _asked(key, trigger.ordinary):
        return False
    for rule in trigger.rules:
        assert not _asked(key, rule.condition), rule.message
    return True


@contextmanager
def _undone() -> Iterator[None]:
    """An example that leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", QUICK)
def test_no_rule_refuses_what_is_ordinary(name: str, books: Books, accounts: list[Account]):
    books.earned("1")
    close_period(last_day=CLOSED, actor=books.treasurer)
    seen = {True: 0, False: 0}

    @given(kind=KINDS, day=st.sampled_from([DAY, DAY, DAY, CLOSED]), lines=LINES)
    def entries_of_any_sort(kind: str, day: date, lines: list[Wrong]) -> None:
        with _undone():
            seen[_check(QUICK[name], _write(accounts, kind, day, lines))] += 1

    with rules_off():
        entries_of_any_sort()
        for kind in (Kind.HAND, Kind.SALE):
            pair = [Wrong(2, "debit", 2, 0, 0, 0), Wrong(4, "credit", 2, 0, 0, 0)]
            assert _check(QUICK[name], _write(accounts, kind, DAY, pair))
    assert seen[True] + seen[False] > 0


@pytest.mark.parametrize("name", QUICK)
def test_the_look_is_what_the_database_has(name: str, db):
    """Negative control: it is these conditions that stand there, and they have rules to skip."""
    assert QUICK[name].rules
    assert not [one for one in triggers.problems(connection) if name in one]
