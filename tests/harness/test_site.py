"""The running house and the watched browser, on which the walks through the pages stand."""

import urllib.request

import pytest

from coop.people.models import User
from tests.harness.browser import Watch


@pytest.mark.site("empty")
def test_a_house_of_its_own_runs_without_the_demo(running_site):
    with urllib.request.urlopen(f"{running_site.url}/readyz") as answer:
        assert answer.status == 200

    assert not User.objects.exists()
    assert "ok" in running_site.manage("audit", "--language", "en").lower()


def test_a_house_of_its_own_has_the_demo_and_the_test_sees_its_database(running_site):
    assert running_site.logins
    before = User.objects.count()

    User.objects.create(username="seen by the house")

    assert running_site.manage(
        "shell", "-v0", "-c", "from coop.people.models import User; print(User.objects.count())"
    ).split() == [str(before + 1)]


@pytest.mark.browser
def test_the_first_page_is_clean_on_a_phone_and_on_a_desk(phone, desktop):
    for page in (phone, desktop):
        answer = page.goto("/")
        assert answer
        assert answer.status == 200
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_what_goes_wrong_in_a_page_is_noticed(desktop, watch: Watch):
    desktop.goto("/")
    desktop.evaluate("console.error('a wrong note')")
    desktop.goto("/es/there-is-no-such-page/")

    problems = watch.unexpected()
    watch.allow("a wrong note")
    watch.allow("404")

    assert any("a wrong note" in problem for problem in problems)
    assert any("404" in problem for problem in problems)
    assert not watch.unexpected()
