"""Signing on a phone: two sign, neither of them who receives."""

from django.test import Client

from coop.members.services import appoint
from ledger.models import Approval, JournalEntry, Payment
from ledger.services import reverse_entry
from tests.factories.ledger import DAY
from tests.portal.test_pay import ask, asked, earn

Status = Payment.Status


def test_a_payment_shows_who_receives_and_how_much(workshop, phone):
    earn(workshop, 5)
    payment = ask(workshop, "37.50")
    client = phone(workshop.treasurer)

    for address in ("/m/sign/", f"/m/sign/{payment.pk}/"):
        page = client.get(address).content.decode()
        assert str(workshop.rosa.user) in page
        assert "S/\xa037.50" in page
        shown = page.split("sure__panel")[0]
        assert [shown.count(f'{one}"') for one in ("note-2000", "note-1000", "coin-500")] == [
            1,
            1,
            1,
        ]


def test_looking_does_not_sign(workshop, phone):
    payment = asked(workshop, "10.00")

    phone(workshop.treasurer).get(f"/m/sign/{payment.pk}/")

    assert not Approval.objects.filter(payment=payment).exists()


def test_two_people_sign_and_then_it_can_be_paid(workshop, phone):
    payment = asked(workshop, "10.00")

    assert phone(workshop.treasurer).post(f"/m/sign/{payment.pk}/").url == "/m/sign/"
    payment.refresh_from_db()
    assert payment.status == Status.REQUESTED
    assert phone(workshop.signers[0]).post(f"/m/sign/{payment.pk}/").url == "/m/sign/"

    payment.refresh_from_db()
    assert payment.status == Status.SIGNED
    assert {one.signer for one in payment.approvals.all()} == {
        workshop.treasurer,
        workshop.signers[0],
    }


def test_one_person_is_not_two(workshop, phone):
    payment, client = asked(workshop, "10.00"), phone(workshop.treasurer)
    client.post(f"/m/sign/{payment.pk}/")

    response = client.post(f"/m/sign/{payment.pk}/")

    assert response.status_code == 200
    assert payment.approvals.count() == 1
    payment.refresh_from_db()
    assert payment.status == Status.REQUESTED


def test_nobody_signs_or_sees_here_what_she_herself_receives(workshop, phone):
    appoint(member=workshop.rosa, post="president", from_on=DAY, actor=workshop.secretary)
    payment, client = asked(workshop, "10.00"), phone(workshop.rosa.user)

    assert f"/m/sign/{payment.pk}/" not in client.get("/m/sign/").content.decode()
    for answer in (client.get, client.post):
        assert answer(f"/m/sign/{payment.pk}/").status_code == 404
    assert not payment.approvals.exists()


def test_who_may_not_sign_does_not(workshop, phone):
    payment, client = asked(workshop, "10.00"), phone(workshop.another().user)

    for answer in (client.get, client.post):
        assert answer(f"/m/sign/{payment.pk}/").status_code == 403
    assert not payment.approvals.exists()


def test_what_she_signed_stands_last_and_says_so(workshop, phone):
    first, second = asked(workshop, "10.00"), asked(workshop, "20.00")
    client = phone(workshop.treasurer)
    client.post(f"/m/sign/{first.pk}/")

    page = client.get("/m/sign/").content.decode()

    assert f'href="/m/sign/{second.pk}/"' in page
    assert f'href="/m/sign/{first.pk}/"' not in page
    assert page.index("S/\xa020.00") < page.index("S/\xa010.00")
    assert "paper--signed" in page


def test_the_first_screen_counts_what_waits_for_her(workshop, phone):
    client: Client = phone(workshop.treasurer)
    payment = asked(workshop, "10.00")
    assert "tile__waiting" in client.get("/m/").content.decode()

    client.post(f"/m/sign/{payment.pk}/")

    assert "tile__waiting" not in client.get("/m/").content.decode()


def test_what_two_others_signed_waits_for_nobody(workshop, phone):
    payment = asked(workshop, "10.00")
    for signer in workshop.signers:
        phone(signer).post(f"/m/sign/{payment.pk}/")
    client = phone(workshop.treasurer)

    response = client.post(f"/m/sign/{payment.pk}/", follow=True)

    assert response.redirect_chain == [("/m/sign/", 302)]
    assert payment.approvals.count() == 2


def test_what_she_is_owed_stands_beside_what_she_is_to_receive(workshop, phone):
    payment = asked(workshop, "37.50")

    for address in ("/m/sign/", f"/m/sign/{payment.pk}/"):
        page = phone(workshop.treasurer).get(address).content.decode()
        assert "S/\xa037.50" in page
        assert "S/\xa040.00" in page
        assert "paper__owed--less" not in page


def test_a_payment_larger_than_what_she_is_owed_by_now_warns_who_signs(workshop, phone):
    payment = asked(workshop, "37.50")
    passed = JournalEntry.objects.filter(kind=JournalEntry.Kind.PIECE_PASSED).first()
    reverse_entry(entry=passed, reason="wrong design", day=DAY, actor=workshop.treasurer)

    for address in ("/m/sign/", f"/m/sign/{payment.pk}/"):
        page = phone(workshop.treasurer).get(address).content.decode()
        assert "paper__owed--less" in page
        assert "S/\xa032.00" in page
