"""On a phone a woman of the Junta says whether another really wanted a new PIN."""

import pytest

from coop.people import roles
from coop.people.models import PinCard, PinRequest
from coop.people.pins import ask_for_pin
from tests.factories.people import someone_in


@pytest.fixture
def asked(workshop, phone) -> PinRequest:
    """The secretary asked for a new PIN of the treasurer, who has a card."""
    phone(workshop.treasurer)
    card = PinCard.objects.get(user=workshop.treasurer)
    return ask_for_pin(
        user=workshop.treasurer,
        motif=card.motif,
        colour=card.colour,
        pin="7193",
        actor=workshop.secretary,
    )


def pin_of(user) -> str:
    return PinCard.objects.get(user=user).pin_hash


@pytest.mark.parametrize(("answer", "status"), [("yes", "confirmed"), ("no", "withdrawn")])
def test_another_of_the_junta_says_yes_or_no(workshop, phone, asked, answer, status):
    before, client = pin_of(workshop.treasurer), phone(someone_in(roles.VOCAL, "Valeria"))
    assert f"/m/sign/pin/{asked.pk}/" in client.get("/m/sign/").content.decode()

    assert client.post(f"/m/sign/pin/{asked.pk}/", {answer: "1"}).url == "/m/sign/"

    asked.refresh_from_db()
    assert asked.status == status
    assert (pin_of(workshop.treasurer) == before) == (answer == "no")


def test_neither_she_herself_nor_who_asked_is_offered_it(workshop, phone, asked):
    for user in (workshop.treasurer, workshop.secretary):
        client = phone(user)
        assert "/m/sign/pin/" not in client.get("/m/sign/").content.decode()
        assert client.post(f"/m/sign/pin/{asked.pk}/", {"yes": "1"}).status_code == 404

    asked.refresh_from_db()
    assert asked.status == "waiting"


def test_who_does_not_sign_does_not_decide(workshop, phone, asked):
    answer = phone(workshop.rosa.user).post(f"/m/sign/pin/{asked.pk}/", {"yes": "1"})

    assert answer.status_code == 403
    asked.refresh_from_db()
    assert asked.status == "waiting"
