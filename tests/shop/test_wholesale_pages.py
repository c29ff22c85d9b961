"""The pages of a buyer."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.formats import date_format

from catalog.services import change_price
from coop.kit.days import next_month
from orders.shop.models import Buyer, Order
from orders.shop.services import ship_order
from tests.factories.shop import Shop, findings, soles
from tests.shop.pages import text
from tests.shop.test_office import as_


@pytest.fixture
def hotel(shop: Shop) -> Buyer:
    """A buyer with an account."""
    return shop.buyer()


def send(browser: Client, data: str) -> Any:
    """Upload a list."""
    file = SimpleUploadedFile("list.csv", data.encode())
    return browser.post("/en/wholesale/upload/", {"file": file}, follow=True)


def sealed_in(page: Any) -> str:
    """The sealed list of a preview."""
    return re.search(r'name="sealed" value="([^"]*)"', page.content.decode())[1]


def a_list(shop: Shop, quantity: int = 25) -> str:
    """A list that works."""
    day = shop.day + timedelta(days=30)
    return f"design,quantity,date\n{shop.puppet.sku},{quantity},{day}\n"


def test_whoever_did_not_come_in_is_asked_to(shop: Shop, client: Client) -> None:
    page = client.get("/en/wholesale/")

    assert page.status_code == 302
    assert "login" in page.url


def test_whoever_is_no_buyer_is_told_how_to_become_one(shop: Shop) -> None:
    page = as_(shop.person("Guest")).get("/en/wholesale/")

    assert page.status_code == 403
    assert "Yours is not one of them yet" in text(page)


def test_a_buyer_sees_her_prices_and_no_others(shop: Shop, hotel: Buyer) -> None:
    said = text(as_(hotel.user).get("/en/wholesale/"))

    assert "S/ 12.00" in said
    assert "S/ 18.00" not in said
    assert "Shawl" not in said


def test_the_list_to_fill_in_is_downloaded(shop: Shop, hotel: Buyer) -> None:
    file = as_(hotel.user).get("/en/wholesale/prices.csv")

    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert file.content.decode("utf-8-sig").splitlines()[:2] == [
        "design;quantity;date;name;size;colour;price",
        f"{shop.puppet.sku};;;Puppet;;;S/\xa012.00",
    ]
    assert file.headers["Content-Disposition"] == 'attachment; filename="minka-order.csv"'
    spanish = as_(hotel.user).get("/es/wholesale/prices.csv")
    assert 'filename="minka-pedido.csv"' in spanish.headers["Content-Disposition"]


def test_a_list_is_shown_before_it_is_ordered(shop: Shop, hotel: Buyer) -> None:
    browser = as_(hotel.user)

    page = send(browser, a_list(shop))
    assert "Is this what you order?" in text(page)
    assert "S/ 300.00" in text(page)
    assert not Order.objects.exists()
    sealed = sealed_in(page)
    done = browser.post("/en/wholesale/confirm/", {"sealed": sealed}, follow=True)
    again = browser.post("/en/wholesale/confirm/", {"sealed": sealed}, follow=True)

    order = Order.objects.get()
    assert done.redirect_chain[-1] == again.redirect_chain[-1]
    assert (order.total, order.buyer) == (soles("300.00"), hotel)
    assert order.events.first().actor == hotel.user
    assert findings() == []


def test_the_same_list_again_is_asked_about(shop: Shop, hotel: Buyer) -> None:
    browser = as_(hotel.user)
    sealed = sealed_in(send(browser, a_list(shop)))
    browser.post("/en/wholesale/confirm/", {"sealed": sealed})

    assert "You ordered exactly the same on" in text(send(browser, a_list(shop)))
    assert "exactly the same" not in text(send(browser, a_list(shop, 26)))


def test_mistakes_are_named_by_line(shop: Shop, hotel: Buyer) -> None:
    page = send(as_(hotel.user), "design,quantity,date\nGOAT,x,2001-01-01\n")

    assert page.status_code == 200
    said = text(page)
    assert "The list has 3 mistakes." in said
    assert "Line 2: “GOAT” is not in your price list." in said
    assert "Line 2: the date 2001-01-01 has passed." in said
    assert not Order.objects.exists()


def test_no_file_is_said_beside_the_field(shop: Shop, hotel: Buyer) -> None:
    page = as_(hotel.user).post("/en/wholesale/upload/", {})

    assert page.status_code == 200
    assert "Choose the file with your list." in text(page)


def test_a_list_made_up_or_of_another_buyer_is_not_ordered(shop: Shop, hotel: Buyer) -> None:
    sealed = sealed_in(send(as_(hotel.user), a_list(shop)))
    other = shop.buyer("Museum")

    for word in (sealed, sealed[:-3] + "abc", "", "x:y:z"):
        page = as_(other.user).post("/en/wholesale/confirm/", {"sealed": word}, follow=True)
        assert "This list is no longer at hand." in text(page)

    assert not Order.objects.exists()


def test_a_price_changed_between_is_asked_again(shop: Shop, hotel: Buyer) -> None:
    browser = as_(hotel.user)
    sealed = sealed_in(send(browser, a_list(shop)))
    change_price(variant=shop.puppet, price=soles("13.00"), actor=shop.president, is_wholesale=True)

    page = browser.post("/en/wholesale/confirm/", {"sealed": sealed}, follow=True)

    assert "A price changed while you were looking." in text(page)
    assert not Order.objects.exists()


def test_her_statement_says_what_was_invoiced_paid_and_owed(shop: Shop, hotel: Buyer) -> None:
    browser = as_(hotel.user)
    shop.knit(shop.puppet, 25)
    sealed = sealed_in(send(browser, a_list(shop)))
    browser.post("/en/wholesale/confirm/", {"sealed": sealed})
    order = Order.objects.get()
    ship_order(order=order, actor=shop.president)
    shop.pay(order, "100.00")

    said = text(browser.get("/en/wholesale/"))

    assert "Invoiced S/ 300.00 Paid S/ 100.00 Owed S/ 200.00" in said
    assert "S/ 200.00 still owed" in said


def test_nobody_sees_the_orders_of_another_buyer(shop: Shop, hotel: Buyer) -> None:
    browser = as_(hotel.user)
    browser.post("/en/wholesale/confirm/", {"sealed": sealed_in(send(browser, a_list(shop)))})

    said = text(as_(shop.buyer("Museum").user).get("/en/wholesale/"))

    assert "No order yet." in said


def test_the_price_list_shows_each_design_once_with_its_picture(
    shop: Shop, hotel: Buyer, django_assert_max_num_queries: Any
) -> None:
    browser = as_(hotel.user)
    browser.get("/en/wholesale/")

    with django_assert_max_num_queries(24):
        page = browser.get("/en/wholesale/")

    html = page.content.decode()
    assert html.count('class="article__picture"') == 1
    assert shop.puppet.sku in html


def test_a_line_wanted_too_soon_is_said_before_it_is_ordered(shop: Shop, hotel: Buyer) -> None:
    tomorrow = shop.day + timedelta(days=1)

    page = send(as_(hotel.user), f"design,quantity,date\n{shop.puppet.sku},25,{tomorrow}\n")

    assert "One line is wanted sooner than so many can be knitted" in text(page)
    assert 'name="sealed"' in page.content.decode()


def test_more_than_the_hours_on_offer_is_said_with_a_day_that_counts_them(
    shop: Shop, hotel: Buyer
) -> None:
    # The knitter offers 29,000 minutes this month; a puppet takes ten.
    in_time = shop.day + timedelta(days=45)
    rows = f"design,quantity,date\n{shop.puppet.sku},{{}},{in_time}\n"

    few, many = (send(as_(hotel.user), rows.format(count)) for count in (500, 8_000))

    assert "wanted sooner" not in text(few)
    assert "One line is wanted sooner than so many can be knitted" in text(many)
    (line,) = many.context["lines"]
    # 51,000 minutes more than this month's hours, at 29,000 a month.
    end_of_month = next_month(shop.day) - timedelta(days=1)
    assert line.earliest == end_of_month + timedelta(days=53)
    assert date_format(line.earliest, "SHORT_DATE_FORMAT") in text(many)


def test_the_order_promises_the_day_that_the_list_showed(shop: Shop, hotel: Buyer) -> None:
    browser = as_(hotel.user)
    page = send(browser, a_list(shop, 8_000))
    browser.post("/en/wholesale/confirm/", {"sealed": sealed_in(page)})

    assert Order.objects.get().promised_on == page.context["lines"][0].earliest


def test_two_lines_share_the_hours_on_offer(shop: Shop, hotel: Buyer) -> None:
    other = shop.variant("Owl", "stock", "18.00", wholesale="12.00")
    later, sooner = (shop.day + timedelta(days=days) for days in (200, 60))
    rows = f"design,quantity,date\n{shop.puppet.sku},2900,{later}\n{other.sku},2900,{sooner}\n"

    last, first = send(as_(hotel.user), rows).context["lines"]

    assert first.earliest < last.earliest


def test_what_lies_ready_is_said_line_by_line(shop: Shop, hotel: Buyer) -> None:
    shop.knit(shop.puppet, 5)

    some, all_of_it = (send(as_(hotel.user), a_list(shop, many)) for many in (25, 5))

    assert "5 lie ready, the rest is knitted for you" in text(some)
    assert "All of it lies ready" in text(all_of_it)


def test_going_back_from_the_order_finds_the_list_and_orders_nothing_twice(
    shop: Shop, hotel: Buyer
) -> None:
    browser = as_(hotel.user)
    page = send(browser, a_list(shop))
    assert page.redirect_chain == [("/en/wholesale/upload/", 302)]
    browser.post("/en/wholesale/confirm/", {"sealed": sealed_in(page)})

    back = browser.get("/en/wholesale/upload/")
    browser.post("/en/wholesale/confirm/", {"sealed": sealed_in(back)})

    assert "You ordered exactly the same on" in text(back)
    assert Order.objects.count() == 1


def test_mistakes_can_be_read_once_more_and_nobody_else_reads_them(
    shop: Shop, hotel: Buyer
) -> None:
    browser = as_(hotel.user)
    send(browser, "design,quantity,date\nGOAT,x,2001-01-01\n")

    assert "“GOAT” is not in your price list." in text(browser.get("/en/wholesale/upload/"))
    other = as_(shop.buyer("Museum").user).get("/en/wholesale/upload/")
    assert (other.status_code, other.url) == (302, "/en/wholesale/")
