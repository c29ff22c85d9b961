"""Rows of the ledger written without the application, and what is refused of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from ledger.models import JournalEntry
from tests.factories.ledger import DAY, Books
from tests.ledger.behind import run

on_sqlite = pytest.mark.usefixtures("only_sqlite")
on_postgresql = pytest.mark.usefixtures("only_postgresql")

APPEND_ONLY = [
    "ledger_journalentry",
    "ledger_posting",
    "ledger_seal",
    "ledger_block",
    "ledger_blockitem",
    "ledger_period",
    "ledger_approval",
    "ledger_paymentevent",
    "ledger_handing",
    "ledger_codetry",
]
NEVER_DELETED = [*APPEND_ONLY, "ledger_accountbalance", "ledger_accountmonth", "ledger_payment"]


@contextmanager
def in_vain() -> Iterator[None]:
    """What is done here is refused by the database, at once or when the transaction would end."""
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012 - one fault, two moments
        yield
        connection.check_constraints()


def refuse(sql: str, *params: object) -> None:
    """The statement is refused by the database."""
    with in_vain():
        run(sql, *params)


class RawEntry:
    """An entry written without the application: rows first, the seal last."""

    def __init__(self, kind: str = "hand", day: date = DAY, **columns: object) -> None:
        self.day = day
        values = {
            "day": day,
            "kind": kind,
            "memo": "",
            "reference": f"raw:{timezone.now().timestamp()}",
            "created_at": timezone.now(),
            **columns,
        }
        names = ", ".join(values)
        marks = ", ".join(["%s"] * len(values))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO ledger_journalentry ({names}) VALUES ({marks}) RETURNING id",
                [*values.values()],
            )
            self.pk = cursor.fetchone()[0]
        self.position = 0

    @classmethod
    def of(cls, entry: JournalEntry) -> "RawEntry":
        """An entry that is there, to slip something into."""
        raw = cls.__new__(cls)
        raw.pk, raw.day, raw.position = entry.pk, entry.day, 9
        return raw

    def post(
        self, account, side: str, minor: int, *, skip: int = 0, off: int = 0, day=None
    ) -> None:
        """A posting that follows the account's newest, unless `skip` or `off` say otherwise."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT COALESCE(MAX(seq), 0) FROM ledger_posting WHERE account_id = %s",
                [account.pk],
            )
            seq = cursor.fetchone()[0]
            cursor.execute(
                "SELECT balance_after FROM ledger_posting WHERE account_id = %s AND seq = %s",
                [account.pk, seq],
            )
            before = (cursor.fetchone() or [0])[0]
        after = before + (minor if side == "debit" else -minor) + off
        run(
            "INSERT INTO ledger_posting (entry_id, position, account_id, day, side, amount_minor,"
            " seq, balance_after) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            self.pk, self.position, account.pk, day or self.day, side, minor, seq + 1 + skip, after,
        )  # fmt: skip
        run(
            "UPDATE ledger_accountbalance SET seq = %s, amount_minor = %s, head = %s"
            " WHERE account_id = %s",
            seq + 1 + skip, after, "f" * 64, account.pk,
        )  # fmt: skip
        self.position += 1

    def seal(self) -> None:
        """The seal, with a leaf that nobody checks here."""
        run(
            "INSERT INTO ledger_seal (entry_id, version, salt, leaf) VALUES (%s, 1, %s, %s)",
            self.pk,
            "0" * 32,
            "0" * 64,
        )


def refused_seal(make) -> None:
    with in_vain():
        make().seal()


def pair(full: Books, debited: str = "rent", credited: str = "supplier", **entry) -> RawEntry:
    raw = RawEntry(**entry)
    raw.post(full.account(debited), "debit", 500)
    raw.post(full.account(credited), "credit", 500)
    return raw
