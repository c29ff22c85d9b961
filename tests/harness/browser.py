"""Chromium, watched: a page that logs an error or misses a file fails its test."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from house.browser import HOW_TO_INSTALL, find_chromium
from tests.harness import run
from tests.harness.site import CardSite, Site

SIZES: dict[str, dict[str, Any]] = {
    "phone": {
        "viewport": {"width": 360, "height": 640},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
_ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
_ARGUMENTS += ["--disable-background-networking", "--font-render-hinting=none"]
OpenPage = Callable[..., Page]


@dataclass
class Watch:
    """What went wrong in a test's pages; `allow` a pattern for what the test brings about."""

    problems: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """Expect what matches `pattern` (a regular expression), such as a page that is missing."""
        self.allowed.append(pattern)

    def follow(self, page: Page) -> None:
        """Note each console error, script error and failed or refused request of `page`."""
        page.on(
            "console",
            lambda said: (
                self._note(f"console: {said.text} ({said.location.get('url', '')})")
                if said.type == "error"
                else None
            ),
        )
        page.on("pageerror", lambda error: self._note(f"script: {error}"))
        page.on("requestfailed", lambda request: self._failed(request.url, request.failure))
        page.on(
            "response",
            lambda response: (
                self._note(f"answer {response.status}: {response.url}")
                if response.status >= 400
                else None
            ),
        )

    def _failed(self, url: str, why: str | None) -> None:
        # Walking on to the next page gives up what the last one was still asking for.
        if why != "net::ERR_ABORTED":
            self._note(f"request: {why}: {url}")

    def _note(self, problem: str) -> None:
        self.problems.append(problem)

    def unexpected(self) -> list[str]:
        """Every problem that the test did not allow."""
        return [
            problem
            for problem in self.problems
            if not any(re.search(pattern, problem) for pattern in self.allowed)
        ]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    path = find_chromium()
    if not path:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say(f"No Chromium on this machine: {HOW_TO_INSTALL}")
    # Playwright keeps an event loop on this thread, which makes Django wary of plain queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test, at its end, on what went wrong in any of its pages."""
    watching = Watch()
    yield watching
    assert not watching.unexpected(), "\n".join(watching.unexpected())


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Site:
    """The site of this test: its own `running_site` if it asks for that, else the shared demo."""
    if "card_site" in request.fixturenames:
        with_cards: CardSite = request.getfixturevalue("card_site")
        return with_cards.site
    own = "running_site" in request.fixturenames
    found: Site = request.getfixturevalue("running_site" if own else "shared_site")
    return found


@pytest.fixture
def open_page(
    request: pytest.FixtureRequest, chromium: Browser, site: Site, watch: Watch
) -> Iterator[OpenPage]:
    """Open pages, each like a person of her own: `open_page("phone", locale="es-PE")`."""
    contexts: list[BrowserContext] = []

    def open_one(size: str = "desktop", **options: Any) -> Page:
        settings = {"base_url": site.url, "locale": "es-PE", **SIZES[size], **options}
        contexts.append(chromium.new_context(**settings))
        contexts[-1].set_default_timeout(15_000)
        contexts[-1].on("page", watch.follow)
        return contexts[-1].new_page()

    yield open_one
    report = getattr(request.node, "report_of_call", None)
    for number, context in enumerate(contexts):
        if report and report.failed:
            _keep_picture(request.node.name, number, context)
        context.close()


@pytest.fixture
def desktop(open_page: OpenPage) -> Page:
    """A page on a desk, 1280 px wide."""
    return open_page("desktop")


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A page on a small phone, 360 × 640."""
    return open_page("phone")


@pytest.fixture
def page(desktop: Page) -> Page:
    """The same as `desktop`."""
    return desktop


def _keep_picture(test: str, number: int, context: BrowserContext) -> None:
    folder = run.ROOT / "var" / "cache" / "pictures"
    name = re.sub(r"\W+", "-", test)
    for page in context.pages[-1:]:
        page.screenshot(path=folder / f"{name}-{number}.png", full_page=True)


def assert_accessible(page: Page, *, but: tuple[str, ...] = ()) -> None:
    """Axe finds nothing serious on `page`; `but` names rules left aside, each with its reason."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    serious = [
        f"{one['id']}: {one['help']}: {', '.join(str(n['target']) for n in one['nodes'][:3])}"
        for one in found
        if one["impact"] in {"serious", "critical"} and one["id"] not in but
    ]
    assert not serious, "\n".join(serious)
