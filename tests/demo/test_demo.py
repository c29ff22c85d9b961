"""The demo cooperative: built by the services, sound, and with something to do for everyone."""

import json
import stat
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db.models import F

from catalog.models import Piece, Product
from coop.demo.story import months_before
from coop.kit import days
from coop.kit.audit import findings
from coop.members.models import Member
from coop.people.models import Installation, PinCard, User
from coop.people.services import installation, serve_real_cooperative
from ledger.cash.models import Advance
from ledger.cash.queries import open_handings
from ledger.models import Grant, JournalEntry, Payment
from ledger.queries import account, balance
from orders.production.models import Assignment
from orders.production.queries import missing_wool, needs_of
from orders.shop.models import Order

SMALL = {"members": 11, "months": 1, "products": 18, "orders": 4}
LOGINS = "demo-logins.json"


def kept_logins() -> list[dict[str, str]]:
    """What stands in the file of log-ins."""
    logins: list[dict[str, str]] = json.loads((Path(settings.DATA_DIR) / LOGINS).read_text())
    return logins


def test_a_small_demo_is_sound_and_leaves_everybody_something_to_do(fresh_db: str) -> None:
    printed = StringIO()

    call_command("demo", **SMALL, stdout=printed)

    assert findings() == []
    _the_cooperative_is_complete()
    _every_role_finds_work()
    _the_log_ins_work_and_only_their_owner_reads_them(printed.getvalue())
    with pytest.raises(CommandError, match=r"not empty|vacía"):
        call_command("demo", **SMALL, stdout=StringIO())


def _the_cooperative_is_complete() -> None:
    assert installation().mode == Installation.Mode.DEMO
    assert Member.objects.count() == 11
    assert Member.objects.filter(kind=Member.Kind.HONORARY).count() == 1
    assert Product.objects.listed().count() == 18
    first = JournalEntry.objects.order_by("day").values_list("day", flat=True).first()
    assert first == months_before(days.today(), 1)
    assert not JournalEntry.objects.filter(day__gt=days.today()).exists()
    assert balance(account("bank")).amount > 0
    assert balance(account("cash")).amount > 0
    assert User.objects.filter(is_demo=False).count() == 0


def _every_role_finds_work() -> None:
    offers = Assignment.objects.filter(status=Assignment.Status.OFFERED)
    assert offers.values("member").distinct().count() >= 3
    assert _waiting_for_wool() >= 1
    assert Piece.objects.filter(place=Piece.Place.CHECKER).count() >= 2
    assert Piece.objects.filter(place=Piece.Place.MAKER).exists()
    assert Order.objects.filter(status=Order.Status.PLACED).count() >= 3
    assert Order.objects.filter(status=Order.Status.READY).count() >= 1
    half_signed = Payment.objects.filter(status=Payment.Status.REQUESTED, approvals__isnull=False)
    assert half_signed.filter(payee__isnull=False).exclude(approvals__signer=F("payee")).exists()
    shawls = Product.objects.filter(kind=Product.Kind.UNIQUE, is_listed=True)
    free = [Piece.objects.free().filter(variant__product=one).count() for one in shawls]
    assert sorted(free) == [0, 1]
    assert Advance.objects.overdue(days.today()).exists()
    assert open_handings().exists()
    assert Grant.objects.exists()


def _waiting_for_wool() -> int:
    """How many have said yes and do not hold all the wool of it."""
    taken = Assignment.objects.filter(status=Assignment.Status.TAKEN, delivered=0)
    designs = [(one.member, one.work_order.variant.design) for one in taken]
    return sum(bool(missing_wool(member, needs_of(design))) for member, design in designs)


def _the_log_ins_work_and_only_their_owner_reads_them(printed: str) -> None:
    file = Path(settings.DATA_DIR) / LOGINS
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    logins = kept_logins()
    assert {one["role"] for one in logins} >= {
        "president",
        "secretary",
        "treasurer",
        "vocal",
        "storekeeper",
        "checker",
        "member",
        "honorary member",
        "auditor",
        "editor",
        "buyer",
    }
    assert all(one["secret"] in printed and one["who"] in printed for one in logins)
    by_email = [one for one in logins if "@" in one["who"]]
    for one in by_email:
        user = User.objects.get(email=one["who"])
        assert user.check_password(one["secret"])
        assert authenticate(None, email=one["who"], password=one["secret"]) == user
    assert PinCard.objects.count() == len(logins) - len(by_email) == 11


def test_the_demo_stays_out_of_a_real_cooperatives_house(fresh_db: str) -> None:
    serve_real_cooperative()

    with pytest.raises(CommandError, match=r"real cooperative|cooperativa de verdad"):
        call_command("demo", **SMALL, stdout=StringIO())

    assert installation().mode == Installation.Mode.REAL
    assert User.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"members": 3}, {"months": 0}, {"products": 2}, {"orders": -1}])
def test_a_demo_too_small_to_tell_its_story_is_refused(
    fresh_db: str, wrong: dict[str, int]
) -> None:
    with pytest.raises(CommandError, match=next(iter(wrong))):
        call_command("demo", **{**SMALL, **wrong}, stdout=StringIO())

    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("today", "months", "first_day"),
    [
        (date(2026, 11, 22), 12, date(2025, 11, 22)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_a_story_of_some_months_begins_on_the_same_day(
    today: date, months: int, first_day: date
) -> None:
    assert months_before(today, months) == first_day
