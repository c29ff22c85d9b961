"""A woman who comes into the Junta chooses a PIN of her own before she signs on her phone."""

import pytest
from django.test import Client

from coop.people import roles
from coop.people.models import PinCard
from coop.people.pins import ask_for_pin
from ledger.models import Approval
from tests.factories.people import KNOWN_PIN, a_known_card, someone_in
from tests.portal.test_pay import asked
from tests.shop.pages import text

NEW = "5917"


@pytest.fixture
def her(workshop) -> Client:
    """The treasurer, who came in with the PIN that she was given."""
    card = a_known_card(workshop.treasurer)
    return come_in(card, KNOWN_PIN)


def come_in(card: PinCard, pin: str) -> Client:
    client = Client()
    client.post(f"/m/login/{card.pk}/", {"pin": pin, "enter": "1"})
    return client


def choose(client: Client, first: str, second: str):
    client.post("/m/pin/", {"pin": first, "first": "", "enter": "1"})
    return client.post("/m/pin/", {"pin": second, "first": first, "enter": "1"}, follow=True)


def test_after_coming_in_she_is_asked_once_and_her_other_screens_stay_open(her):
    assert her.get("/m/").url == "/m/pin/"
    assert her.get("/m/").status_code == 200
    assert "no se lo digas a nadie" in text(her.get("/m/pin/"))


def test_until_then_her_signature_is_refused_kindly(workshop, her):
    payment = asked(workshop, "10.00")

    page = her.post(f"/m/sign/{payment.pk}/", follow=True)

    assert page.redirect_chain == [("/m/pin/", 302)]
    assert "Elige uno tuyo" in text(page)
    assert not Approval.objects.filter(payment=payment).exists()


def test_with_her_own_she_signs_and_stays_in(workshop, her):
    payment = asked(workshop, "10.00")

    page = choose(her, NEW, NEW)

    assert "Tu firma vale" in text(page)
    her.post(f"/m/sign/{payment.pk}/")
    assert Approval.objects.filter(payment=payment, signer=workshop.treasurer).exists()


def test_whoever_came_in_with_the_known_pin_is_sent_out(workshop, her):
    other = come_in(workshop.treasurer.pin_card, KNOWN_PIN)

    choose(her, NEW, NEW)

    assert "/m/login/" in other.get("/m/").url


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (NEW, "7193", "no son iguales"),
        (KNOWN_PIN, KNOWN_PIN, "otras pueden saber"),
        ("1111", "1111", "cuatro a seis"),
        ("", "", "cuatro a seis"),
    ],
)
def test_what_will_not_do_is_said_and_nothing_has_changed(workshop, her, first, second, said):
    page = choose(her, first, second)

    assert said in text(page)
    assert PinCard.objects.get(user=workshop.treasurer).is_known


def test_the_keys_work_without_script(her):
    page = her.post("/m/pin/", {"pin": "591", "first": "", "press": "7"})
    assert 'value="5917"' in page.content.decode()

    page = her.post("/m/pin/", {"pin": "5917", "first": "5917", "press": "back"}).content.decode()
    assert 'name="pin" value="591"' in page
    assert 'name="first" value="5917"' in page


def test_who_needs_none_is_sent_home(workshop, phone):
    assert phone(workshop.treasurer).get("/m/pin/").url == "/m/"
    assert phone(workshop.rosa.user).get("/m/pin/").url == "/m/"


def test_a_pin_that_others_know_confirms_nobody_elses(workshop, her):
    other, secretary = someone_in(roles.VOCAL), someone_in(roles.SECRETARY)
    asked = ask_for_pin(user=other, motif="llamas", colour="lake", pin=NEW, actor=secretary)

    page = her.post(f"/m/sign/pin/{asked.pk}/", {"yes": "1"}, follow=True)

    asked.refresh_from_db()
    assert asked.status == "waiting"
    assert "Elige uno tuyo" in text(page)
