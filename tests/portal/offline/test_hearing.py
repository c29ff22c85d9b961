"""What a phone tells is done once, for whoever pressed, and never on terms she has not seen."""

import time
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.utils import timezone

from catalog.models import Design
from coop.kit.chores import do_daily
from coop.portal.offline import seals, services
from coop.portal.offline.acts import ACTS
from coop.portal.offline.errors import NotHerPhone, SameKeyOtherWords, TooMuch
from coop.portal.offline.models import Told
from coop.portal.offline.services import hear
from coop.portal.standing import Standing
from orders.production.models import Assignment
from orders.production.services import decline, withdraw
from tests.factories.ledger import DAY
from tests.factories.production import findings
from tests.portal.offline.conftest import word

Status = Assignment.Status


def her(member) -> Standing:
    return Standing.of(member.user)


def test_yes_told_later_takes_the_work_on(workshop):
    offer = workshop.offered(5)

    told = hear(standing=her(workshop.rosa), word=word("take", offer))

    offer.refresh_from_db()
    assert (offer.status, offer.rate_minor) == (Status.TAKEN, 800)
    assert (told.outcome, told.is_read) == (Told.Outcome.DONE, False)
    assert findings() == []


def test_no_told_later_gives_it_back(workshop):
    offer = workshop.offered(5)

    hear(standing=her(workshop.rosa), word=word("decline", offer))

    offer.refresh_from_db()
    assert offer.status == Status.DECLINED


def test_told_twice_is_done_once_and_answered_alike(workshop):
    offer = workshop.offered(5)
    said = word("take", offer)
    first = hear(standing=her(workshop.rosa), word=said)
    withdraw(assignment=offer, actor=workshop.secretary, on=DAY)

    second = hear(standing=her(workshop.rosa), word=said)

    assert (second.pk, second.outcome, second.sentence) == (first.pk, "done", first.sentence)
    assert offer.events.filter(kind="taken").count() == 1
    offer.refresh_from_db()
    assert offer.status == Status.WITHDRAWN


def test_a_refusal_is_told_twice_alike_too(workshop):
    offer = workshop.offered(5)
    said = word("take", offer)
    decline(assignment=offer, actor=workshop.rosa.user, on=DAY)

    first, second = (hear(standing=her(workshop.rosa), word=said) for _time in range(2))

    assert first.pk == second.pk
    assert first.was_refused
    assert first.sentence


def test_the_same_key_never_means_something_else(workshop):
    offer, other = workshop.offered(5), workshop.offered(3)
    said = word("take", offer)
    hear(standing=her(workshop.rosa), word=said)

    with pytest.raises(SameKeyOtherWords):
        hear(standing=her(workshop.rosa), word=word("take", other, key=said.key))

    other.refresh_from_db()
    assert other.status == Status.OFFERED


def test_another_womans_key_cannot_be_used_again(workshop):
    said = word("take", workshop.offered(5))
    hear(standing=her(workshop.rosa), word=said)

    with pytest.raises(NotHerPhone):
        hear(standing=her(workshop.another()), word=said)

    assert Told.objects.count() == 1


def test_what_one_woman_pressed_is_never_done_for_another(workshop):
    offer = workshop.offered(5)
    other = workshop.another()

    told = hear(standing=her(other), word=word("take", offer))

    offer.refresh_from_db()
    assert offer.status == Status.OFFERED
    assert told.was_refused


def test_work_that_went_to_somebody_else_meanwhile_is_refused_kindly(workshop):
    offer = workshop.offered(5)
    said = word("take", offer)
    withdraw(assignment=offer, actor=workshop.secretary, on=DAY)

    told = hear(standing=her(workshop.rosa), word=said)

    assert told.was_refused
    assert not told.is_read
    offer.refresh_from_db()
    assert (offer.status, offer.rate_minor) == (Status.WITHDRAWN, None)
    assert findings() == []


def test_nobody_takes_work_on_at_another_rate_than_she_saw(workshop):
    offer = workshop.offered(5)
    said = word("take", offer)
    Design.objects.update(rate_minor=700)

    told = hear(standing=her(workshop.rosa), word=said)

    assert told.was_refused
    offer.refresh_from_db()
    assert (offer.status, offer.rate_minor) == (Status.OFFERED, None)
    assert offer.events.filter(kind="taken").count() == 0


def test_having_seen_the_new_rate_she_can_say_yes_again(workshop):
    offer = workshop.offered(5)
    said = word("take", offer)
    Design.objects.update(rate_minor=700)
    hear(standing=her(workshop.rosa), word=said)

    hear(standing=her(workshop.rosa), word=word("take", offer))

    offer.refresh_from_db()
    assert (offer.status, offer.rate_minor) == (Status.TAKEN, 700)


def test_fewer_told_later_are_taken_once(workshop):
    offer = workshop.offered(5)
    said = replace(word("less", offer), value="2")

    first, second = (hear(standing=her(workshop.rosa), word=said) for _time in range(2))

    offer.refresh_from_db()
    assert (first.pk, first.outcome) == (second.pk, Told.Outcome.DONE)
    assert (offer.status, offer.quantity) == (Status.TAKEN, 2)
    assert findings() == []


def test_the_same_key_never_means_another_number(workshop):
    said = replace(word("less", workshop.offered(5)), value="2")
    hear(standing=her(workshop.rosa), word=said)

    with pytest.raises(SameKeyOtherWords):
        hear(standing=her(workshop.rosa), word=replace(said, value="3"))


def test_a_later_day_told_later_is_asked_of_the_office(workshop):
    offer = workshop.offered(5)
    day = offer.due_on + timedelta(days=7)

    told = hear(standing=her(workshop.rosa), word=replace(word("day", offer), value=str(day)))

    assert told.outcome == Told.Outcome.DONE
    assert offer.wishes.get().wanted_on == day
    assert findings() == []


@pytest.mark.parametrize("act", ["less", "day"])
def test_between_yes_and_no_she_takes_nothing_that_she_has_not_seen(workshop, act):
    offer = workshop.offered(5)
    said = replace(word(act, offer), value="2" if act == "less" else str(DAY + timedelta(days=60)))
    Design.objects.update(rate_minor=700)

    assert hear(standing=her(workshop.rosa), word=said).was_refused

    offer.refresh_from_db()
    assert (offer.status, offer.quantity) == (Status.OFFERED, 5)
    assert not offer.wishes.exists()


@pytest.mark.parametrize(
    ("act", "value"), [("less", ""), ("less", "two"), ("less", "0"), ("day", ""), ("day", "soon")]
)
def test_a_choice_that_makes_no_sense_is_refused(workshop, act, value):
    offer = workshop.offered(5)

    told = hear(standing=her(workshop.rosa), word=replace(word(act, offer), value=value))

    assert told.was_refused
    offer.refresh_from_db()
    assert offer.status == Status.OFFERED


@pytest.mark.parametrize("act", ["sign", "pay", "confirm-pin", ""])
def test_only_what_is_safe_to_do_later_may_be_told(workshop, act):
    said = replace(word("take", workshop.offered(5)), act=act)

    assert hear(standing=her(workshop.rosa), word=said).was_refused


def test_no_signature_and_no_pin_stand_among_the_acts():
    assert set(ACTS) == {"take", "less", "day", "decline"}


def test_what_she_saw_cannot_be_made_up(workshop):
    offer = workshop.offered(5)
    said = replace(word("take", offer), seen="made-up")

    assert hear(standing=her(workshop.rosa), word=said).was_refused
    offer.refresh_from_db()
    assert offer.status == Status.OFFERED


def test_the_proof_for_no_does_not_open_yes(workshop):
    offer = workshop.offered(5)
    said = replace(word("decline", offer), act="take")

    assert hear(standing=her(workshop.rosa), word=said).was_refused


def test_the_proof_shows_nobody_what_she_earns(workshop):
    token = word("take", workshop.offered(5)).seen

    assert "800" not in token.split(":")[0]
    with patch.object(seals, "_hash", return_value="0" * 64):
        assert word("take", workshop.offered(5)).seen.split(":")[0] != token.split(":")[0]


def test_what_waited_too_long_is_asked_again(workshop):
    offer = workshop.offered(5)
    later = time.time() + seals.MAY_WAIT.total_seconds() + 60
    said = word("take", offer)

    with patch("django.core.signing.time.time", return_value=later):
        told = hear(standing=her(workshop.rosa), word=said)

    assert told.was_refused
    offer.refresh_from_db()
    assert offer.status == Status.OFFERED


def test_who_left_cannot_say_yes_any_more(workshop):
    said = word("take", workshop.offered(5))
    workshop.rosa.status = workshop.rosa.Status.LEFT
    workshop.rosa.left_on = DAY
    workshop.rosa.save()

    assert hear(standing=her(workshop.rosa), word=said).was_refused


def test_a_program_that_tells_without_end_is_stopped(workshop):
    said = word("take", workshop.offered(5))

    with patch.object(services, "MOST_A_DAY", 0), pytest.raises(TooMuch):
        hear(standing=her(workshop.rosa), word=said)

    assert not Told.objects.exists()


def test_an_answer_lost_on_the_way_waits_to_be_read(workshop):
    said = word("take", workshop.offered(5), late=False)
    assert hear(standing=her(workshop.rosa), word=said).is_read

    again = hear(standing=her(workshop.rosa), word=replace(said, is_late=True))

    assert not again.is_read


def test_the_daily_chores_forget_what_can_no_longer_come_back(workshop):
    old, new = (
        hear(standing=her(workshop.rosa), word=word("take", workshop.offered(1))) for _row in "ab"
    )
    Told.objects.filter(pk=old.pk).update(heard_at=timezone.now() - services.KEEP_TOLD)

    do_daily()

    assert list(Told.objects.all()) == [new]
    assert seals.MAY_WAIT + timedelta(days=1) <= services.KEEP_TOLD


def test_what_breaks_half_way_leaves_nothing_and_can_be_told_again(workshop):
    offer = workshop.offered(5)
    said = word("take", offer)
    with (
        patch("orders.production.services.rows.trace", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        hear(standing=her(workshop.rosa), word=said)
    assert not Told.objects.exists()

    hear(standing=her(workshop.rosa), word=said)

    offer.refresh_from_db()
    assert offer.status == Status.TAKEN


def test_keys_are_made_on_phones_and_never_alike(workshop):
    assert uuid4() != uuid4()
    assert word("take", workshop.offered(1)).key != word("take", workshop.offered(1)).key
