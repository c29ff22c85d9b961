"""django-hordak's side: runs in its own environment, so it imports nothing of the house's."""

import os
import random
import statistics
import time
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import django
from django.conf import settings

from measure.books.talk import listen

_parts = urlsplit(os.environ["DATABASE_URL"])
_host = parse_qs(_parts.query).get("host", [_parts.hostname or ""])[0]
settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _parts.path[1:],
            "HOST": _host,
            "PORT": str(_parts.port or ""),
            "USER": unquote(_parts.username or ""),
            "PASSWORD": unquote(_parts.password or ""),
            "CONN_MAX_AGE": None,
        }
    },
    INSTALLED_APPS=[
        "django.contrib.contenttypes", "django.contrib.auth", "mptt", "djmoney", "hordak",
    ],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    DEFAULT_CURRENCY="PEN",
    CURRENCIES=["PEN"],
    HORDAK_DECIMAL_PLACES=2,
)  # fmt: skip
django.setup()

from django.core.management import call_command  # noqa: E402 - settings first
from django.db import connection, transaction  # noqa: E402
from hordak.models import Account, Leg, LegView, Transaction  # noqa: E402
from moneyed import Money  # noqa: E402

DAY = date(2026, 3, 10)
_accounts: list[Any] = []


def setup(accounts: int) -> int:
    """Migrated, with so many accounts; the first is the busy one."""
    call_command("migrate", verbosity=0)
    _accounts.extend(
        Account.objects.create(
            name=f"B{number}", code=f"{number:04d}", type="AS", currencies=["PEN"]
        )
        for number in range(accounts)
    )
    return len(_accounts)


def fill(postings: int, before: int) -> int:
    """So many legs more, by SQL past its triggers: the same events as on our side."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        keys = [one.pk for one in _accounts]
        values: dict[str, Any] = {
            "keys": keys,
            "n": len(keys),
            "first": before // 2,
            "count": postings // 2,
        }
        # What was measured before has taken keys of its own.
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM hordak_transaction")
        values["base"] = cursor.fetchone()[0] - values["first"]
        cursor.execute(
            "INSERT INTO hordak_transaction (id, uuid, timestamp, date, description)"
            " SELECT %(base)s + e, gen_random_uuid(), now(), DATE '2020-01-01' + (e %% 2200)::int, ''"
            " FROM generate_series(%(first)s + 1, %(first)s + %(count)s) AS e",
            values,
        )
        cursor.execute(
            "INSERT INTO hordak_leg"
            " (uuid, transaction_id, account_id, debit, credit, currency, description)"
            " SELECT gen_random_uuid(), %(base)s + e, (%(keys)s::int[])["
            "   CASE WHEN s = 1 AND e %% 5 = 0 THEN 1"
            "        WHEN s = 1 THEN 2 + (e * 7) %% (%(n)s - 1)"
            "        ELSE 2 + (e * 11 + 3) %% (%(n)s - 1) END],"
            " CASE WHEN s = 1 THEN 10 + e %% 90 END, CASE WHEN s = 2 THEN 10 + e %% 90 END,"
            " 'PEN', ''"
            " FROM generate_series(%(first)s + 1, %(first)s + %(count)s) AS e,"
            " generate_series(1, 2) AS s ORDER BY e, s",
            values,
        )
        for table in ("transaction", "leg"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('hordak_{table}', 'id'),"  # noqa: S608
                f" (SELECT MAX(id) FROM hordak_{table}))"
            )
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
    return Leg.objects.count()


def _pair() -> tuple[Any, Any]:
    one, two = random.sample(range(1, len(_accounts)), 2)
    return _accounts[one], _accounts[two]


def post(count: int) -> float:
    """Seconds for so many transactions of two legs, committed one by one."""
    began = time.perf_counter()
    for _ in range(count):
        one, two = _pair()
        with transaction.atomic():
            one.transfer_to(two, Money("12.50", "PEN"), date=DAY, description="bench")
    return time.perf_counter() - began


def bulk(count: int) -> float:
    """Seconds for so many at once, by its models and bulk_create."""
    began = time.perf_counter()
    with transaction.atomic():
        made = Transaction.objects.bulk_create(
            Transaction(date=DAY, description="bench") for _ in range(count)
        )
        legs = []
        for one in made:
            debited, credited = _pair()
            amount = Money("12.50", "PEN")
            legs.append(Leg(transaction=one, account=debited, debit=amount))
            legs.append(Leg(transaction=one, account=credited, credit=amount))
        Leg.objects.bulk_create(legs, batch_size=5000)
    return time.perf_counter() - began


def _timed(work: Any, rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def balance(rounds: int) -> float:
    """Seconds for the balance of the busy account, the quicker of its two ways."""
    busy = _accounts[0]
    return min(_timed(busy.get_balance, rounds), _timed(busy.get_simple_balance, rounds))


def trial(rounds: int) -> float:
    """Seconds for every account with its balance."""
    return _timed(lambda: list(Account.objects.with_balances()), rounds)


def statement(rounds: int) -> float:
    """Seconds for the newest fifty legs of the busy account with balances, its quicker view."""
    busy = _accounts[0]
    newest = (DAY + timedelta(days=1)).isoformat()

    def by_view() -> None:
        list(LegView.objects.filter(account=busy).order_by("-date", "-leg_id")[:50])

    def by_function() -> None:
        legs = busy.legs.filter(transaction__date__lte=newest).with_account_balance_after()
        list(legs.order_by("-transaction__date", "-id")[:50])

    quick = _timed(by_view, 1)
    if quick < _timed(by_function, 1):
        return min(quick, _timed(by_view, rounds))
    return _timed(by_function, rounds)


if __name__ == "__main__":
    listen({
        "setup": setup, "fill": fill, "post": post, "bulk": bulk, "balance": balance,
        "trial": trial, "statement": statement,
    })  # fmt: skip
