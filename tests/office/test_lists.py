"""Lists of the office: open orders first, narrowed, sorted, taken away as a table."""

import csv
import re
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.test import RequestFactory

from coop.kit.lists import Sorting, csv_answer
from orders.shop.models import Order
from orders.shop.services import cancel_order
from tests.factories.office import browser_of
from tests.factories.shop import Shop

INDEX = "/office/shop/orders/"


def numbers(shop: Shop, query: str = "") -> list[int]:
    page = browser_of(shop.treasurer).get(INDEX + query)
    assert page.status_code == 200
    return [int(one) for one in re.findall(r">#(\d+)</a>", page.content.decode())]


def test_what_is_over_is_shown_when_it_is_asked_for(shop: Shop) -> None:
    cancelled = shop.order((shop.chullo, 1))
    cancel_order(order=cancelled, actor=shop.president, why="A slip.")
    shop.order((shop.chullo, 1))

    assert numbers(shop) == [2]
    assert numbers(shop, "?status=cancelled") == [1]
    assert numbers(shop, "?status=all") == [2, 1]
    assert numbers(shop, "?search=1") == [1]


def test_orders_by_what_is_to_be_done(shop: Shop) -> None:
    shop.order((shop.chullo, 1))
    late = shop.pick_up_order((shop.chullo, 1))
    Order.objects.filter(pk=late.pk).update(promised_on=shop.day - timedelta(days=1))
    shop.ready_pick_up()

    assert numbers(shop, "?show=unpaid") == [1]
    assert numbers(shop, "?show=late") == [2]
    assert numbers(shop, "?show=to_send") == [3]
    assert numbers(shop, "?show=claimed") == []
    assert numbers(shop, "?show=overdue") == []


def test_orders_are_sorted_by_a_columns_head(shop: Shop) -> None:
    shop.order((shop.chullo, 2))
    shop.order((shop.chullo, 1))

    assert numbers(shop, "?sort=total") == [2, 1]
    assert numbers(shop, "?sort=-total") == [1, 2]
    assert numbers(shop, "?sort=customer_email") == [2, 1]


def test_orders_by_day(shop: Shop) -> None:
    shop.order((shop.chullo, 1))

    assert numbers(shop, f"?until={shop.day - timedelta(days=1)}") == []
    assert numbers(shop, f"?since={shop.day}") == [1]


def test_the_table_has_what_the_list_found_and_no_address(shop: Shop) -> None:
    shop.order((shop.chullo, 1))

    answer = browser_of(shop.treasurer).get(INDEX, {"as": "csv"})

    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["1"]
    assert "@" not in answer.content.decode()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@here", " =1+1", "＝1"])
def test_a_table_holds_nothing_that_a_spreadsheet_reckons(text: str) -> None:
    answer = csv_answer("x", ["head"], [[text]])

    assert f"'{text}" in answer.content.decode()


def test_where_semicolons_part_cells_nothing_is_reckoned_either() -> None:
    answer = csv_answer("x", ["head"], [["Ana; =1+1"]])

    assert "Ana;' =1+1" in answer.content.decode()


def test_figures_and_days_stay_figures_and_days() -> None:
    answer = csv_answer("x", ["head"], [[Decimal("-1.50"), -3, date(2026, 11, 26), None]])

    assert answer.content.decode().splitlines()[1] == "-1.50,-3,2026-11-26,"


def test_a_column_says_how_it_is_sorted_and_turns_round() -> None:
    sorting = Sorting(
        RequestFactory().get("/", {"sort": "total", "p": "3"}),
        {"total": ["total", "-pk"], "day": ["day"]},
        default="day",
    )

    assert sorting["total"].state == "ascending"
    assert sorting["total"].url == "?sort=-total"
    assert sorting["day"].state == ""
    assert sorting.fields == ["total", "-pk"]
