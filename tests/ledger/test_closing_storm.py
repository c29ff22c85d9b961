"""Several programs post into a year while two people close it, month by month."""

import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from djmoney.money import Money

from ledger import queries
from ledger.models import Closing, ClosingEntry, JournalEntry, Period
from ledger.services import credit, debit, gather_all, install_chart, post_entry, record_rate
from tests.factories.ledger import Books
from tests.harness import databases, run
from tests.ledger.raw import RawEntry
from tests.ledger.test_audit import findings

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
WRITERS = 3
BEGIN = """
import collections, json, random, sys
from datetime import date, timedelta
import django
django.setup()
from django.db import transaction
from djmoney.money import Money
from coop.people.models import User
from ledger import queries
from ledger.errors import LedgerError
from ledger.models import Account
from ledger.services import credit, debit, post_entry, request_closing, sign_closing
from ledger.services.posting import hold_accounts
LAST = date(2025, 12, 31)
told = collections.Counter()
"""
#: Posts on any day of the year and the month after it, alone or two together, until all is closed.
WRITER = (
    BEGIN
    + """
me = sys.argv[1]
random.seed(me)
roles = ["rent", "supplier", "sales", "receivable", "exchange"]
accounts = Account.objects.filter(role__in=roles, currency="PEN")
actor = User.objects.get(username="u-tomasa")
number = 0
while queries.closed_until() != LAST or not told["posted"]:
    one, two = random.sample(list(accounts), 2)
    amount = Money(random.randint(1, 9999), "PEN") / 100
    try:
        with transaction.atomic():
            hold_accounts([one, two])
            for _ in range(random.choice([1, 1, 2])):
                number += 1
                post_entry(
                    day=date(2025, 1, 1) + timedelta(days=random.randrange(395)), kind="hand",
                    memo="", lines=[debit(one, amount), credit(two, amount)],
                    reference=f"storm:{me}:{number}", created_by=actor,
                )
        told["posted"] += 1
    except LedgerError as refusal:
        told[type(refusal).__name__] += 1
print(json.dumps(told))
"""
)
#: Signs whatever waits; who asks also asks for the next month.
CLOSER = (
    BEGIN
    + """
me, asks = User.objects.get(username=sys.argv[1]), sys.argv[1] == "u-tomasa"
while (closed := queries.closed_until()) != LAST:
    waiting = queries.closing_waiting()
    begins = closed + timedelta(days=1) if closed else date(2025, 1, 1)
    ends = (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    try:
        if waiting is None and asks:
            request_closing(last_day=ends, actor=me)
        elif waiting is not None and not waiting.signatures.filter(signer=me).exists():
            sign_closing(closing=waiting, signer=me)
            told["signed"] += 1
    except LedgerError as refusal:
        told[type(refusal).__name__] += 1
print(json.dumps(told))
"""
)


def _together(*programs: tuple[str, str]) -> list[dict[str, int]]:
    """Run them at once; what each says it did."""
    env = os.environ | {
        "DATABASE_URL": databases.url_of(str(connection.settings_dict["NAME"])),
        "DJANGO_SETTINGS_MODULE": "coop.settings.test",
        "MINKA_DATA": str(run.own_data_dir()),
        "PYTHONPATH": f"{run.ROOT}:{run.ROOT / 'bin' / 'lib'}",
    }
    connection.close()
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, who],
            env=env, cwd=run.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for program, who in programs
    ]  # fmt: skip
    answers = [one.communicate(timeout=300) for one in running]
    for program, (_out, err) in zip(running, answers, strict=True):
        assert program.returncode == 0, err[-2000:]
    return [json.loads(out.splitlines()[-1]) for out, _err in answers]


def _abroad(books: Books) -> None:
    """Dollars that were exchanged, at a rate that moves: each closing revalues them."""
    install_chart(chart="pe", currency="USD")
    for month in range(1, 13):
        record_rate(
            currency="USD", day=date(2025, month, 1), rate=Decimal(360 + month) / 100,
            actor=books.treasurer, insisted=True,
        )  # fmt: skip
    accounts = {one: queries.account(one, "USD") for one in ("bank", "exchange")}
    post_entry(
        day=FIRST, kind="opening", memo="", reference="abroad", created_by=books.treasurer,
        lines=[
            debit(accounts["bank"], Money(500, "USD")),
            credit(accounts["exchange"], Money(500, "USD")),
            debit(books.account("exchange"), Money(1805, "PEN")),
            credit(books.account("opening_equity"), Money(1805, "PEN")),
        ],
    )  # fmt: skip


@pytest.mark.storm
def test_nobody_writes_into_a_month_that_two_have_closed(fresh_db: str):
    """Who loses reads a refusal, never an error; nobody waits for a lock for ever."""
    _abroad(Books())
    told = _together(
        (CLOSER, "u-tomasa"), (CLOSER, "u-petra"), *((WRITER, str(n)) for n in range(WRITERS))
    )

    closers, writers = told[:2], told[2:]
    assert all(one["signed"] >= 12 for one in closers)
    assert all(one["posted"] for one in writers)
    refusals = {name for one in writers for name in one} - {"posted"}
    assert refusals, "nobody met a closed day: this was no storm"
    assert refusals <= {"PeriodClosed", "ClosedMeanwhile"}
    assert Period.objects.count() == 12
    for closing in Closing.objects.filter(status="closed"):
        first = closing.last_day.replace(day=1)
        days = JournalEntry.objects.filter(day__range=(first, closing.last_day))
        made = ClosingEntry.objects.filter(closing=closing).values("entry")
        assert days.exclude(pk__in=made).count() == closing.entries
    gather_all()
    assert findings() == []

    # The audit would have seen it: one entry in a closed month, past the rule.
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("DROP TRIGGER ledger_seal_insert_rules")
    with transaction.atomic():
        raw = RawEntry(day=date(2025, 5, 5))
        for role, side in (("rent", "debit"), ("supplier", "credit")):
            raw.post(queries.account(role), side, 500)
        raw.seal()
    assert any("up to 2025-05-31 closed" in one for one in findings())
