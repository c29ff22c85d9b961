"""Our side, and raw inserts of the same rows into tables without rules beside it."""

import itertools
import random
import secrets
import statistics
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - settings first
from django.utils import timezone  # noqa: E402
from djmoney.money import Money  # noqa: E402

from ledger import queries  # noqa: E402
from ledger.models import Account, JournalEntry  # noqa: E402
from ledger.services import (  # noqa: E402
    NewEntry,
    credit,
    debit,
    install_chart,
    open_account,
    post_entries,
    post_entry,
)
from measure.books.talk import listen  # noqa: E402

DAY = date(2026, 3, 10)
AMOUNT = Money("12.50", "PEN")
_accounts: list[Account] = []
_counter = itertools.count()
_mine = secrets.token_hex(4)


def setup(accounts: int) -> int:
    """A chart, and so many accounts beside it; the first is the busy one. Raw tables stand ready."""
    if not Account.objects.exists():
        install_chart(chart="pe", currency="PEN")
        for number in range(accounts):
            open_account(
                code=f"B{number:04d}",
                name_es=f"B{number}",
                name_en="",
                kind="asset",
                currency="PEN",
            )
        _make_raw_tables()
    _accounts[:] = Account.objects.filter(code__startswith="B").order_by("code")
    return len(_accounts)


def _make_raw_tables() -> None:
    """The columns and indexes of ours; no trigger, no foreign key."""
    with connection.cursor() as cursor:
        for name in ("journalentry", "posting", "seal", "accountbalance", "accountmonth"):
            if connection.vendor == "postgresql":
                cursor.execute(
                    f"CREATE TABLE raw_{name} (LIKE ledger_{name}"
                    " INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES)"
                )
                continue
            cursor.execute(f"PRAGMA table_info(ledger_{name})")
            columns = [(row[1], row[2]) for row in cursor.fetchall()]
            typed = ", ".join(
                f"{column} {kind}" + (" PRIMARY KEY" if at == 0 else "")
                for at, (column, kind) in enumerate(columns)
            )
            cursor.execute(f"CREATE TABLE raw_{name} ({typed})")
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s"
                " AND sql IS NOT NULL",
                [f"ledger_{name}"],
            )
            for (sql,) in cursor.fetchall():
                head, _, rest = sql.partition('" ON "ledger_')
                cursor.execute(f'{head}_raw" ON "raw_{rest}')
        if connection.vendor == "sqlite":  # there it is part of the table's own words
            cursor.execute("CREATE UNIQUE INDEX raw_once ON raw_accountmonth (account_id, month)")
        cursor.execute(
            "INSERT INTO raw_accountbalance (account_id, seq, amount_minor, head)"
            " SELECT account_id, 0, 0, '' FROM ledger_accountbalance"
        )


def fill(postings: int, before: int) -> int:
    """So many postings more, by SQL past the triggers (PostgreSQL): months, seqs and balances are
    right, seals and heads are not: what is read and written afterwards does not look at them.
    """
    ids = [one.pk for one in _accounts]
    values: dict[str, Any] = {
        "ids": ids,
        "n": len(ids),
        "first": before // 2,
        "count": postings // 2,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM ledger_journalentry")
        values["base"] = cursor.fetchone()[0] - values["first"]
        for statement in _FILL:
            cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
        cursor.execute("SELECT COUNT(*) FROM ledger_posting")
        return int(cursor.fetchone()[0])


_FILL = (
    """
    INSERT INTO ledger_journalentry (id, day, kind, memo, reference, created_at)
    SELECT %(base)s + e, DATE '2020-01-01' + (e %% 2200)::int, 'hand', '', 'fill:' || e, now()
      FROM generate_series(%(first)s + 1, %(first)s + %(count)s) AS e""",
    """
    INSERT INTO ledger_posting
           (entry_id, position, account_id, day, side, amount_minor, seq, balance_after)
    SELECT r.entry, r.s - 1, r.account, r.day, CASE r.s WHEN 1 THEN 'debit' ELSE 'credit' END,
           r.amount, b.seq + row_number() OVER w,
           b.amount_minor + SUM(CASE r.s WHEN 1 THEN r.amount ELSE -r.amount END) OVER w
      FROM (SELECT %(base)s + e AS entry, s, DATE '2020-01-01' + (e %% 2200)::int AS day,
                   1000 + 100 * (e %% 90) AS amount,
                   (%(ids)s::bigint[])[
                       CASE WHEN s = 1 AND e %% 5 = 0 THEN 1
                            WHEN s = 1 THEN 2 + (e * 7) %% (%(n)s - 1)
                            ELSE 2 + (e * 11 + 3) %% (%(n)s - 1) END] AS account
              FROM generate_series(%(first)s + 1, %(first)s + %(count)s) AS e,
                   generate_series(1, 2) AS s) r
      JOIN ledger_accountbalance b ON b.account_id = r.account
    WINDOW w AS (PARTITION BY r.account ORDER BY r.entry, r.s)""",
    """
    UPDATE ledger_accountbalance b
       SET seq = p.seq, amount_minor = p.balance_after, head = repeat('f', 64)
      FROM (SELECT DISTINCT ON (account_id) account_id, seq, balance_after
              FROM ledger_posting ORDER BY account_id, seq DESC) p
     WHERE p.account_id = b.account_id""",
    "DELETE FROM ledger_accountmonth",
    """
    INSERT INTO ledger_accountmonth (account_id, month, debits_minor, credits_minor)
    SELECT account_id, date_trunc('month', day)::date,
           SUM(CASE side WHEN 'debit' THEN amount_minor ELSE 0 END),
           SUM(CASE side WHEN 'credit' THEN amount_minor ELSE 0 END)
      FROM ledger_posting GROUP BY 1, 2""",
    """
    INSERT INTO ledger_seal (entry_id, version, salt, leaf)
    SELECT e.id, 2, repeat('0', 32), repeat('0', 64) FROM ledger_journalentry e
     WHERE NOT EXISTS (SELECT 1 FROM ledger_seal s WHERE s.entry_id = e.id)""",
    """
    SELECT setval(pg_get_serial_sequence('ledger_journalentry', 'id'),
                  (SELECT MAX(id) FROM ledger_journalentry))""",
)


def _pair(of: list[Account] | None = None) -> tuple[Account, Account]:
    some = of or _accounts[1:]
    one, two = random.sample(range(len(some)), 2)
    return some[one], some[two]


def _new(of: list[Account] | None = None) -> dict[str, Any]:
    one, two = _pair(of)
    return {
        "day": DAY,
        "kind": JournalEntry.Kind.OPENING,
        "memo": "bench",
        "lines": [debit(one, AMOUNT), credit(two, AMOUNT)],
        "reference": f"bench:{_mine}:{next(_counter)}",
        "created_by": None,
    }


def post(count: int) -> float:
    """Seconds for so many entries of two postings, committed one by one."""
    began = time.perf_counter()
    for _ in range(count):
        post_entry(**_new())
    return time.perf_counter() - began


def bulk(count: int) -> float:
    """Seconds for so many entries at once."""
    began = time.perf_counter()
    post_entries([NewEntry(**_new()) for _ in range(count)])
    return time.perf_counter() - began


# Raw rows -----------------------------------------------------------------------------------
_raw_keys = itertools.count(secrets.randbits(40) << 20)
_ENTRY = "INSERT INTO raw_journalentry (id, day, kind, memo, reference, created_at) VALUES "
_POSTING = (
    "INSERT INTO raw_posting"
    " (id, entry_id, position, account_id, day, side, amount_minor, seq, balance_after) VALUES "
)
_SEAL = "INSERT INTO raw_seal (entry_id, version, salt, leaf) VALUES "
_BALANCE = (
    "UPDATE raw_accountbalance SET seq = seq + 1, amount_minor = amount_minor + %s, head = %s"
    " WHERE account_id = %s"
)
_MONTH = (
    "INSERT INTO raw_accountmonth (account_id, month, debits_minor, credits_minor)"
    " VALUES (%s, %s, %s, %s) ON CONFLICT (account_id, month) DO UPDATE SET"
    " debits_minor = raw_accountmonth.debits_minor + excluded.debits_minor,"
    " credits_minor = raw_accountmonth.credits_minor + excluded.credits_minor"
)


def _raw_rows(
    moment: datetime, of: list[Account] | None = None
) -> tuple[tuple[Any, ...], list[tuple[Any, ...]], tuple[Any, ...]]:
    one, two = _pair(of)
    key = next(_raw_keys)
    day = connection.ops.adapt_datefield_value(DAY)
    at = connection.ops.adapt_datetimefield_value(moment)
    entry = (key, day, "opening", "bench", f"bench:{key}", at)
    postings = [
        (2 * key + side, key, side, account.pk, day, ("debit", "credit")[side], 1250, key, 1250)
        for side, account in enumerate((one, two))
    ]
    return entry, postings, (key, 2, "0" * 32, "0" * 64)


def raw_post(count: int, of: list[Account] | None = None) -> float:
    """Seconds for the same rows, three statements in a transaction each."""
    began = time.perf_counter()
    for _ in range(count):
        entry, postings, seal = _raw_rows(timezone.now(), of)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{_ENTRY}(%s, %s, %s, %s, %s, %s)", entry)
            marks = "(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
            cursor.execute(f"{_POSTING}{marks}, {marks}", [*postings[0], *postings[1]])
            cursor.execute(f"{_SEAL}(%s, %s, %s, %s)", seal)
    return time.perf_counter() - began


def rows_post(count: int, of: list[Account] | None = None) -> float:
    """Seconds for every row that ours writes, balances and months too, and no rule about any."""
    began = time.perf_counter()
    for _ in range(count):
        entry, postings, seal = _raw_rows(timezone.now(), of)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{_ENTRY}(%s, %s, %s, %s, %s, %s)", entry)
            marks = "(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
            cursor.execute(f"{_POSTING}{marks}, {marks}", [*postings[0], *postings[1]])
            for posting in sorted(postings, key=lambda row: row[3]):
                debit = posting[6] if posting[5] == "debit" else 0
                values = (posting[3], DAY.replace(day=1), debit, posting[6] - debit)
                cursor.execute(_BALANCE, (2 * debit - posting[6], "0" * 64, posting[3]))
                cursor.execute(_MONTH, values)
            cursor.execute(f"{_SEAL}(%s, %s, %s, %s)", seal)
    return time.perf_counter() - began


def raw_bulk(count: int) -> float:
    """Seconds for the same rows at once: COPY, on SQLite executemany."""
    began = time.perf_counter()
    moment = timezone.now()
    made = [_raw_rows(moment) for _ in range(count)]
    tables = (
        (_ENTRY, [entry for entry, _, _ in made]),
        (_POSTING, [row for _, both, _ in made for row in both]),
        (_SEAL, [seal for _, _, seal in made]),
    )
    with transaction.atomic(), connection.cursor() as cursor:
        for insert, rows in tables:
            if connection.vendor == "postgresql":
                head = insert.removeprefix("INSERT INTO ").removesuffix(" VALUES ")
                with cursor.copy(f"COPY {head} FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                continue
            cursor.executemany(f"{insert}({', '.join(['%s'] * len(rows[0]))})", rows)
    return time.perf_counter() - began


# Reading ------------------------------------------------------------------------------------
def _timed(work: Callable[[], object], rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def balance(rounds: int) -> float:
    """Seconds for the balance of the busy account."""
    busy = _accounts[0]
    return _timed(lambda: queries.balance(busy), rounds)


def balance_on(rounds: int) -> float:
    """Seconds for its balance as of a day."""
    busy = _accounts[0]
    return _timed(lambda: queries.balance_on(busy, date(2024, 3, 17)), rounds)


def trial(rounds: int) -> float:
    """Seconds for the trial balance."""
    return _timed(queries.trial_balance, rounds)


def trial_on(rounds: int) -> float:
    """Seconds for the trial balance as of a day."""
    return _timed(lambda: queries.trial_balance(date(2024, 3, 17)), rounds)


def statement(rounds: int) -> float:
    """Seconds for the newest fifty postings of the busy account with the balance after each."""
    busy = _accounts[0]

    def page() -> list[queries.StatementRow]:
        return list(queries.Statement(busy)[:50])

    return _timed(page, rounds)


def work(share: int, of: int, seconds: float, kind: str) -> int:
    """How many entries one of `of` writers commits in so many seconds, on accounts of its own."""
    own = _accounts[1 + share :: of]
    ends, done = time.perf_counter() + seconds, 0
    while time.perf_counter() < ends:
        if kind != "ours":
            {"raw": raw_post, "rows": rows_post}[kind](1, own)
        else:
            post_entry(**_new(own))
        done += 1
    return done


if __name__ == "__main__":
    listen({
        "setup": setup, "fill": fill, "post": post, "bulk": bulk, "raw_post": raw_post,
        "rows_post": rows_post,
        "raw_bulk": raw_bulk, "balance": balance, "balance_on": balance_on, "trial": trial,
        "trial_on": trial_on, "statement": statement, "work": work,
    })  # fmt: skip
