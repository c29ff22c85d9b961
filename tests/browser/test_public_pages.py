"""The shop on a phone without script, by keyboard, and at twice the size."""

import pytest
from playwright.sync_api import Page, expect

from tests.harness.browser import OpenPage

pytestmark = pytest.mark.browser
PAGES = ("/es/", "/es/shop/", "/es/shop/andenes-chullo/", "/es/open-book/", "/es/cart/")


@pytest.fixture
def plain_phone(open_page: OpenPage) -> Page:
    """A phone that runs no script."""
    return open_page("phone", java_script_enabled=False)


def test_menu_and_wishes_open_without_script(plain_phone: Page) -> None:
    plain_phone.goto("/es/shop/")
    menu = plain_phone.locator("#site-menu")
    expect(menu).to_be_hidden()

    plain_phone.get_by_role("button", name="Menú").click()
    expect(menu.get_by_role("link", name="Libro abierto")).to_be_visible()
    plain_phone.keyboard.press("Escape")
    expect(menu).to_be_hidden()

    plain_phone.get_by_role("button", name="Elegir").click()
    plain_phone.locator("#wishes").get_by_role("link", name="Chullos").click()
    plain_phone.wait_for_url("**/es/shop/?category=chullos")
    expect(plain_phone.locator(".chip--chosen")).to_contain_text("Chullos")


def test_a_product_is_put_into_the_cart_without_script(plain_phone: Page) -> None:
    plain_phone.goto("/es/shop/andenes-chullo/")
    plain_phone.get_by_role("link", name="índigo", exact=True).click()
    plain_phone.get_by_role("button", name="Ponerlo en mi carrito").click()

    expect(plain_phone.get_by_role("heading", level=1)).to_have_text("Tu carrito")
    expect(plain_phone.locator(".line")).to_contain_text("índigo")


def test_the_keyboard_first_finds_the_way_past_the_menu(page: Page) -> None:
    page.goto("/es/shop/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Saltar al contenido")

    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


@pytest.mark.parametrize("width", [320, 360, 640, 768, 1280])
def test_nothing_runs_out_of_the_side(open_page: OpenPage, width: int) -> None:
    page = open_page("desktop", viewport={"width": width, "height": 700})
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_choice_leaves_the_page_where_it_is_and_keeps_what_was_typed(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/es/shop/andenes-chullo/")
    page.locator("#quantity").fill("3")
    page.locator(".sizes summary").click()
    choice = page.get_by_role("link", name="índigo", exact=True)
    choice.scroll_into_view_if_needed()
    place = page.evaluate("document.querySelector('.sizes').getBoundingClientRect().top")

    choice.click()

    expect(page.locator(".option--colour[aria-current]")).to_have_text("índigo")
    expect(page.locator("#quantity")).to_have_value("3")
    expect(page.locator(".sizes")).to_have_attribute("open", "")
    assert "INDIGO" in page.url
    now = page.evaluate("document.querySelector('.sizes').getBoundingClientRect().top")
    assert abs(now - place) <= 2


def test_name_and_price_stand_in_the_first_view_of_a_phone(open_page: OpenPage) -> None:
    page = open_page("desktop", viewport={"width": 360, "height": 640})
    page.goto("/es/shop/andenes-chullo/")

    offer = page.locator(".product__price").bounding_box()

    assert offer
    assert offer["y"] + offer["height"] <= 640


def test_the_magnifier_puts_the_cursor_into_the_field(page: Page) -> None:
    page.goto("/es/")
    page.get_by_role("link", name="Buscar en la tienda").click()

    expect(page.locator("#words")).to_be_focused()
