"""`manage.py assign_work`."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from coop.kit import days
from coop.people.models import User
from orders.production.models import Assignment, AssignmentEvent
from tests.factories.quotas import offering

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(workshop):
    """The command works today: there are hours today."""
    today = days.today()
    for month in (days.month_of(today), days.next_month(days.month_of(today))):
        offering(workshop.rosa, 200, month)
    workshop.due = today + timedelta(days=25)
    return workshop


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("assign_work", *arguments, stdout=out)
    return out.getvalue()


def test_it_shares_out_all_open_work(workshop):
    workshop.work(2, due_on=workshop.due)

    said = run()

    offer = Assignment.objects.get()
    assert (offer.member, offer.quantity) == (workshop.rosa, 2)
    assert "1 offers were written." in said
    event = AssignmentEvent.objects.get()
    assert event.note == "manage.py assign_work"
    assert event.actor == workshop.keeper or event.actor.has_perm("production.assign_work")


def test_a_dry_run_writes_nothing(workshop):
    workshop.work(2, due_on=workshop.due)

    said = run("--dry-run")

    assert "2 pieces placed." in said
    assert not Assignment.objects.exists()


def test_it_explains_itself_without_names(workshop):
    workshop.work(2, due_on=workshop.due)

    said = run("--dry-run", "--explain")

    assert "T-01" in said
    assert "Least work so far: 0 of the" in said
    assert workshop.rosa.name not in said


def test_it_says_what_could_not_be_placed_and_why(workshop):
    workshop.work(1, workshop.variant("shawl", level=3), due_on=workshop.due)

    said = run()

    assert "not placed: 1" in said
    assert "Nobody is confirmed at this level" in said


def test_it_is_done_in_somebodys_name(workshop):
    workshop.work(2, due_on=workshop.due)

    run("--as", workshop.secretary.email)

    assert AssignmentEvent.objects.get().actor == workshop.secretary


@pytest.mark.parametrize("email", ["nobody@example.org", "tomasa@example.org"])
def test_not_in_the_name_of_one_who_may_not(workshop, email):
    User.objects.get(email="tomasa@example.org").groups.clear()
    workshop.work(2, due_on=workshop.due)

    with pytest.raises(CommandError, match="nobody who may assign work"):
        run("--as", email)

    assert not Assignment.objects.exists()


def test_without_anybody_who_may_assign_it_says_so(workshop):
    workshop.work(2, due_on=workshop.due)
    for user in User.objects.all():
        user.groups.clear()

    with pytest.raises(CommandError, match="storekeeper"):
        run()


def test_without_work_there_is_nothing_to_do(workshop):
    assert "0 pieces placed." in run()


def test_an_unknown_option_is_refused():
    with pytest.raises(CommandError):
        run("--everything")
