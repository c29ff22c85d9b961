"""The office's doors as they are used: passkey, app and recovery codes, with a virtual key."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import override_settings
from playwright.sync_api import Page, expect

from coop.people import roles
from coop.people.models import User
from coop.people.services import give_role, make_account, serve_real_cooperative
from tests.browser.small_house import PASSWORD, PRODUCTION_HASHERS
from tests.harness.browser import OpenPage, Watch, assert_accessible
from tests.harness.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.site("empty", kept=True)]

EMAIL = "tesorera@ensayo.example"
WORDS = {
    "es": {
        "one step": "Falta un paso",
        "set up": "Preparar el segundo paso",
        "add key": "Añadir una llave de acceso",
        "codes": "Códigos de recuperación",
        "to office": "Ya los tengo: a la oficina",
        "come in": "Entrar",
        "by key": "Entrar con una llave de acceso",
        "use key": "Usar mi llave de acceso",
        "set up app": "Preparar la aplicación",
        "app shows": "La aplicación muestra este código",
        "by code": "Entrar con el código",
        "wrong": "no es el código",
        "too many": "Demasiados intentos",
        "see key": "Ver tu llave de acceso",
        "lost": "quitarla",
        "remove": "Quitarla",
        "stop app": "Dejar de usarla",
        "stopped": "Se detuvo",
        "numbers": "por su nombre",
        "confirm": "Soy yo",
    },
    "en": {
        "one step": "One step is missing",
        "set up": "Set up the second step",
        "add key": "Add a passkey",
        "codes": "Recovery codes",
        "to office": "I have them: on to the office",
        "come in": "Log in",
        "by key": "Log in with a passkey",
        "use key": "Use my passkey",
        "set up app": "Set up the app",
        "app shows": "The app shows this code",
        "by code": "Log in with the code",
        "wrong": "not the code",
        "too many": "Too many",
        "see key": "See your passkey",
        "lost": "not wanted: remove",
        "remove": "Remove it",
        "stop app": "Stop using it",
        "stopped": "It was stopped",
        "numbers": "by its name",
        "confirm": "It is me",
    },
}


class Desk:
    """The treasurer before her screen."""

    def __init__(self, page: Page, site: Site, language: str) -> None:
        self.page, self.language, self.words = page, language, WORDS[language]
        # Browsers take passkeys at a name, not at an address of numbers.
        self.url = site.url.replace("127.0.0.1", "localhost")
        self.key = page.context.new_cdp_session(page)
        self.key.send("WebAuthn.enable")
        self.authenticator: str = self.key.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )["authenticatorId"]

    def go(self, path: str) -> None:
        self.page.goto(f"{self.url}{path}")

    def account(self, path: str = "2fa/") -> None:
        self.go(f"/{self.language}/account/{path}")

    def press(self, name: str, *, exact: bool = True) -> None:
        """Press the button, or follow the link, of that name in the page itself."""
        words = self.words[name]
        both = self.page.get_by_role("button", name=words, exact=exact).or_(
            self.page.get_by_role("link", name=words, exact=exact)
        )
        self.page.locator("main").get_by_text(words).first.wait_for()
        both.and_(self.page.locator("main *")).first.click()

    def leave(self) -> None:
        self.page.context.clear_cookies()

    def password(self) -> None:
        self.account("login/")
        self.page.locator("[name=login]").fill(EMAIL)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.press("come in")
        self.page.wait_for_url(lambda url: "/account/login/" not in url)

    def once_more(self) -> None:
        """Before anything about her second step changes, she says her password again."""
        self.page.wait_for_url("**/reauthenticate/**")
        self.page.locator("[name=password]").fill(PASSWORD)
        self.press("confirm")
        self.page.wait_for_url("**/2fa/**")

    def arrives(self, where: str) -> None:
        """The next page is there, and is for everybody."""
        self.page.wait_for_url(where)
        assert_accessible(self.page)

    def code(self, code: str, button: str = "by code") -> None:
        self.page.locator("[name=code]").fill(code)
        self.press(button)

    def sees(self, name: str) -> None:
        expect(self.page.locator("main")).to_contain_text(self.words[name])

    def is_in_office(self) -> None:
        self.page.wait_for_url(f"{self.url}/office/")
        expect(self.page.locator("main")).to_be_visible()


def totp(secret: str, ahead: int = 0) -> str:
    """What her app shows now, or `ahead` half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


@pytest.fixture(params=["es", "en"])
def desk(
    request: pytest.FixtureRequest, running_site: Site, open_page: OpenPage, watch: Watch
) -> Desk:
    with override_settings(PASSWORD_HASHERS=PRODUCTION_HASHERS):
        user = make_account(
            name="Tomasa Quispe", email=EMAIL, password=PASSWORD, language=request.param
        )
    give_role(user=user, role=roles.TREASURER)
    serve_real_cooperative()
    # A closed door answers 403, which the browser writes down.
    watch.allow(r"403")
    size = "phone" if request.param == "es" else "desktop"
    return Desk(open_page(size, locale=request.param), running_site, request.param)


def test_she_sets_up_a_passkey_and_comes_in_with_it(desk: Desk, running_site: Site) -> None:
    desk.password()
    desk.sees("one step")
    desk.press("set up")
    desk.arrives("**/2fa/")
    desk.press("add key")
    desk.arrives("**/reauthenticate/**")
    desk.once_more()
    desk.arrives("**/webauthn/add/")
    desk.press("add key")
    desk.sees("codes")
    expect(desk.page.locator(".codes li")).to_have_count(10)
    assert_accessible(desk.page)
    desk.press("to office")
    desk.is_in_office()

    desk.leave()
    desk.account("login/")
    assert_accessible(desk.page)
    desk.press("by key")
    desk.is_in_office()

    desk.leave()
    desk.password()
    desk.press("use key")
    desk.is_in_office()

    desk.account()
    desk.press("see key")
    desk.arrives("**/webauthn/")
    desk.press("lost", exact=False)
    desk.once_more()
    desk.press("remove")
    desk.go("/office/")
    desk.sees("one step")
    assert [EMAIL in mail for mail in running_site.mails()] == [True, True]


def test_without_her_key_nobody_comes_in_and_nothing_is_lost(desk: Desk) -> None:
    desk.password()
    desk.account("2fa/webauthn/add/")
    desk.once_more()
    desk.key.send(
        "WebAuthn.setUserVerified",
        {"authenticatorId": desk.authenticator, "isUserVerified": False},
    )
    desk.press("add key")
    desk.sees("stopped")

    desk.key.send(
        "WebAuthn.setUserVerified", {"authenticatorId": desk.authenticator, "isUserVerified": True}
    )
    desk.press("add key")
    desk.sees("codes")
    desk.leave()
    desk.key.send("WebAuthn.clearCredentials", {"authenticatorId": desk.authenticator})
    desk.account("login/")
    desk.press("by key")
    desk.sees("stopped")
    desk.go("/office/")
    assert "/login/" in desk.page.url


def test_the_app_and_recovery_codes_open_once_each_and_guessing_is_limited(desk: Desk) -> None:
    desk.password()
    desk.press("set up")
    desk.press("set up app")
    desk.once_more()
    secret = desk.page.locator(".secret").text_content() or ""
    assert_accessible(desk.page)
    desk.code("000000", "app shows")
    desk.sees("wrong")
    secret = desk.page.locator(".secret").text_content() or ""
    desk.code(totp(secret), "app shows")
    desk.sees("codes")
    first, second = desk.page.locator(".codes li").all_text_contents()[:2]

    desk.leave()
    desk.password()
    assert_accessible(desk.page)
    desk.code(totp(secret, ahead=1))
    desk.is_in_office()

    desk.leave()
    desk.password()
    desk.code(first)
    desk.is_in_office()
    desk.leave()
    desk.password()
    desk.code(first)
    desk.sees("wrong")
    for _time in range(4):
        desk.code("000000")
    desk.code(second)
    desk.sees("too many")
    desk.go("/office/")
    assert "/account/" in desk.page.url


def test_at_an_address_of_numbers_she_is_told_where_passkeys_work(
    desk: Desk, running_site: Site
) -> None:
    desk.url = running_site.url
    desk.password()
    desk.account("2fa/webauthn/add/")
    desk.once_more()
    desk.sees("numbers")

    desk.page.locator("main a[href*='//localhost:']").click()

    assert "//localhost:" in desk.page.url


def test_the_keyboard_alone_brings_her_in(desk: Desk) -> None:
    desk.account("login/")
    desk.page.locator("[name=login]").focus()
    desk.page.keyboard.type(EMAIL)
    desk.page.keyboard.press("Tab")
    while desk.page.evaluate("document.activeElement.name") != "password":
        desk.page.keyboard.press("Tab")
    desk.page.keyboard.type(PASSWORD)
    desk.page.keyboard.press("Enter")

    desk.sees("one step")
    assert User.objects.get(email=EMAIL).last_login
