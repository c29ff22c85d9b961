"""Counting a box around one phone, and signing a whole pay day on it."""

from django.test import Client

from ledger import queries
from ledger.cash.models import Count, Holding
from ledger.cash.services import ask_pay_day, open_box
from ledger.models import Payment
from tests.cash.conftest import NAME
from tests.factories.ledger import DAY
from tests.portal.test_pay import earn


def box_of(workshop):
    return open_box(
        account=queries.account("cash"), holder=workshop.treasurer, actor=workshop.treasurer, on=DAY
    )


def test_two_count_around_one_phone_and_hand_the_box_over(workshop, phone):
    box, other = box_of(workshop), workshop.signers[0]
    client: Client = phone(workshop.treasurer)
    assert "Caja" in client.get("/m/count/").content.decode()
    page = client.get(f"/m/count/{box.pk}/").content.decode()
    assert "note-20000" in page
    # What the books say is not shown before it was counted.
    assert str(queries.balance(box.account).amount) not in page

    answer = client.post(f"/m/count/{box.pk}/", {"form_key": "a", "of_2000": "1", "of_10": "2"})
    count = Count.objects.get()
    assert answer.url == f"/m/count/of/{count.pk}/"
    assert count.counted_minor == 2020
    client.post(f"{answer.url}?with={other.pk}", {"drawing": "1,1"})
    assert not hasattr(Count.objects.get(), "agreement")
    client.post(f"{answer.url}?with={other.pk}", {"drawing": NAME})
    assert Count.objects.get().agreement.person == other

    hand = client.post(f"{answer.url}?to={other.pk}", {}).url
    client.post(hand)
    client.post(f"{hand}?who={other.pk}", {"drawing": NAME})
    assert Holding.objects.order_by("-number")[0].holder == other
    assert client.get(hand).status_code == 200


def test_what_is_no_number_is_said_and_nothing_is_counted(workshop, phone):
    box, client = box_of(workshop), phone(workshop.treasurer)
    for wrong in ("-1", "1.5", "x", "9" * 12):
        page = client.post(f"/m/count/{box.pk}/", {"form_key": "a", "of_2000": wrong})
        assert page.status_code == 200
    assert not Count.objects.exists()


def test_who_holds_no_box_does_not_count(workshop, phone):
    box = box_of(workshop)
    assert phone(workshop.rosa.user).get(f"/m/count/{box.pk}/").status_code == 403


def test_a_pay_day_is_signed_at_once(workshop, phone):
    earn(workshop, 2)
    day = ask_pay_day(
        from_account=queries.account("cash"),
        purpose="Pago",
        actor=workshop.treasurer,
        reference="pay-day",
    )
    payment = Payment.objects.get(status=Payment.Status.REQUESTED)
    client = phone(workshop.treasurer)
    assert client.get("/m/sign/").status_code == 200
    page = client.get(f"/m/sign/day/{day.pk}/").content.decode()
    assert str(workshop.rosa.user) in page
    client.post(f"/m/sign/day/{day.pk}/", {"shown": []})
    assert not payment.approvals.exists()
    client.post(f"/m/sign/day/{day.pk}/", {"shown": [payment.pk]})
    assert payment.approvals.get().signer == workshop.treasurer
