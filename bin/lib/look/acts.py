"""What is done before a page shows the state that is looked at."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from playwright.sync_api import FilePayload, Page

from look.kinds import BY_NAME, Kind
from look.place import Place

Act = Callable[[Page, Place, Kind, str], None]


def _go_on(page: Page, place: Place, kind: Kind, language: str) -> None:
    page.goto(place.address(kind, language))


def fill_cart(page: Page, place: Place, kind: Kind, language: str) -> None:
    """Two different things are in the cart."""
    for name in ("product", "product-to-order"):
        address = place.address(BY_NAME[name], language)
        if address:
            page.goto(address)
            page.locator("form:has(input[name=variant]) button[type=submit]").first.click()
            page.wait_for_load_state()
    _go_on(page, place, kind, language)


def _send(page: Page, form: str, *, fill: Mapping[str, str] | None = None) -> None:
    """Send a form as it is, past what the browser would check itself."""
    page.locator(form).first.evaluate("form => { form.noValidate = true; }")
    for selector, value in (fill or {}).items():
        page.locator(f"{form} {selector}").first.fill(value)
    with page.expect_navigation():
        page.locator(form).first.evaluate("form => form.submit()")


def checkout_errors(page: Page, place: Place, kind: Kind, language: str) -> None:
    """She orders without a name, and with half an address."""
    fill_cart(page, place, kind, language)
    _send(page, "form#checkout", fill={"[name=email]": "margaret@"})


def send_empty(page: Page, place: Place, kind: Kind, language: str) -> None:
    """The office's form of this page, with nothing in it."""
    _go_on(page, place, kind, language)
    _send(page, "main form[method=post], #main form[method=post]")


def wrong_password(page: Page, place: Place, kind: Kind, language: str) -> None:
    """A password that is not hers."""
    _go_on(page, place, kind, language)
    fill = {"[name=login]": "nobody@titilaca.example", "[name=password]": "not-this-one"}
    _send(page, "form:has([name=password])", fill=fill)


def press_pin(page: Page, pin: str) -> None:
    """Digit by digit, as she does."""
    for digit in pin:
        page.locator(f"button[name=press][value='{digit}']").click()
    with page.expect_navigation():
        page.locator("button[name=enter]").click()


def wrong_pin(page: Page, place: Place, kind: Kind, language: str) -> None:
    """Four digits that are not hers."""
    _go_on(page, place, kind, language)
    press_pin(page, "1357")


def lift_cloths(page: Page, place: Place, kind: Kind, language: str) -> None:
    """Every amount uncovered."""
    _go_on(page, place, kind, language)
    open_details(page)


def open_details(page: Page) -> None:
    """Everything that can be unfolded is unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def _touch(panel: str) -> Act:
    """Open the one panel of a screen, as she does with her finger."""

    def act(page: Page, place: Place, kind: Kind, language: str) -> None:
        _go_on(page, place, kind, language)
        page.locator(f".act--{panel} > details > summary").first.click()

    return act


def look_through(page: Page, place: Place, kind: Kind, language: str) -> None:
    """She looks at every paper, one after another."""
    _go_on(page, place, kind, language)
    while page.locator("button[name=next]").count():
        page.locator("button[name=next]").click()
        page.wait_for_load_state()


def look_anew(page: Page, place: Place, kind: Kind, language: str) -> None:
    """She begins with the first paper."""
    _go_on(page, place, kind, language)
    if page.locator("button[name=again]").count():
        page.locator("button[name=again]").click()
        page.wait_for_load_state()


def _list(page: Page, place: Place, kind: Kind, language: str, text: str) -> None:
    _go_on(page, place, kind, language)
    file = FilePayload(name="list.csv", mimeType="text/csv", buffer=text.encode())
    page.locator("input[type=file]").set_input_files([file])
    _send(page, "form:has(input[type=file])")


def send_good_list(page: Page, place: Place, kind: Kind, language: str) -> None:
    """The hotel's list, as we understand it."""
    _list(page, place, kind, language, place.found["list"])


def send_bad_list(page: Page, place: Place, kind: Kind, language: str) -> None:
    """A list with a mistake in each line."""
    text = "design,quantity,date\nNO-SUCH-THING,5,2030-05-04\n,minus,yesterday\n"
    _list(page, place, kind, language, text)


ACTS: Mapping[str, Act] = {
    "": _go_on,
    "fill_cart": fill_cart,
    "checkout_errors": checkout_errors,
    "send_empty": send_empty,
    "wrong_password": wrong_password,
    "wrong_pin": wrong_pin,
    "lift_cloths": lift_cloths,
    "look_through": look_through,
    "look_anew": look_anew,
    "less": _touch("less"),
    "day": _touch("day"),
    "send_good_list": send_good_list,
    "send_bad_list": send_bad_list,
}


def is_log_in(url: str) -> bool:
    """Whether the house asks who it is."""
    path = urlsplit(url).path
    return path.endswith("/account/login/") or path.startswith("/m/login/")
