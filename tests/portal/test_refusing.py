"""On a phone she can say no to a payment, with a picture; who asked for it is told there too."""

import pytest

from ledger.models import Payment, PaymentEvent
from tests.portal.test_count import pay_day_of_two
from tests.portal.test_pay import ask, asked

Verb, Why = PaymentEvent.Verb, PaymentEvent.Why


@pytest.mark.parametrize("why", Why.values)
def test_a_picture_says_why(workshop, phone, why):
    payment, client = asked(workshop, "10.00"), phone(workshop.signers[0])
    assert f"/m/sign/{payment.pk}/no/" in client.get(f"/m/sign/{payment.pk}/").content.decode()
    page = client.get(f"/m/sign/{payment.pk}/no/").content.decode()
    assert f'value="{why}"' in page
    assert str(workshop.rosa.user) in page

    assert client.post(f"/m/sign/{payment.pk}/no/", {"why": why}).url == "/m/sign/"

    payment.refresh_from_db()
    assert payment.status == Payment.Status.VOID
    assert payment.events.get(verb=Verb.REFUSED).why == why


def test_her_own_words_say_why_and_none_say_nothing(workshop, phone):
    payment, client = asked(workshop, "10.00"), phone(workshop.signers[0])
    page = client.post(f"/m/sign/{payment.pk}/no/", {"note": " "}).content.decode()
    assert "Di por qué" in page
    payment.refresh_from_db()
    assert payment.status == Payment.Status.REQUESTED

    client.post(f"/m/sign/{payment.pk}/no/", {"note": "Ella está de viaje"})

    assert payment.events.get(verb=Verb.REFUSED).reason == "Ella está de viaje"


def test_nobody_else_and_not_for_herself(workshop, phone):
    payment = asked(workshop, "10.00")
    assert phone(workshop.rosa.user).get(f"/m/sign/{payment.pk}/no/").status_code == 403
    assert phone(workshop.rosa.user).post(f"/m/sign/{payment.pk}/no/").status_code == 403
    payment.refresh_from_db()
    assert payment.status == Payment.Status.REQUESTED


def test_what_waits_for_nobody_is_not_refused(workshop, phone):
    payment, client = asked(workshop, "10.00"), phone(workshop.signers[0])
    client.post(f"/m/sign/{payment.pk}/no/", {"why": "twice"})
    assert client.get(f"/m/sign/{payment.pk}/no/").url == "/m/sign/"


def test_the_first_screen_of_who_asked_says_it_until_she_understands(workshop, phone):
    payment, hers = asked(workshop, "10.00"), phone(workshop.treasurer)
    phone(workshop.signers[0]).post(f"/m/sign/{payment.pk}/no/", {"why": "purpose"})

    page = hers.get("/m/").content.decode()
    assert "No sé para qué es" in page
    assert "S/\xa010.00" in page
    assert hers.post(f"/m/told/{payment.pk}/").url == "/m/"

    assert "No sé para qué es" not in hers.get("/m/").content.decode()
    assert payment.events.filter(verb=Verb.HEARD).exists()
    other = ask(workshop, "1.00")
    assert phone(workshop.rosa.user).post(f"/m/told/{other.pk}/").status_code == 404


def test_whom_she_left_out_of_a_pay_day_she_can_refuse(workshop, phone):
    day, (first, second) = pay_day_of_two(workshop)
    client, address = phone(workshop.treasurer), f"/m/sign/day/{day.pk}/"
    client.post(address, {"leave": first.pk})
    client.post(address, {"next": second.pk})

    page = client.get(address).content.decode()

    assert f"/m/sign/{first.pk}/no/" in page
    assert f"/m/sign/{second.pk}/no/" not in page
