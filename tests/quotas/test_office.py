"""The table of skills and hours in the office."""

from datetime import date

import pytest

from coop.members.services import suspend
from coop.quotas.models import Capacity, QuotaEvent, Skill
from coop.quotas.services import promise
from tests.factories.members import honorary, member
from tests.factories.office import browser, browser_of
from tests.factories.quotas import MONTH, holding, offering, skilled, technique
from tests.factories.rules import secretary

pytestmark = pytest.mark.django_db

TABLE = "/office/hours/?month=2026-03"


def filled(page) -> dict[str, object]:
    """The form as the page shows it."""
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields}


def test_active_knitters_stand_in_the_table_with_levels_and_hours():
    skilled(offering(member("T-01"), 30).member, "puppets", 2)
    suspend(member=member("T-02"), why="x", actor=secretary())
    honorary()

    page = browser("Auditora", "auditor").get(TABLE)

    assert [row.code for row in page.context["page"]] == ["T-01"]
    assert page.status_code == 200
    assert "<select" not in page.content.decode()
    assert "30" in page.content.decode()


def test_only_what_is_changed_is_written():
    one, two = offering(skilled(member("T-01")), 30).member, member("T-02")
    client = browser_of(secretary())
    events = QuotaEvent.objects.count()
    sent = filled(client.get(TABLE))

    sent |= {
        f"level-{one.pk}-{technique().pk}": "3",
        f"hours-{one.pk}": "32.5",
        f"level-{two.pk}-{technique().pk}": "1",
    }
    answer = client.post(TABLE, sent)

    assert answer["Location"] == "/office/hours/?month=2026-03&p=1"
    assert Skill.objects.get(member=one).level == 3
    assert Skill.objects.get(member=two).level == 1
    assert Capacity.objects.get().offered_minutes == 1950
    assert QuotaEvent.objects.count() == events + 3
    client.post(TABLE, filled(client.get(TABLE)))
    assert QuotaEvent.objects.count() == events + 3


@pytest.mark.parametrize("hours", ["x", "-1", "497", "1.234", "2"])
def test_what_is_wrong_stands_in_its_cell_and_nothing_is_written(hours: str):
    one = offering(skilled(member("T-01")), 30).member
    promise(member=one, month=MONTH, minutes=600)
    client = browser_of(secretary())
    sent = filled(client.get(TABLE))
    sent |= {f"level-{one.pk}-{technique().pk}": "3", f"hours-{one.pk}": hours}

    page = client.post(TABLE, sent)

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [f"hours-{one.pk}"]
    assert page.context["form"][f"hours-{one.pk}"].value() == hours
    assert Skill.objects.get().level == 2
    assert Capacity.objects.get().offered_minutes == 1800


def test_another_month_has_its_own_hours():
    one = offering(member("T-01"), 30).member
    client = browser_of(secretary())
    april = "/office/hours/?month=2026-04"

    assert filled(client.get(april))[f"hours-{one.pk}"] == 0
    client.post(april, {f"hours-{one.pk}": "8"})

    assert Capacity.objects.get(month=date(2026, 4, 1)).offered_minutes == 480
    assert Capacity.objects.get(month=MONTH).offered_minutes == 1800
    for wrong in ("2026-13", "x", "²026-01", "99999-01"):
        assert client.get("/office/hours/", {"month": wrong}).status_code == 200


def test_the_table_reads_in_as_many_queries_for_three_as_for_one(django_assert_max_num_queries):
    skilled(offering(member("T-01")).member)
    client = browser_of(secretary())
    client.get(TABLE)
    with django_assert_max_num_queries(60) as one:
        client.get(TABLE)
    for code in ("T-02", "T-03"):
        skilled(offering(member(code)).member)

    with django_assert_max_num_queries(len(one)):
        client.get(TABLE)


def test_who_only_reads_changes_nothing():
    one = offering(member("T-01"), 30).member

    page = browser("Tesorera", "treasurer").post(TABLE, {f"hours-{one.pk}": "8"})

    assert page.status_code == 403
    assert Capacity.objects.get().offered_minutes == 1800
    assert browser("Editora", "editor").get(TABLE).status_code == 403


def test_the_hours_that_customers_hold_stand_above_the_table():
    offering(member("T-01"), 30)
    client = browser("Auditora", "auditor")
    assert client.get(TABLE).context["held"] == 0

    holding("line:1", 150)

    page = client.get(TABLE)
    assert page.context["held"] == 150
    assert "Apartadas este mes" in page.content.decode()
    assert "Apartadas este mes" not in client.get("/office/hours/?month=2026-04").content.decode()
