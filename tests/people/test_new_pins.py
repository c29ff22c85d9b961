"""Who signs for money gets a new PIN only by two of the Junta: nobody comes in as another."""

from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from coop.people import roles, services
from coop.people.errors import (
    AskedByYou,
    BadPin,
    NotInJunta,
    OwnPin,
    PictureTaken,
    PinDecided,
    SecondPersonNeeded,
    WrongPin,
)
from coop.people.models import PinCard, PinRequest, User
from coop.people.pins import ask_for_pin, confirm_pin, withdraw_pin
from tests.factories.people import PIN, a_card, an_account, someone_in
from tests.harness.fixtures import at_the_same_time

NEW = "7193"
HERE = "198.51.100.7"


class Junta:
    """The treasurer has a card; the secretary gives out PINs; the president may confirm."""

    def __init__(self) -> None:
        user = an_account("Tomasa", email=None)
        self.card = a_card(user, motif="llamas", colour="lake")
        services.give_role(user=user, role=roles.TREASURER)
        self.treasurer = user
        self.secretary = someone_in(roles.SECRETARY, "Saturnina")
        self.president = someone_in(roles.PRESIDENT, "Petra")

    def ask(self, *, actor: User | None = None, pin: str = NEW) -> PinRequest:
        return ask_for_pin(
            user=self.treasurer,
            motif="llamas",
            colour="lake",
            pin=pin,
            actor=actor or self.secretary,
        )

    def opens(self, pin: str) -> bool:
        try:
            services.open_with_pin(card=self.card, pin=pin, address=HERE)
        except WrongPin:
            return False
        return True


@pytest.fixture
def junta(db: None) -> Junta:
    return Junta()


def test_a_pin_that_one_asked_for_opens_nothing(junta: Junta) -> None:
    junta.ask()

    assert (junta.opens(NEW), junta.opens(PIN)) == (False, True)


def test_a_second_woman_of_the_junta_confirms_and_it_works(junta: Junta) -> None:
    asked = junta.ask()

    confirm_pin(request=asked, actor=junta.president)

    assert (junta.opens(NEW), junta.opens(PIN)) == (True, False)
    asked.refresh_from_db()
    assert (asked.asked_by, asked.decided_by) == (junta.secretary, junta.president)
    assert (asked.status, asked.pin_hash) == ("confirmed", "")


def test_confirming_sends_out_whoever_came_in_with_the_old_pin(junta: Junta) -> None:
    stamp = junta.treasurer.session_stamp

    confirm_pin(request=junta.ask(), actor=junta.president)

    junta.treasurer.refresh_from_db()
    assert junta.treasurer.session_stamp != stamp


def test_nobody_gives_such_a_pin_alone(junta: Junta) -> None:
    for role in roles.JUNTA:
        with pytest.raises(SecondPersonNeeded):
            a_card(someone_in(role))
    with pytest.raises(SecondPersonNeeded):
        a_card(junta.treasurer, pin=NEW, colour="lake")

    assert junta.opens(PIN)
    assert PinCard.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("secretary", AskedByYou), ("treasurer", OwnPin), ("stranger", NotInJunta)],
)
def test_who_asked_she_herself_and_others_do_not_confirm(
    junta: Junta, who: str, refusal: type[Exception]
) -> None:
    asked = junta.ask()
    actor = someone_in(roles.STOREKEEPER) if who == "stranger" else getattr(junta, who)

    with pytest.raises(refusal):
        confirm_pin(request=asked, actor=actor)

    asked.refresh_from_db()
    assert asked.status == "waiting"
    assert (junta.opens(NEW), junta.opens(PIN)) == (False, True)


def test_who_asks_for_her_own_pin_needs_another_too(junta: Junta) -> None:
    asked = junta.ask(actor=junta.treasurer)

    with pytest.raises(AskedByYou):
        confirm_pin(request=asked, actor=junta.treasurer)
    confirm_pin(request=asked, actor=junta.president)

    assert junta.opens(NEW)


def test_what_was_called_off_is_never_confirmed(junta: Junta) -> None:
    asked = junta.ask()
    with pytest.raises(NotInJunta):
        withdraw_pin(request=asked, actor=someone_in(roles.CHECKER))

    withdraw_pin(request=asked, actor=junta.president)

    with pytest.raises(PinDecided):
        confirm_pin(request=asked, actor=junta.president)
    assert (junta.opens(NEW), junta.opens(PIN)) == (False, True)


def test_a_new_request_calls_off_the_one_before(junta: Junta) -> None:
    before = junta.ask(pin="5917")

    now = junta.ask()

    with pytest.raises(PinDecided):
        confirm_pin(request=before, actor=junta.president)
    confirm_pin(request=now, actor=junta.president)
    assert junta.opens(NEW)


def test_a_bad_pin_or_anothers_picture_is_refused_at_once(junta: Junta) -> None:
    a_card(motif="estrella", colour="lake")
    with pytest.raises(BadPin):
        junta.ask(pin="1111")
    with pytest.raises(PictureTaken):
        ask_for_pin(
            user=junta.treasurer, motif="estrella", colour="lake", pin=NEW, actor=junta.secretary
        )

    assert not PinRequest.objects.exists()


# The database --------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["secretary", "treasurer"])
def test_the_database_too_wants_a_second_person(junta: Junta, who: str) -> None:
    asked = junta.ask()
    row = PinRequest.objects.filter(pk=asked.pk)
    decided = {"status": "confirmed", "pin_hash": "", "decided_at": asked.asked_at}

    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(decided_by=getattr(junta, who), **decided)

    assert row.update(decided_by=junta.president, **decided) == 1


@pytest.mark.parametrize(
    "change",
    [{"asked_by": "president"}, {"user": "president"}, {"pin_hash": "other"}, {"colour": "plain"}],
)
def test_what_was_asked_for_stays(junta: Junta, change: dict[str, str]) -> None:
    row = PinRequest.objects.filter(pk=junta.ask().pk)
    values = {name: getattr(junta, one, one) for name, one in change.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(**values)


def test_a_decided_request_stays_as_it_is(junta: Junta) -> None:
    asked = junta.ask()
    confirm_pin(request=asked, actor=junta.president)
    row = PinRequest.objects.filter(pk=asked.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(status="withdrawn")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()

    assert row.exists()


def test_two_who_confirm_and_call_off_at_once_agree_on_one(fresh_db: str) -> None:
    junta = Junta()
    vocal = someone_in(roles.VOCAL, "Valeria")
    asked = junta.ask()

    results = at_the_same_time(
        partial(confirm_pin, request=asked, actor=junta.president),
        partial(withdraw_pin, request=asked, actor=vocal),
    )

    assert sum(isinstance(one, PinDecided) for one in results) == 1
    asked.refresh_from_db()
    assert junta.opens(NEW) == (asked.status == "confirmed")
