"""A PIN that others may know opens her pages, and signs nothing until she has chosen her own."""

from functools import partial

import pytest
from django.db import DatabaseError, transaction

from coop.people import roles
from coop.people.errors import BadPin, PinIsKnown, PinNotNeeded, SamePin, WrongPin
from coop.people.models import PinCard, PinEvent, PinRequest, User
from coop.people.pins import (
    ask_for_pin,
    check_own_pin,
    choose_pin,
    confirm_pin,
    distrust_pin,
    pins_of_the_junta,
)
from coop.people.services import give_role, open_with_pin
from tests.factories.members import member
from tests.factories.people import KNOWN_PIN, PIN, a_card, a_known_card, an_account, someone_in
from tests.harness.fixtures import at_the_same_time

NEW = "5917"


def opens(card: PinCard, pin: str) -> bool:
    try:
        open_with_pin(card=card, pin=pin, address="198.51.100.9")
    except WrongPin:
        return False
    return True


@pytest.fixture
def appointed(db: None) -> User:
    """A knitter with a PIN that the secretary gave her, who becomes treasurer."""
    from coop.members.services import appoint
    from tests.factories.rules import FOUNDED, secretary

    one = member("T-07")
    a_card(one.user)
    appoint(member=one, post=roles.TREASURER, from_on=FOUNDED, actor=secretary())
    return User.objects.get(pk=one.user.pk)


def test_at_her_appointment_her_pin_no_longer_signs(appointed: User) -> None:
    with pytest.raises(PinIsKnown):
        check_own_pin(appointed)

    assert opens(appointed.pin_card, PIN)
    assert [event.kind for event in appointed.pin_events.all()] == ["known"]


def test_when_she_has_chosen_her_own_it_signs_and_the_old_one_opens_nothing(
    appointed: User,
) -> None:
    stamp = appointed.session_stamp

    card = choose_pin(user=appointed, pin=NEW)

    check_own_pin(appointed)
    assert (opens(card, NEW), opens(card, PIN)) == (True, False)
    assert [event.kind for event in appointed.pin_events.all()] == ["known", "chosen"]
    assert User.objects.get(pk=appointed.pk).session_stamp != stamp


@pytest.mark.parametrize(("pin", "refusal"), [(PIN, SamePin), ("1111", BadPin), ("", BadPin)])
def test_the_known_one_or_a_bad_one_is_not_chosen(
    appointed: User, pin: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        choose_pin(user=appointed, pin=pin)

    with pytest.raises(PinIsKnown):
        check_own_pin(appointed)
    assert appointed.pin_events.count() == 1


def test_nobody_chooses_twice(appointed: User) -> None:
    choose_pin(user=appointed, pin=NEW)

    with pytest.raises(PinNotNeeded):
        choose_pin(user=appointed, pin="7193")


def test_a_pin_that_two_agreed_to_is_known_to_her_who_asked(db: None) -> None:
    user = someone_in(roles.VOCAL)

    card = a_known_card(user)

    assert opens(card, KNOWN_PIN)
    with pytest.raises(PinIsKnown):
        check_own_pin(user)


def test_a_request_that_waits_does_not_undo_her_choice(appointed: User) -> None:
    asked = ask_for_pin(
        user=appointed,
        motif="llamas",
        colour="lake",
        pin="7193",
        actor=someone_in(roles.SECRETARY),
    )

    choose_pin(user=appointed, pin=NEW)

    asked.refresh_from_db()
    assert asked.status == PinRequest.Status.WITHDRAWN


def test_a_post_outside_the_junta_asks_for_nothing(db: None) -> None:
    from coop.members.services import appoint
    from tests.factories.rules import FOUNDED, secretary

    one = member("T-08")
    a_card(one.user)

    appoint(member=one, post=roles.STOREKEEPER, from_on=FOUNDED, actor=secretary())

    check_own_pin(one.user)


def test_a_demo_keeps_the_pins_that_were_printed(db: None) -> None:
    user = an_account(email=None, is_demo=True)
    a_card(user)
    give_role(user=user, role=roles.TREASURER)

    distrust_pin(user=user, actor=user)

    check_own_pin(user)


def test_without_a_card_there_is_nothing_to_distrust(db: None) -> None:
    user = someone_in(roles.TREASURER)

    distrust_pin(user=user, actor=user)

    check_own_pin(user)
    assert not PinEvent.objects.exists()


def test_the_trace_stays(appointed: User) -> None:
    rows = PinEvent.objects.filter(user=appointed)

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(kind="chosen")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


def test_the_office_sees_whose_pin_is_her_own(appointed: User) -> None:
    [(card, event)] = pins_of_the_junta()
    assert card.is_known
    assert event.kind == "known"

    choose_pin(user=appointed, pin=NEW)

    [(card, event)] = pins_of_the_junta()
    assert not card.is_known
    assert event.kind == "chosen"


def test_her_choice_and_anothers_yes_at_once_leave_one_pin(fresh_db: str) -> None:
    user = someone_in(roles.VOCAL)
    a_known_card(user)
    asked = ask_for_pin(
        user=user, motif="llamas", colour="lake", pin="7193", actor=someone_in(roles.SECRETARY)
    )

    at_the_same_time(
        partial(choose_pin, user=user, pin=NEW),
        partial(confirm_pin, request=asked, actor=someone_in(roles.PRESIDENT)),
    )

    card = PinCard.objects.get(user=user)
    asked.refresh_from_db()
    assert opens(card, NEW) != opens(card, "7193")
    assert card.is_known == opens(card, "7193")
    assert not PinRequest.objects.filter(user=user, status="waiting").exists()
