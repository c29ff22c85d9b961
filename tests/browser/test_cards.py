"""A purchase by card on a phone, in both languages: paid, declined, let go, given back.

Clicked as people click, against the running house and the stand-in for Stripe.
"""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from coop.kit.audit import findings
from ledger.queries import account, balance
from orders.shop.models import Order, Refund
from tests.browser.small_house import soles
from tests.browser.test_journey import come_in
from tests.harness.browser import OpenPage
from tests.harness.site import CardSite

pytestmark = [pytest.mark.browser, pytest.mark.site("small")]
PAYS, DECLINED = "4242 4242 4242 4242", "4000 0000 0000 0002"


def put_the_shawl_in(page: Page, language: str) -> None:
    """From the shop's list into the cart."""
    page.goto(f"/{language}/shop/")
    page.locator("main a", has_text=re.compile("Shawl|Chal")).first.click()
    page.locator("form[action*='/cart/add/'] button[type=submit]").first.click()


def order_by_card(page: Page, language: str) -> None:
    """The checkout, filled in with a thumb; it leads to the card page."""
    page.goto(f"/{language}/checkout/")
    page.locator("input[name=name]").fill("Margaret Hollis")
    page.locator("input[name=email]").fill("margaret@example.org")
    page.locator("input[name=delivery][value=peru]").check()
    page.locator("textarea[name=address]").fill("12 Weaver's Row\nHebden Bridge")
    page.locator("input[name=method][value=card]").check()
    page.locator("button[data-busy][form=checkout]").click()
    page.wait_for_url(re.compile("/c/pay/"))


def pay(page: Page, number: str) -> None:
    """Type a card on the card page."""
    page.locator("input[name=number]").fill(number)
    for name, value in (("expiry", "12/34"), ("cvc", "123")):
        page.locator(f"input[name={name}]").fill(value)
    page.locator("form button[type=submit], form button:not([type])").first.click()


def come_to_read(page: Page, address: str, words: str) -> None:
    """Look again until the page says it: the worker sends refunds in the background."""
    for _time in range(60):
        page.goto(address)
        if words in page.locator("main").inner_text():
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"{address} never says {words!r}")


@pytest.mark.daily
@pytest.mark.parametrize(
    ("language", "paid", "declined"),
    [("es", "Todo pagado. Gracias.", "rechaz"), ("en", "All paid. Thank you.", "declined")],
)
def test_by_card_on_a_phone(
    card_site: CardSite, open_page: OpenPage, language: str, paid: str, declined: str
) -> None:
    page = open_page("phone", locale="es-PE" if language == "es" else "en-GB")
    put_the_shawl_in(page, language)
    order_by_card(page, language)

    pay(page, DECLINED)
    expect(page.locator("body")).to_contain_text(re.compile(declined, re.IGNORECASE))
    assert Order.objects.get().status == Order.Status.PLACED
    pay(page, PAYS)

    page.wait_for_url(re.compile(rf"/{language}/order/"))
    expect(page.locator("main")).to_contain_text(paid)
    order = Order.objects.get()
    assert order.status == Order.Status.READY
    assert card_site.desk.balance()["PEN"] == int(balance(account("stripe")).amount * 100)
    card_site.site.manage("sync_stripe")
    card_site.site.manage("audit")
    assert any("#1" in one for one in card_site.site.mails())


def test_she_goes_back_and_finds_her_things_in_the_cart(
    card_site: CardSite, open_page: OpenPage
) -> None:
    page = open_page("phone", locale="en-GB")
    put_the_shawl_in(page, "en")
    order_by_card(page, "en")

    page.goto(Order.objects.get().get_absolute_url())
    expect(page.locator("main")).to_contain_text("Your pieces are kept for you until")
    page.get_by_role("button", name="Do not pay: back to the cart").click()

    expect(page.locator(".lines .line")).to_have_count(1)
    assert Order.objects.get().status == Order.Status.EXPIRED
    order_by_card(page, "en")
    pay(page, PAYS)
    page.wait_for_url(re.compile("/en/order/"))
    assert Order.objects.latest("pk").status == Order.Status.READY
    assert list(findings()) == []


def test_a_refund_is_seen_by_the_customer_the_treasurer_and_the_books(
    card_site: CardSite, open_page: OpenPage
) -> None:
    page = open_page("phone", locale="en-GB")
    put_the_shawl_in(page, "en")
    order_by_card(page, "en")
    pay(page, PAYS)
    page.wait_for_url(re.compile("/en/order/"))
    customers_page = page.url

    office = come_in(open_page(locale="en-GB"), "treasurer@ensayo.example", "/office/")
    office.goto("/office/shop/orders/1/")
    office.locator("#refund-goodwill").fill("20")
    office.locator("#refund-why").fill("A loose thread.")
    office.get_by_role("button", name="Give it back").click()
    expect(office.locator("body")).to_contain_text("It is on its way back to the card")
    expect(office.locator("body")).to_contain_text("A loose thread.")

    come_to_read(page, customers_page, "Given back on")
    expect(page.locator("main")).to_contain_text("20.00")
    assert Refund.objects.get().status == Refund.Status.DONE
    order = Order.objects.get()
    assert balance(account("customer_deposits")) == order.total - soles("20.00")
    office.goto("/office/ledger/journal/")
    expect(office.locator("main")).to_contain_text("20.00")
    page.goto("/en/open-book/")
    held = Decimal(card_site.desk.balance()["PEN"]) / 100
    expect(page.locator("main")).to_contain_text(re.compile(rf"Held by Stripe\s+S/\s{held}"))
    card_site.site.manage("sync_stripe")
    card_site.site.manage("audit")
    assert any("A loose thread." in one for one in card_site.site.mails())
