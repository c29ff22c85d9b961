"""The office without a mouse and on paper: each role walks her pages by keyboard, and prints."""

import re

import pytest
from playwright.sync_api import Page, expect

from catalog.models import Variant
from coop.people import roles
from orders.shop.models import Order, ShippingRate
from orders.shop.services import add_to_cart, place_order, quietly, start_cart
from tests.browser.small_house import PASSWORD, SmallHouse
from tests.factories.shop import ANA
from tests.harness.browser import OpenPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.site("small", kept=True),
    pytest.mark.usefixtures("running_site"),
]

#: Each role, a page of hers that has a form to look with, and the word that she looks for.
WALKS = (
    (roles.PRESIDENT, "/office/shop/orders/", "search"),
    (roles.SECRETARY, "/office/members/", "words"),
    (roles.TREASURER, "/office/ledger/journal/", "words"),
    (roles.STOREKEEPER, "/office/wool/lots/", "words"),
    (roles.CHECKER, "/office/work/deliveries/", "who"),
)
#: How what has the focus is drawn: by a ring, by a shadow, or by its very borders.
_FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return {tag: "", name: "", seen: false, href: ""};
  const drawn = [one, one.nextElementSibling, one.parentElement].filter(Boolean).map(
    (part) => getComputedStyle(part));
  const seen = drawn.some((look) =>
    (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2)
    || look.boxShadow !== "none");
  const box = one.getBoundingClientRect();
  return {tag: one.tagName.toLowerCase(), name: one.getAttribute("name") || "",
    href: one.getAttribute("href") || "", seen: seen,
    inView: box.width > 0 && box.bottom > 0 && box.top < innerHeight};
}"""


def come_in(
    open_page: OpenPage, role: str, to: str, *, size: str = "desktop", locale: str = "en-GB"
) -> Page:
    page = open_page(size, locale=locale)
    page.goto(to)
    page.locator("input[name=login]").fill(f"{role}@ensayo.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
    page.wait_for_load_state()
    return page


def tab_until(
    page: Page, *, name: str = "", href: str = "", most: int = 80
) -> list[dict[str, object]]:
    """Press Tab until something has the focus; what had it on the way."""
    way: list[dict[str, object]] = []
    for _press in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(_FOCUS)
        way.append(found)
        if (name and found["name"] == name) or (href and str(found["href"]).endswith(href)):
            return way
    pytest.fail(f"{name or href} is not reached with {most} presses of Tab")


@pytest.mark.parametrize(("role", "address", "field"), WALKS)
def test_each_role_walks_her_page_by_keyboard(
    open_page: OpenPage, small_house: SmallHouse, role: str, address: str, field: str
) -> None:
    page = come_in(open_page, role, "/office/")

    # The first press offers the way past the menu, and it leads there.
    page.keyboard.press("Tab")
    assert page.evaluate(_FOCUS)["href"] == "#main"
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    # The menu leads to her page: every stop on the way is seen.
    page.goto("/office/")
    way = tab_until(page, href=_menu_of(address))
    assert [one for one in way if not one["seen"]] == []
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(_menu_of(address))))

    # A form is filled in and sent without a mouse.
    page.goto(address)
    way = tab_until(page, name=field)
    assert [one for one in way if not one["seen"]] == []
    page.keyboard.type("zzz")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"{field}=zzz"))
    expect(page.locator("main")).to_contain_text(
        re.compile(r"0 rows|like that|fits|Nobody has pieces|empty", re.IGNORECASE)
    )


def _menu_of(address: str) -> str:
    """Where the menu leads on the way to a page."""
    known = {
        "/office/ledger/journal/": "/office/ledger/",
        "/office/wool/lots/": "/office/wool/",
        "/office/work/deliveries/": "/office/work/",
    }
    return known.get(address, address)


#: Where paper comes from, whose it is, and what must stand on it.
PAPERS = (
    (roles.TREASURER, "/office/ledger/trial-balance/", "table"),
    (roles.TREASURER, "/office/ledger/journal/", "table"),
    (roles.STOREKEEPER, "/office/wool/", "table"),
    (roles.CHECKER, "/office/tags/sheet/", ".tags"),
    (roles.SECRETARY, "/office/phones/cards/", "main"),
)


@pytest.mark.parametrize(("role", "address", "what"), PAPERS)
def test_on_paper_stands_what_the_page_is_about_and_nothing_to_press(
    open_page: OpenPage, small_house: SmallHouse, role: str, address: str, what: str
) -> None:
    page = come_in(open_page, role, address)
    page.emulate_media(media="print")

    expect(page.locator(what).first).to_be_visible()
    for gone in (".sidebar", ".office-actions", ".office-tabs", ".office-filters", ".only-screen"):
        for one in page.locator(gone).all():
            expect(one).to_be_hidden()
    for button in page.locator("button, .button").all():
        expect(button).to_be_hidden()
    # Nothing is cut off by a box that scrolls: the page is as high as all that stands on it.
    cut = page.evaluate(
        """() => [...document.querySelectorAll("main, #wagtail, .wrapper, .content-wrapper, body")]
          .filter((one) => one.scrollHeight > one.clientHeight + 2
            && ["auto", "scroll", "hidden"].includes(getComputedStyle(one).overflowY))
          .map((one) => one.className || one.tagName)"""
    )
    assert cut == []
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_an_order_on_paper_says_all_of_itself(open_page: OpenPage, small_house: SmallHouse) -> None:
    number = _an_order()
    page = come_in(open_page, roles.TREASURER, f"/office/shop/orders/{number}/")
    page.emulate_media(media="print")

    expect(page.locator("h1")).to_contain_text(str(number))
    for table in page.locator(".office-table").all():
        expect(table).to_be_visible()
    expect(page.locator(".office-columns").first).to_be_hidden()


def _an_order() -> int:
    """Somebody orders a chullo that is knitted for her, and picks it up; the order's number."""
    cart = start_cart()
    made = Variant.objects.filter(is_listed=True, product__kind="to_order").order_by("pk")
    add_to_cart(cart=cart, variant=made[0], quantity=1)
    with quietly():
        order = place_order(
            cart=cart,
            customer=ANA,
            method=Order.Method.TRANSFER,
            delivery=ShippingRate.objects.filter(is_pick_up=False).order_by("pk")[0],
            reference="test:paper",
            language="en",
        )
    return order.number


# On a phone -------------------------------------------------------------------------------------
def test_the_tabs_of_the_books_take_one_line_of_a_phone_with_the_open_one_in_sight(
    open_page: OpenPage,
):
    page = come_in(open_page, roles.TREASURER, "/office/ledger/audit/", size="phone")

    line = page.locator(".office-tabs").bounding_box()
    here = page.locator(".office-tabs [aria-current]").bounding_box()
    assert line is not None
    assert here is not None
    assert line["height"] < 2 * here["height"]
    assert here["x"] >= 0
    assert here["x"] + here["width"] <= page.evaluate("innerWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
