"""Every page kind in a browser: nothing that it complains of, nothing that keeps anybody out.

Axe judges all that it knows. In bin/test each kind is seen in one of its forms, which goes around
(phone and desk, day and night, Spanish and English); with --long in every form.
"""

import re
from collections.abc import Mapping

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from look.acts import open_details
from look.eyes import Eyes
from look.kinds import ALL, BY_NAME, LANGUAGES, Kind
from look.place import Place

pytestmark = [pytest.mark.browser, pytest.mark.database]

PHONE, DESK = 360, 1280
FORMS = [(width, dark) for dark in (False, True) for width in (PHONE, DESK)]
#: What the demo of the tests is too small to hold; bin/shots looks at it.
NOT_IN_SMALL_DEMO = {"o-payout"}
#: Rules that Wagtail's own parts of a page break, which are not ours to mend.
OF_WAGTAIL = {
    "o-page-edit": {
        "aria-input-field-name": "Draftail's editor in a stream block has no name",
        "label": "a stream block's field has none; Wagtail shows the block's name above it",
        "landmark-unique": "each block of a page is a section of its own",
    },
    "o-pictures": {"link-in-text-block": "Wagtail's sentence where there is no picture yet"},
}
#: Pages of the office that are built as another one that is seen: seen themselves with --long.
ALIKE = re.compile(
    r"o-(category|settlement|technique|shipping|colour|yarn|buyer)-"
    r"|o-home-(storekeeper|checker|auditor|editor)$|o-order-|o-work-(open|order)$|o-design-(list|add)$"
    r"|o-product-add$|o-(answers|movements|lot|hands-of|trip-send|enrol|closed-days|move|reverse)$"
    r"|o-(waiting|ask-member|ask|rules-version|voices|tag-sheet|card-sheet)$"
)

axe = Axe()
spoken: dict[str, str] = {}


def one_form_each() -> list[tuple[Kind, str, int, bool]]:
    """Each kind once, the forms going around; those with a language by account in Spanish."""
    chosen = []
    for place, kind in enumerate(kind for kind in ALL if not ALIKE.match(kind.name)):
        width, dark = FORMS[place % len(FORMS)]
        language = LANGUAGES[place // 2 % 2] if kind.area in {"public", "account"} else "es"
        chosen.append((kind, language, width, dark and kind.has_dark))
    return chosen


def every_form() -> list[tuple[Kind, str, int, bool]]:
    """All that the others leave out."""
    done = set(one_form_each())
    every = [
        (kind, language, width, dark)
        for language in LANGUAGES
        for kind in ALL
        for width, dark in FORMS
        if kind.has_dark or not dark
    ]
    return [one for one in every if one not in done]


def named(form: tuple[Kind, str, int, bool]) -> str:
    kind, language, width, dark = form
    return f"{kind.name}-{language}-{width}-{'dark' if dark else 'light'}"


def complaints(eyes: Eyes, form: tuple[Kind, str, int, bool]) -> list[str]:
    """All that is wrong with a page in one form, folded and unfolded."""
    kind, language, width, dark = form
    with eyes.open(kind, language, width=width, dark=dark) as (page, problems):
        problems.measure(page)
        open_details(page)
        problems.measure(page)
        # Nobody reads paper with a screen reader.
        judged = [] if kind.is_printed else judge(page, OF_WAGTAIL.get(kind.name, {}))
        # A page laid into the browser from its template came without the house's header.
        too_lax = [] if kind.template else loose(*problems.policy)
        return [*dict.fromkeys(problems.found), *too_lax, *judged]


def loose(address: str, policy: str) -> list[str]:
    """What a page's policy allows that ours never does; the office has Wagtail's needs."""
    if not address or "/office/" in address:
        return []
    # The page that is kept on a disk has its own script in it, and names its hash.
    is_named = "script-src 'self'" in policy or "script-src 'sha256-" in policy
    is_strict = "default-src 'none'" in policy and is_named
    is_lax = any(word in policy for word in ("unsafe-inline", "unsafe-eval", "unsafe-hashes"))
    return [] if is_strict and not is_lax else [f"its policy is too lax: {policy or 'none'}"]


def judge(page: Page, but: Mapping[str, str]) -> list[str]:
    """What axe finds on `page`, by rule and element."""
    found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"axe {one['id']} ({one['impact']}): {one['help']}: {node['html'][:160]}"
        for one in found
        for node in one["nodes"][:3]
        if one["id"] not in but
    ]


def look_at(eyes: Eyes, place: Place, form: tuple[Kind, str, int, bool]) -> None:
    kind, language, *_rest = form
    if not place.address(kind, language):
        pytest.skip(f"the small demo has no {kind.name}")
    if kind.area in {"office", "members"} and spoken.get(place.url, "es") != language:
        place.speak(language)
        spoken[place.url] = language
    found = complaints(eyes, form)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("form", one_form_each(), ids=named)
def test_nothing_is_wrong_with_a_page(form, eyes, place):
    look_at(eyes, place, form)


@pytest.mark.long
@pytest.mark.parametrize("form", every_form(), ids=named)
def test_nothing_is_wrong_with_a_page_in_any_other_form(form, eyes, place):
    look_at(eyes, place, form)


def test_the_small_demo_holds_every_kind_but_those_named(place):
    missing = {kind.name for kind in BY_NAME.values() if not place.address(kind, "es")}

    assert missing == NOT_IN_SMALL_DEMO
