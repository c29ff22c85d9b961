"""What the database itself refuses, also from raw SQL, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from coop.kit import triggers
from coop.kit.checks import triggers_are_there
from ledger.models import JournalEntry, Payment
from ledger.services import close_period, gather_block, reverse_entry, sign_payment
from tests.factories.ledger import DAY, Books
from tests.ledger.behind import run

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
on_sqlite = pytest.mark.usefixtures("only_sqlite")
on_postgresql = pytest.mark.usefixtures("only_postgresql")


@pytest.fixture
def full(books: Books) -> Books:
    """A row in every table of the ledger."""
    books.put_in_cash("100")
    earned = books.earned("60")
    books.pay("20")
    books.request("10")
    reverse_entry(entry=books.earned("5"), reason="x", day=DAY, actor=books.treasurer)
    close_period(last_day=date(2026, 1, 31), actor=books.treasurer)
    assert gather_block() is not None
    books.earned("1")
    assert earned.pk
    return books


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


def refused_seal(make) -> None:
    with in_vain():
        make().seal()


def test_an_entry_without_postings_is_not_sealed(full: Books):
    refused_seal(RawEntry)


def test_an_entry_with_one_posting_is_not_sealed(full: Books):
    def make() -> RawEntry:
        entry = RawEntry()
        entry.post(full.account("rent"), "debit", 500)
        return entry

    refused_seal(make)


def pair(full: Books, debited: str = "rent", credited: str = "supplier", **entry) -> RawEntry:
    raw = RawEntry(**entry)
    raw.post(full.account(debited), "debit", 500)
    raw.post(full.account(credited), "credit", 500)
    return raw


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


def test_money_does_not_leave_unsigned(full: Books):
    refused_seal(lambda: pair(full, credited="cash"))
    refused_seal(lambda: pair(full, credited="cash", kind="member_paid"))
    refused_seal(lambda: pair(full, credited="cash", kind="an unheard of kind"))


def test_exempt_kinds_have_rules_of_their_own(full: Books):
    refused_seal(lambda: pair(full, credited="cash", kind="transfer"))
    refused_seal(lambda: pair(full, debited="receivable", credited="cash", kind="bank_charge"))
    with transaction.atomic():
        pair(full, credited="cash", kind="bank_charge").seal()


def test_a_reversal_mirrors_its_entry(full: Books):
    original = full.earned("5")
    with in_vain():
        raw = RawEntry(kind="reversal", reverses_id=original.pk)
        raw.post(full.account("finished_pieces"), "credit", 499)
        raw.post(full.rosas, "debit", 499)
        raw.seal()
    with in_vain():
        RawEntry(kind="reversal")


def test_a_reversal_is_not_a_way_to_take_money(full: Books):
    original = full.earned("5")
    refused_seal(lambda: pair(full, credited="cash", kind="reversal", reverses_id=original.pk))


def signed(full: Books, amount: str = "5") -> Payment:
    return full.sign_twice(full.request(amount))


def test_a_signed_payment_pays_just_what_was_signed(full: Books):
    payment = signed(full)

    def make(minor: int, to) -> RawEntry:
        raw = RawEntry(kind="member_paid", payment_id=payment.pk)
        raw.post(to, "debit", minor)
        raw.post(full.account("cash"), "credit", minor)
        return raw

    refused_seal(lambda: make(501, full.rosas))
    refused_seal(lambda: make(500, full.account("losses")))
    with transaction.atomic():
        make(500, full.rosas).seal()


def test_nothing_rides_along_with_a_payment(full: Books):
    payment = signed(full)

    def make() -> RawEntry:
        raw = RawEntry(kind="member_paid", payment_id=payment.pk)
        raw.post(full.rosas, "debit", 500)
        raw.post(full.account("cash"), "credit", 500)
        raw.post(full.account("losses"), "debit", 100)
        raw.post(full.account("cash"), "credit", 100)
        return raw

    refused_seal(make)


def test_one_signature_is_not_two(full: Books):
    payment = full.request("5")
    sign_payment(payment=payment, signer=full.treasurer, on=DAY)
    refuse("UPDATE ledger_payment SET status = 'signed' WHERE id = %s", payment.pk)
    refuse(
        "INSERT INTO ledger_approval (payment_id, signer_id, from_account_id, to_account_id,"
        " payee_id, payee_name, amount_minor, currency, signed_on, created_at)"
        " SELECT payment_id, signer_id, from_account_id, to_account_id, payee_id, payee_name,"
        " amount_minor, currency, signed_on, created_at FROM ledger_approval"
        " WHERE payment_id = %s",
        payment.pk,
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount_minor", "501"),
        ("signer_id", "payee_id"),
        ("payee_id", "signer_id"),
        ("currency", "'USD'"),
        ("to_account_id", "from_account_id"),
    ],
)
def test_a_signature_holds_what_the_payment_says(full: Books, column: str, value: str):
    payment = full.request("5")
    columns = {
        "payment_id": "id",
        "signer_id": str(full.president.pk),
        "from_account_id": "from_account_id",
        "to_account_id": "to_account_id",
        "payee_id": "payee_id",
        "payee_name": "payee_name",
        "amount_minor": "amount_minor",
        "currency": "currency",
        "signed_on": "requested_on",
        "created_at": "created_at",
    }

    def insert(**changed: str) -> str:
        values = columns | changed
        return (
            f"INSERT INTO ledger_approval ({', '.join(values)})"
            f" SELECT {', '.join(values.values())} FROM ledger_payment WHERE id = {payment.pk}"
        )

    wrong = str(full.president.pk) if value == "signer_id" else value
    refuse(insert(**{column: wrong}))
    assert run(insert()) == 1


@pytest.mark.parametrize(
    "change",
    [
        "amount_minor = amount_minor + 1",
        "payee_id = requested_by_id",
        "to_account_id = to_account_id + 1",
        "from_account_id = from_account_id + 1",
        "kind = 'hand'",
        "purpose = 'other'",
        "reference = 'other'",
        "status = 'paid'",
        "status = 'signed'",
        "requested_on = '2020-01-01'",
    ],
)
def test_a_payment_keeps_what_was_asked_for(full: Books, change: str):
    """With one signature under it, nothing of it moves but the status, and that by the rules."""
    payment = full.request("5")
    sign_payment(payment=payment, signer=full.treasurer, on=DAY)
    refuse(f"UPDATE ledger_payment SET {change} WHERE id = %s", payment.pk)


@pytest.mark.parametrize("status", ["requested", "signed", "void"])
def test_a_paid_payment_stays_paid(full: Books, status: str):
    refuse("UPDATE ledger_payment SET status = %s WHERE status = 'paid'", status)


def test_a_payment_is_not_born_signed(full: Books):
    refuse(
        "INSERT INTO ledger_payment (status, kind, from_account_id, to_account_id, payee_id,"
        " payee_name, amount_minor, currency, purpose, reference, requested_by_id, requested_on,"
        " created_at) SELECT 'signed', kind, from_account_id, to_account_id, payee_id, payee_name,"
        " amount_minor, currency, purpose, 'born', requested_by_id, requested_on, created_at"
        " FROM ledger_payment WHERE status = 'paid'"
    )


APPEND_ONLY = [
    "ledger_journalentry",
    "ledger_posting",
    "ledger_seal",
    "ledger_block",
    "ledger_blockitem",
    "ledger_period",
    "ledger_approval",
    "ledger_paymentevent",
]
NEVER_DELETED = [*APPEND_ONLY, "ledger_accountbalance", "ledger_accountmonth", "ledger_payment"]


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
