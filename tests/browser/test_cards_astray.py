"""By card, as it happens in life: pressed twice, gone back, two tabs, euros, a keyboard alone.

Every page is watched: a card page that our own policy for forms did not let her reach, or any
other error in the browser's console, fails the test.
"""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from ledger.queries import account, balance
from ledger.services import record_rate
from orders.shop.models import CardSession, Order, ReceivedPayment
from tests.browser.small_house import SmallHouse
from tests.browser.test_cards import PAYS, pay
from tests.browser.test_journey import come_in
from tests.harness.browser import OpenPage
from tests.harness.site import CardSite

pytestmark = [pytest.mark.browser, pytest.mark.site("small")]
ORDER_NOW = "button[data-busy][form=checkout]"


def put_in(page: Page, product: str) -> None:
    """From its own page into the cart."""
    page.goto("/en/shop/")
    page.get_by_role("link", name=product).first.click()
    for option in ("M", "cochineal"):
        link = page.locator(".options").get_by_role("link", name=option, exact=True)
        if link.count():
            link.click()
    page.get_by_role("button", name="Put it in my cart").click()
    page.wait_for_load_state()


def fill_in(page: Page, language: str = "en") -> None:
    """The whole checkout, not yet sent."""
    page.goto(f"/{language}/checkout/")
    page.locator("input[name=name]").fill("Margaret Hollis")
    page.locator("input[name=email]").fill("margaret@example.org")
    page.locator("input[name=delivery][value=peru]").check()
    page.locator("textarea[name=address]").fill("12 Weaver's Row\nHebden Bridge")
    page.locator("input[name=method][value=card]").check()


def test_pressed_twice_gone_back_and_in_two_tabs_she_pays_once(
    card_site: CardSite, open_page: OpenPage
) -> None:
    page = open_page("phone", locale="en-GB")
    put_in(page, "Chullo")
    fill_in(page)
    page.locator(ORDER_NOW).dblclick()
    page.wait_for_url(re.compile("/c/pay/"))
    card_page = page.url

    page.get_by_role("link", name="Back to the shop").click()
    expect(page.locator("main")).to_contain_text("Your pieces are kept for you until")
    page.get_by_role("button", name="Pay by card now").click()
    page.wait_for_url(card_page)

    other = page.context.new_page()
    other.goto(card_page)
    pay(page, PAYS)
    page.wait_for_url(re.compile("/en/order/"))
    pay(other, PAYS)
    other.wait_for_url(re.compile("/en/order/"))
    expect(other.locator("main")).to_contain_text("All paid. Thank you.")

    page.go_back()
    expect(page.locator("body")).to_contain_text("will not be charged again")
    assert Order.objects.get().status == Order.Status.CONFIRMED
    assert CardSession.objects.count() == ReceivedPayment.objects.count() == 1
    assert card_site.desk.balance()["PEN"] == int(balance(account("stripe")).amount * 100)


def test_two_tabs_at_the_checkout_make_one_order(card_site: CardSite, open_page: OpenPage) -> None:
    page = open_page(locale="en-GB")
    put_in(page, "Shawl")
    other = page.context.new_page()
    fill_in(page)
    fill_in(other)

    page.locator(ORDER_NOW).click()
    page.wait_for_url(re.compile("/c/pay/"))
    other.locator(ORDER_NOW).click()
    other.wait_for_url(re.compile("/en/(cart|order)/"))

    order = Order.objects.get()
    other.goto(order.get_absolute_url())
    expect(other.locator("main")).to_contain_text("Still to pay")
    pay(page, PAYS)
    page.wait_for_url(re.compile("/en/order/"))
    other.reload()
    expect(other.locator("main")).to_contain_text("All paid. Thank you.")
    card_site.site.manage("sync_stripe")
    card_site.site.manage("audit")


def test_in_euros_by_keyboard_and_without_script(
    card_site: CardSite, open_page: OpenPage, small_house: SmallHouse
) -> None:
    yesterday, treasurer = small_house.day - timedelta(days=1), small_house.user("treasurer")
    record_rate(currency="EUR", day=yesterday, rate=Decimal("4.00"), actor=treasurer)
    page = open_page("phone", locale="en-GB", java_script_enabled=False)
    put_in(page, "Shawl")

    fill_in(page)
    page.locator("input[name=email]").fill("")
    page.locator("input[name=name]").press("Enter")
    expect(page.locator("main")).to_contain_text("Something is missing or unclear.")
    expect(page.locator("input[name=name]")).to_have_value("Margaret Hollis")
    assert not Order.objects.exists()

    page.locator("input[name=email]").fill("margaret@example.org")
    page.get_by_role("button", name="€ · EUR").press("Enter")
    # Looked at, with all that was typed, and the eye still on it.
    expect(page.locator("[aria-pressed=true]")).to_have_text("€ · EUR")
    expect(page.locator("textarea[name=address]")).to_have_value(re.compile("Hebden Bridge"))
    expect(page.locator("[aria-pressed=true]")).to_be_in_viewport()
    assert not Order.objects.exists()

    page.locator("input[name=name]").press("Enter")
    page.wait_for_url(re.compile("/c/pay/"))
    pay(page, PAYS)
    page.wait_for_url(re.compile("/en/order/"))
    expect(page.locator("main")).to_contain_text("All paid. Thank you.")
    # 480.00 and 14.00 soles at 4.00.
    expect(page.locator("main")).to_contain_text("€ 123.50")

    office = come_in(open_page(locale="en-GB"), "treasurer@ensayo.example", "/office/")
    office.goto("/office/shop/orders/1/")
    expect(office.locator("main")).to_contain_text("€ 123.50")
    office.goto("/office/shop/cards/")
    expect(office.locator("main")).to_contain_text("EUR")
    page.goto("/en/open-book/")
    held = Decimal(card_site.desk.balance()["EUR"]) / 100
    expect(page.locator("main")).to_contain_text(f"Held by Stripe (EUR): € {held}")
    card_site.site.manage("sync_stripe")
    card_site.site.manage("audit")
