"""The same word from the page and from the worker at once: once in the books."""

import threading
from dataclasses import replace
from unittest.mock import patch

import pytest

from coop.portal.offline import services
from coop.portal.offline.models import Told
from coop.portal.offline.services import hear
from coop.portal.standing import Standing
from orders.production.models import Assignment, AssignmentEvent
from tests.factories.production import Workshop, findings
from tests.harness.fixtures import at_the_same_time
from tests.portal.offline.conftest import word

MANY = 8


@pytest.fixture
def workshop(fresh_db) -> Workshop:
    return Workshop()


def count_acts():
    """An act without any memory of its own: only the key keeps it from being done twice."""
    done, lock = [], threading.Lock()

    def do(standing, said):
        assignment = Assignment.objects.get(pk=said.number)
        AssignmentEvent.objects.create(
            assignment=assignment, kind="taken", actor=standing.user, on=assignment.due_on
        )
        with lock:
            done.append(said.key)
        return "done"

    return done, do


def tell_at_once(workshop, said):
    standing = Standing.of(workshop.rosa.user)
    return at_the_same_time(*[lambda: hear(standing=standing, word=said) for _row in range(MANY)])


def test_told_eight_times_at_once_it_is_done_once(workshop):
    offer = workshop.offered(5)
    _done, do = count_acts()

    with patch.object(services, "_do", do):
        answers = tell_at_once(workshop, word("take", offer))

    assert {type(one) for one in answers} == {Told}
    assert {one.pk for one in answers} == {Told.objects.get().pk}
    assert {one.sentence for one in answers} == {"done"}
    assert offer.events.filter(kind="taken").count() == 1


def test_without_the_key_it_would_be_done_eight_times(workshop):
    """The negative control: the same storm, each with a key of its own."""
    offer = workshop.offered(5)
    _done, do = count_acts()
    said = word("take", offer)
    standing = Standing.of(workshop.rosa.user)
    storm = [replace(said, key=word("take", offer).key) for _row in range(MANY)]

    with patch.object(services, "_do", do):
        at_the_same_time(*[lambda one=one: hear(standing=standing, word=one) for one in storm])

    assert offer.events.filter(kind="taken").count() == MANY


def test_yes_eight_times_at_once_through_the_whole_service(workshop):
    offer = workshop.offered(5)

    tell_at_once(workshop, word("take", offer))

    offer.refresh_from_db()
    assert offer.status == Assignment.Status.TAKEN
    assert offer.events.filter(kind="taken").count() == 1
    assert findings() == []
