"""Somebody who opens any kind of page, in any state, as whoever may see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, StorageState
from playwright.sync_api import TimeoutError as TooLong

from house.console import Failure
from look.acts import ACTS, is_log_in, press_pin
from look.kinds import BY_NAME, Kind
from look.place import Place
from look.problems import Problems

ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--font-render-hinting=none",
]
HEIGHTS = {360: 640, 768: 1024, 1280: 900}
_TIMEOUT_MS = 20_000
# Pictures below the fold come when somebody scrolls there.
_SEE_ALL = """async () => {
  for (const one of document.images) one.loading = "eager";
  await Promise.all([...document.images].filter((one) => !one.complete).map((one) =>
    new Promise((done) => { one.onload = one.onerror = done; })));
  // A picture that is there is painted only when it has been decoded; a broken one is told elsewhere.
  await Promise.all([...document.images].map((one) => one.decode().catch(() => {})));
  await document.fonts.ready;
}"""


class Eyes:
    """One browser on one house. Who came in once stays in."""

    def __init__(self, browser: Browser, place: Place) -> None:
        self.browser = browser
        self.place = place
        self._came_in: dict[tuple[str, bool], StorageState] = {}

    @contextmanager
    def open(
        self, kind: Kind, language: str, *, width: int = 1280, dark: bool = False, **options: Any
    ) -> Iterator[tuple[Page, Problems]]:
        """`kind` in a window of its own, with what was found wrong on the way there."""
        context = self._context(kind, language, width, options)
        try:
            page = context.new_page()
            set_light(page, kind, dark=dark)
            problems = Problems(self.place.url, kind.status)
            problems.follow(page)
            self._go(page, kind, language)
            yield page, problems
        finally:
            context.close()

    @contextmanager
    def blank(
        self, kind: Kind, language: str, *, width: int = 1280, **options: Any
    ) -> Iterator[Page]:
        """A window of whoever looks at `kind`, before she goes there."""
        context = self._context(kind, language, width, options)
        try:
            yield context.new_page()
        finally:
            context.close()

    def cookie_for(self, kind: Kind, language: str) -> str:
        """The cookies of a session in which `kind` has its state, as a browser sends them."""
        with self.open(kind, language) as (page, _problems):
            cookies = page.context.cookies(page.url)
        return "; ".join(f"{one.get('name')}={one.get('value')}" for one in cookies)

    def _context(
        self, kind: Kind, language: str, width: int, options: dict[str, Any]
    ) -> BrowserContext:
        state = self._state(kind.role, by_picture=_by_picture(kind)) if kind.role else None
        chosen = {"viewport": {"width": width, "height": HEIGHTS.get(width, 900)}, **options}
        context = self.browser.new_context(
            locale={"es": "es-PE", "en": "en-GB"}[language], storage_state=state, **chosen
        )
        context.set_default_timeout(_TIMEOUT_MS)
        return context

    def _go(self, page: Page, kind: Kind, language: str) -> None:
        if kind.template:
            body = self.place.page_of_template(kind, language)
            address = self.place.address(kind, language)
            page.route(
                address,
                lambda route: route.fulfill(
                    status=kind.status, body=body, content_type="text/html; charset=utf-8"
                ),
            )
        ACTS[kind.act](page, self.place, kind, language)
        if kind.role and is_log_in(page.url):
            self._again(page, kind, language)
        elif "/reauthenticate/" in page.url and kind.name != "sure-it-is-you":
            login = self.place.login(kind.role, by_picture=False)
            page.locator("input[name=password]").fill(login.secret)
            page.locator("form:has(input[name=password]) button[type=submit]").first.click()
            page.wait_for_load_state()
        page.wait_for_load_state("networkidle")

    def _again(self, page: Page, kind: Kind, language: str) -> None:
        """Her session has ended meanwhile: she comes in once more."""
        by_picture = _by_picture(kind)
        self._came_in.pop((kind.role, by_picture), None)
        page.context.add_cookies(self._state(kind.role, by_picture=by_picture)["cookies"])  # type: ignore[arg-type]
        ACTS[kind.act](page, self.place, kind, language)

    # Coming in -----------------------------------------------------------------------------
    def _state(self, role: str, *, by_picture: bool) -> StorageState:
        key = (role, by_picture)
        if key not in self._came_in:
            self._came_in[key] = self._come_in(role, by_picture=by_picture)
        return self._came_in[key]

    def _come_in(self, role: str, *, by_picture: bool) -> StorageState:
        login = self.place.login(role, by_picture=by_picture)
        context = self.browser.new_context(locale="es-PE")
        context.set_default_timeout(_TIMEOUT_MS)
        page = context.new_page()
        if by_picture:
            page.goto(f"{self.place.url}/m/login/{login.card}/")
            press_pin(page, login.secret)
        else:
            page.goto(self.place.address(BY_NAME["log-in"], "es"))
            page.locator("input[name=login]").fill(login.email)
            page.locator("input[name=password]").fill(login.secret)
            page.locator("form:has(input[name=password]) button[type=submit]").first.click()
        try:
            page.wait_for_url(lambda url: not is_log_in(url))
        except TooLong as problem:
            raise Failure(f"the {role} does not get in: {page.url}.") from problem
        state = context.storage_state()
        context.close()
        return state


def _by_picture(kind: Kind) -> bool:
    """Whether who looks at it comes in as members do; she alone stands before a closed door."""
    return kind.area == "members" or kind.name == "door-closed"


def set_light(page: Page, kind: Kind, *, dark: bool) -> None:
    """Day or night, screen or paper; nothing moves."""
    page.emulate_media(
        media="print" if kind.is_printed else "screen",
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )


def see_all(page: Page) -> None:
    """Wait until every picture and letter is there."""
    page.evaluate(_SEE_ALL)
