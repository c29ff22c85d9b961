"""Lighthouse on a phone finds nothing to better: accessibility, best practices, SEO are 100.

A page that search machines are asked to leave out (a cart, somebody's order, a log-in) is judged
without the one audit that wants every page to be found.
"""

import pytest

from look import lighthouse
from look.eyes import Eyes
from look.kinds import BY_NAME, LANGUAGES
from look.place import Place

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.lighthouse]

NAMES = (
    "home",
    "list",
    "product",
    "cart",
    "checkout",
    "order",
    "piece",
    "open-book",
    "log-in",
)


@pytest.fixture(scope="session", autouse=True)
def npm() -> None:
    if not lighthouse.is_here():
        pytest.skip("No npm on this machine: install nodejs and npm to run Lighthouse.")


def visits(eyes: Eyes, place: Place, language: str) -> list[lighthouse.Visit]:
    """Each page, with the cookie of the session in which it has its state."""
    return [
        lighthouse.Visit(
            name=name,
            url=place.address(BY_NAME[name], language),
            cookie=eyes.cookie_for(BY_NAME[name], language) if BY_NAME[name].act else "",
            is_unlisted=BY_NAME[name].is_unlisted,
        )
        for name in NAMES
    ]


def assert_full_marks(eyes: Eyes, place: Place, language: str) -> None:
    verdicts = lighthouse.judge(visits(eyes, place, language))

    assert set(verdicts) == set(NAMES)
    assert all(set(one.scores) == set(lighthouse.JUDGED) for one in verdicts.values())
    lost = [f"{name}: {said}" for name, one in verdicts.items() for said in one.failed]
    assert not lost, "\n".join(lost)
    assert all(score == 1 for one in verdicts.values() for score in one.scores.values())


def test_lighthouse_gives_full_marks_in_spanish(eyes, place):
    assert_full_marks(eyes, place, LANGUAGES[0])


@pytest.mark.long
def test_lighthouse_gives_full_marks_in_english(eyes, place):
    assert_full_marks(eyes, place, LANGUAGES[1])
