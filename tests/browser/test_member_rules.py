"""Every members' screen, found by walking from the first one, keeps the rules of the kit."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.member_rules import problems_of
from tests.harness.browser import OpenPage
from tests.harness.site import Site

pytestmark = pytest.mark.browser

#: Like screens that differ only in their numbers: so many of each are looked at.
ALIKE = 2
DEEPEST = 2
#: Whoever says no to a payment has looked at it first.
AFTER_LOOKING = {"/m/sign/N/no/": 3}
_OFFERED = (
    "from orders.production.models import Assignment;"
    "print(Assignment.objects.filter(status='offered').order_by('member__code')"
    ".values_list('member__code', flat=True).first())"
)


def phone_logins(site: Site) -> dict[str, dict[str, Any]]:
    """One woman of each role that comes in on /m/, and one whom work is offered."""
    found: dict[str, dict[str, Any]] = {}
    for login in site.logins:
        if login["open"] == "/m/":
            found.setdefault(login["role"], login)
    code = site.manage("shell", "-c", _OFFERED).split()[-1]
    mine = [one for one in site.logins if one["who"].startswith(f"{code} ")]
    return found | ({"asked": mine[0]} if mine else {})


def come_in(page: Page, login: dict[str, Any]) -> None:
    """Her picture, her PIN."""
    page.goto("/m/login/")
    name = login["who"].partition(" ")[2]
    faces = page.locator("a.face")
    alts = faces.locator("img").evaluate_all("all => all.map(one => one.alt)")
    [at] = [at for at, alt in enumerate(alts) if _same(alt, name)]
    faces.nth(at).click()
    page.locator("input[name=pin]").fill(login["secret"].removeprefix("PIN "))
    page.locator("button[name=enter]").click()
    expect(page.locator(".tiles, .nothing")).to_be_visible()
    # What its script does is ready too.
    page.wait_for_load_state()


_DYES = {"cochinilla": "rojo", "índigo": "azul oscuro", "azul lago": "celeste"}


def _same(alt: str, name: str) -> bool:
    """The log-in's list calls the dyes by their plants, the picture by its colour."""
    return alt == name or all(
        re.sub(r" (natural|chilca|qolle)$|^verde |^amarillo ", "", part) in alt
        or _DYES.get(part, "-") in alt
        or part.split()[0] in alt
        for part in name.split(", ")
    )


def walk(page: Page) -> Iterator[tuple[str, int]]:
    """Every screen that can be reached by touching, with how many touches it takes."""
    waiting, seen, alike = [("/m/", 0)], {"/m/"}, Counter[str]()
    while waiting:
        address, depth = waiting.pop(0)
        kind = re.sub(r"\d+", "N", address)
        alike[kind] += 1
        if alike[kind] > ALIKE:
            continue
        page.goto(address)
        yield address, depth
        links = page.locator("a[href]").evaluate_all(
            "all => all.filter(one => one.checkVisibility() && !one.matches('.say, .skip'))"
            ".map(one => new URL(one.href).pathname + new URL(one.href).search)"
        )
        for link in links:
            # A photograph, and the page that checks receipts, which stands by itself, also on disk,
            # are none of the kit.
            is_other = link.endswith((".pdf", ".json", ".jpg/")) or link.startswith("/m/check/")
            is_screen = link.startswith("/m/") and not is_other
            if is_screen and link not in seen:
                seen.add(link)
                # Another page of the same list is the same screen.
                is_same = link.partition("?")[0] == address.partition("?")[0]
                waiting.append((link, depth if is_same else depth + 1))


@pytest.mark.parametrize("role", ["asked", "president", "treasurer", "storekeeper", "member"])
def test_every_screen_keeps_the_rules(site, open_page: OpenPage, role):
    logins = phone_logins(site)
    if role not in logins:
        pytest.fail(f"nobody in the demo comes in as {role}: {sorted(logins)}")
    page = open_page("phone", reduced_motion="reduce")
    come_in(page, logins[role])
    problems, walked = [], []
    for address, depth in walk(page):
        walked.append(address)
        problems += [f"{address} {one}" for one in problems_of(page)]
        if depth > AFTER_LOOKING.get(re.sub(r"\d+", "N", address), DEEPEST):
            problems.append(f"{address} depth: {depth} touches from the first screen")

    assert not problems, "\n".join(problems)
    assert len(walked) >= 4


def test_the_screens_before_she_is_in_keep_the_rules_too(site, open_page: OpenPage, watch):
    watch.allow("404")
    page = open_page("phone")
    page.goto("/m/login/")
    first = page.locator("a.face").first.get_attribute("href")
    problems = []
    for address in ("/m/login/", first, "/m/locked/", "/m/c/no-such-card/"):
        page.goto(str(address))
        problems += [f"{address} {one}" for one in problems_of(page)]

    assert not problems, "\n".join(problems)


def test_she_works_without_script(site, open_page: OpenPage):
    """Picture, keys, an offer looked at, the cloth lifted, the lock, and back."""
    login = phone_logins(site)["asked"]
    page = open_page("phone", java_script_enabled=False)
    page.goto("/m/login/")
    faces = page.locator("a.face")
    names = [one.get_attribute("alt") or "" for one in faces.locator("img").all()]
    name = login["who"].partition(" ")[2]
    faces.nth(next(at for at, alt in enumerate(names) if _same(alt, name))).click()
    for digit in login["secret"].removeprefix("PIN "):
        page.locator(f"button[name=press][value='{digit}']").click()
    page.locator("button[name=enter]").click()
    page.goto("/m/work/")
    expect(page.locator(".act--go button").first).to_be_visible()
    page.locator(".stage__pay summary").first.click()
    expect(page.locator(".stage__pay .amount").first).to_be_visible()
    page.locator(".act--no summary").first.click()
    expect(page.locator(".sure__panel form[action$='/no/']").first).to_be_visible()
    page.locator(".sure[open] > summary").click()
    page.locator("form[data-lock] button").click()
    expect(page.locator(".shut__key")).to_be_visible()
    page.locator(".shut__key").click()
    page.locator("input[name=pin]").fill(login["secret"].removeprefix("PIN "))
    page.locator("button[name=enter]").click()
    page.wait_for_url("**/m/work/")


def test_the_first_touch_speaks_and_the_second_goes(site, open_page: OpenPage):
    page = open_page("phone")
    come_in(page, phone_logins(site)["member"])
    page.locator("button[name=help]").click()
    tab = page.locator(".tile__key").first
    with page.expect_response(re.compile(r"/audio/.*\.mp3")):
        tab.click()
    assert page.url.endswith("/m/")
    tab.click()
    page.wait_for_url(re.compile(r"/m/\w+/$"))


def test_left_for_another_app_the_screen_covers_itself(site, open_page: OpenPage):
    page = open_page("phone")
    come_in(page, phone_logins(site)["member"])
    away = "Object.defineProperty(document, 'hidden', {value: %s, configurable: true});"
    tell = "document.dispatchEvent(new Event('visibilitychange'))"

    page.evaluate(away % "true" + tell)
    expect(page.locator(".tiles")).to_be_hidden()

    page.evaluate(away % "false" + tell)
    expect(page.locator(".tiles")).to_be_visible()


def test_the_first_screen_is_light(site, open_page: OpenPage):
    """60 kB without pictures, of which script 20 kB: everything counted as it comes by wire."""
    # What the phone keeps already would not be counted.
    page = open_page("phone", service_workers="block")
    come_in(page, phone_logins(site)["president"])
    context = page.context
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    session.on("Network.responseReceived", lambda it: kinds.update({it["requestId"]: it["type"]}))
    session.on(
        "Network.loadingFinished",
        lambda it: sizes.update({kinds.get(it["requestId"], "Other"): it["encodedDataLength"]}),
    )
    page.goto("/m/", wait_until="networkidle")
    without_pictures = sum(size for kind, size in sizes.items() if kind not in {"Image", "Media"})

    assert 0 < sizes["Script"] <= 20_000, sizes
    assert without_pictures <= 60_000, sizes


# A screen made to break each rule is caught ---------------------------------------------------
_GOOD = (
    '<div class="act act--go"><a class="act__key" href="/m/" style="{key}"><svg width="30"'
    ' height="30"></svg>{word}</a><a class="say" href="/m/" style="{key}">'
    '<svg width="30" height="30"></svg></a></div>'
)
_KEY = "display:inline-block;width:120px;height:60px;color:#000"


def made(main: str = "", *, title: str = "Inicio", body: str = "font-size:20px") -> str:
    good = _GOOD.format(key=_KEY, word="Sí")
    return (
        f"<html><title>{title}</title><body style='background:#fff;margin:0;{body}'>"
        f"<main>{good}{main}</main></body></html>"
    )


@pytest.mark.parametrize(
    ("rule", "html"),
    [
        ("target", made('<a href="/" data-speak="" style="display:inline-block;width:40px">x</a>')),
        (
            "icon",
            made(
                f'<a href="/" data-speak="" style="{_KEY}"><svg width="30" height="30"></svg></a>'
            ),
        ),
        ("loudspeaker", made(f'<a href="/" style="{_KEY}">Sí</a>')),
        ("voice", made(f'<a href="/" data-speak="" data-words="Sin voz" style="{_KEY}">Sí</a>')),
        ("drop-down", made("<select><option>1</option></select>")),
        ("contrast", made('<p style="color:#777">Gris</p>')),
        ("contrast", made('<p style="background:#94163a;color:#000">Rojo</p>')),
        ("small", made('<p style="font-size:14px">Poco</p>')),
        ("body", made(body="font-size:16px")),
        ("sideways", made('<p style="width:700px">Ancho</p>')),
        ("in view", made().replace("<main>", '<main><div style="height:900px"></div>')),
        ("title", made(title="Mi pago")),
    ],
)
def test_a_screen_that_breaks_a_rule_is_caught(chromium, rule, html):
    page = chromium.new_page(viewport={"width": 360, "height": 640})
    page.set_content(html)

    found = {one.partition(":")[0] for one in problems_of(page)}

    page.close()
    assert rule in found


def test_a_screen_that_keeps_them_is_left_in_peace(chromium):
    page = chromium.new_page(viewport={"width": 360, "height": 640})
    page.set_content(made())

    assert problems_of(page) == []
    page.close()
