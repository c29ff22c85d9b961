"""The first page of the office: what waits for each role, from rows, in few queries."""

import re
from datetime import date
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coop.kit import waiting
from coop.people import roles
from coop.people.models import User
from orders.production.models import WorkOrder
from orders.shop.models import OrderMail
from tests.factories.ledger import Books, person
from tests.factories.office import browser, browser_of
from tests.factories.shop import Shop
from tests.office.test_menu import menu_of

pytestmark = pytest.mark.django_db


def lines(user: User) -> dict[str, int]:
    """What her first page says, and how many of it."""
    user.language = "en"
    user.save()
    page = browser_of(user).get("/office/").content.decode()
    found = re.findall(
        r'office-today__count">(\d+)</strong> <span>(.*?)</span>.*?href="([^"]+)"', page, re.DOTALL
    )
    return {sentence: int(count) for count, sentence, _url in found}


def test_the_president_sends_and_the_treasurer_confirms_money(shop: Shop) -> None:
    shop.order((shop.chullo, 1))
    shop.ready_pick_up()

    president, treasurer = lines(shop.president), lines(shop.treasurer)

    assert president["order is complete and can leave."] == 1
    assert "order waits for its money by transfer or phone." not in president
    assert treasurer["order waits for its money by transfer or phone."] == 1


def test_an_order_that_is_not_paid_cannot_leave_yet(shop: Shop) -> None:
    shop.order((shop.chullo, 1))

    assert "order is complete and can leave." not in lines(shop.president)


def test_a_late_order_stands_first(shop: Shop) -> None:
    order = shop.pick_up_order((shop.chullo, 1))
    order.promised_on = shop.day.replace(year=shop.day.year - 1)
    order.save(update_fields=["promised_on"])
    shop.ready_pick_up()

    assert next(iter(lines(shop.president))) == "order has passed the day it was promised for."


def test_mails_that_did_not_go_out_are_told(shop: Shop) -> None:
    shop.order((shop.chullo, 1))
    OrderMail.objects.update(status=OrderMail.Status.FAILED, next_try_at=None)

    assert (
        sum(count for told, count in lines(shop.president).items() if "did not go out" in told)
        == OrderMail.objects.count()
    )


def test_work_without_a_taker_is_counted_in_pieces(shop: Shop) -> None:
    shop.pick_up_order((shop.chullo, 3))

    assert WorkOrder.objects.get().unassigned == 3
    assert lines(shop.president)["pieces have no one who knits them yet."] == 3


def test_nobody_is_asked_to_sign_what_she_receives_or_signed(books) -> None:
    books.put_in_cash("500")
    books.earned("101")
    books.request("100")

    assert lines(books.president)["payment waits for your signature."] == 1
    books.sign_twice(books.request("1"))
    treasurer = lines(books.treasurer)
    assert treasurer["payment waits for your signature."] == 1
    assert treasurer["payment has two signatures: the money can be handed over."] == 1
    assert "payment has two signatures: the money can be handed over." not in lines(books.president)


@pytest.fixture
def books(new_books: Books) -> Books:
    """Books with a chart and people."""
    return new_books


@pytest.mark.parametrize("role", [roles.AUDITOR, roles.CHECKER, roles.EDITOR, roles.STOREKEEPER])
def test_what_is_not_hers_does_not_wait_for_her(shop: Shop, role: str) -> None:
    shop.order((shop.chullo, 1))
    shop.ready_pick_up()

    told = lines(person("Someone", role))

    assert not any("order" in one for one in told)


def test_several_roles_add_up(shop: Shop) -> None:
    shop.order((shop.chullo, 1))
    shop.ready_pick_up()

    told = lines(person("Both", roles.SECRETARY, roles.TREASURER))

    assert told["order is complete and can leave."] == 1
    assert told["order waits for its money by transfer or phone."] == 1


def test_nothing_waits_is_said_kindly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_sources", [])

    page = browser("Aurelia", roles.AUDITOR).get("/office/").content.decode()

    assert "Hoy no te espera nada" in page


@pytest.mark.parametrize("role", [*roles.JUNTA, roles.STOREKEEPER, roles.CHECKER])
def test_every_button_leads_to_a_page_she_may_open(shop: Shop, role: str) -> None:
    shop.order((shop.chullo, 1))
    shop.ready_pick_up()
    shop.pick_up_order((shop.chullo, 3))
    client = browser("Somebody", role)

    for line in client.get("/office/").context["lines"]:
        assert client.get(line.url).status_code == 200, line


def test_the_first_page_costs_the_same_however_much_waits(shop: Shop) -> None:
    user = person("All", *roles.JUNTA, roles.STOREKEEPER, roles.CHECKER, roles.EDITOR)
    client = browser_of(user)
    client.get("/office/")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/office/").status_code == 200
        return len(seen)

    for _one in range(2):
        shop.order((shop.chullo, 1))
    shop.ready_pick_up()
    first = queries()
    for _one in range(3):
        shop.order((shop.chullo, 1))

    assert queries() == first
    # About fifteen of them tell the six steps of her month.
    assert first <= 76


@pytest.mark.parametrize(
    ("role", "most"),
    [
        (roles.SECRETARY, 3),
        (roles.CHECKER, 1),
        (roles.AUDITOR, 1),
        (roles.EDITOR, 2),
        (roles.PRESIDENT, 5),
        (roles.STOREKEEPER, 3),
        (roles.TREASURER, 8),
    ],
)
def test_the_badges_of_the_menu_cost_a_query_or_few(rf, shop: Shop, role: str, most: int) -> None:
    shop.order((shop.chullo, 1))
    shop.ready_pick_up()
    request = rf.get("/office/work/")
    request.user = person("Somebody", role)
    request.user.get_all_permissions()

    with CaptureQueriesContext(connection) as seen:
        waiting.counts_for(request)

    assert len(seen) <= most


@pytest.mark.parametrize("role", [*roles.JUNTA, roles.STOREKEEPER, roles.CHECKER])
def test_a_badge_says_the_same_on_every_page_as_on_the_first(rf, shop: Shop, role: str) -> None:
    shop.order((shop.chullo, 1))
    shop.ready_pick_up()
    shop.pick_up_order((shop.chullo, 3))
    there, here = rf.get("/office/work/"), rf.get("/office/")
    there.user = here.user = person("Somebody", role)

    told = waiting.lines_for(here)

    assert waiting.counts_for(here) == waiting.counts_for(there)
    for menu, count in waiting.counts_for(there).items():
        assert count == sum(line.count for line in told if line.menu == menu)


def test_what_waits_is_asked_for_once_a_request(rf, shop: Shop) -> None:
    request = rf.get("/office/")
    request.user = shop.president
    waiting.lines_for(request)

    with CaptureQueriesContext(connection) as seen:
        waiting.counts_for(request)

    assert not seen.captured_queries


def test_the_badges_of_the_menu_are_the_sums_of_the_lines_that_name_them(shop: Shop) -> None:
    shop.ready_pick_up()

    page = browser_of(shop.president).get("/office/")

    sums: dict[str, int] = {}
    for line in page.context["lines"]:
        if line.place:
            sums[str(line.place)] = sums.get(str(line.place), 0) + line.count
    badges = {
        str(item["label"]): int(attrs["data-waiting"])
        for item in menu_of(page)
        if isinstance(attrs := item["attrs"], dict) and "data-waiting" in attrs
    }
    assert sums == badges
    assert "office-today__place" in page.content.decode()


def test_the_day_is_written_as_it_is_spoken(shop: Shop) -> None:
    shop.president.language = "es"
    shop.president.save()

    with patch("coop.kit.wagtail_hooks.today", return_value=date(2026, 11, 25)):
        page = browser_of(shop.president).get("/office/").content.decode()

    assert "Miércoles, 25 de noviembre de 2026." in page
