"""The day on which work is due may change, with a reason; nobody is hurried by it."""

from datetime import timedelta

import pytest
from django.utils import translation

from orders.production.errors import DueTooEarly, ReasonMissing, WorkIsClosed
from orders.production.models import Assignment, WorkOrderEvent
from orders.production.services import cancel_work, move_due_day, take_on
from tests.factories.ledger import DAY, person
from tests.factories.production import DUE
from tests.production.desk import WORK, text

pytestmark = pytest.mark.usefixtures("on_the_day")

LATER = DUE + timedelta(days=10)


def test_work_is_put_on_another_day_with_a_trace(workshop):
    work = workshop.work(5)

    move_due_day(work_order=work, due_on=LATER, why="The dye came late.", actor=workshop.secretary)

    work.refresh_from_db()
    assert work.due_on == LATER
    event = work.events.get(kind=WorkOrderEvent.Kind.MOVED)
    assert (event.was_due_on, event.due_on) == (DUE, LATER)
    assert (event.note, event.actor) == ("The dye came late.", workshop.secretary)


def test_the_same_day_again_changes_nothing(workshop):
    work = workshop.work(5)

    move_due_day(work_order=work, due_on=DUE, why="", actor=workshop.secretary)

    assert not work.events.filter(kind=WorkOrderEvent.Kind.MOVED).exists()


def test_what_she_agreed_to_is_never_made_sooner(workshop):
    offered = workshop.offered(2)
    work = offered.work_order
    take_on(assignment=offered, actor=workshop.secretary)
    due = Assignment.objects.get().due_on

    move_due_day(
        work_order=work, due_on=due - timedelta(days=5), why="Sooner.", actor=workshop.secretary
    )
    assert Assignment.objects.get().due_on == due

    move_due_day(work_order=work, due_on=LATER, why="Later.", actor=workshop.secretary)
    assert Assignment.objects.get().due_on == LATER


def test_an_offer_moves_along(workshop):
    work = workshop.offered(2).work_order
    sooner = DUE - timedelta(days=5)

    move_due_day(work_order=work, due_on=sooner, why="Sooner.", actor=workshop.secretary)

    assert Assignment.objects.get().due_on == sooner


@pytest.mark.parametrize(
    ("due_on", "why", "refusal"),
    [
        (DAY - timedelta(days=1), "Because.", DueTooEarly),
        (LATER, "  ", ReasonMissing),
    ],
)
def test_a_day_that_passed_or_no_reason_is_refused(workshop, due_on, why, refusal):
    work = workshop.work(5)

    with pytest.raises(refusal):
        move_due_day(work_order=work, due_on=due_on, why=why, actor=workshop.secretary)

    work.refresh_from_db()
    assert work.due_on == DUE


def test_closed_work_keeps_its_day(workshop):
    work = workshop.work(5)
    cancel_work(work_order=work, actor=workshop.secretary)

    with pytest.raises(WorkIsClosed):
        move_due_day(work_order=work, due_on=LATER, why="Late.", actor=workshop.secretary)


def test_the_office_changes_the_day(workshop, desk):
    work = workshop.work(5)
    client = desk(workshop.secretary)

    page = client.post(f"{WORK}{work.pk}/move/", {"due_on": LATER.isoformat(), "why": ""})
    assert "Write why" in text(page)
    client.post(f"{WORK}{work.pk}/move/", {"due_on": LATER.isoformat(), "why": "The dye."})

    work.refresh_from_db()
    assert work.due_on == LATER
    assert "The dye." in text(client.get(f"{WORK}{work.pk}/"))


def test_who_only_reads_changes_no_day(workshop, desk):
    work = workshop.work(5)

    sent = desk(person("Reader", "auditor")).post(
        f"{WORK}{work.pk}/move/", {"due_on": LATER.isoformat(), "why": "The dye."}
    )

    assert sent.status_code == 403


# The list ------------------------------------------------------------------------------------
def test_work_is_narrowed_by_day_and_by_who_knits_it(workshop, desk):
    translation.activate("en")
    late = workshop.work(1)
    type(late).objects.filter(pk=late.pk).update(due_on=DAY - timedelta(days=3))
    soon = workshop.work(2, due_on=DAY + timedelta(days=3))
    taken = workshop.offered(4).work_order
    client = desk(workshop.secretary)

    def found(query: str) -> set[int]:
        return {one.pk for one in client.get(f"{WORK}?{query}").context["page"]}

    assert found("due=late") == {late.pk}
    assert found("due=soon") == {soon.pk}
    assert found("due=free") == {late.pk, soon.pk}
    assert found(f"who={workshop.rosa.code}") == {taken.pk}
    assert found("sort=-pieces") == {late.pk, soon.pk, taken.pk}


def test_work_is_taken_away_as_a_table(workshop, desk):
    work = workshop.work(5)

    answer = desk(workshop.secretary).get(WORK, {"as": "csv"})

    assert work.variant.sku in answer.content.decode("utf-8-sig")
