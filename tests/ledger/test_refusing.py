"""Whoever signs may say no: then it is called off, and who asked for it reads why.

Source: issue 5, "Money out, money in hand".
"""

import pytest
from django.urls import reverse

from coop.kit.audit import findings
from ledger import queries
from ledger.errors import (
    NotYourRequest,
    PayeeRefuses,
    ReasonMissing,
    SignerNotAllowed,
    WrongStatus,
)
from ledger.models import Payment, PaymentEvent
from ledger.services import hear_refusal, refuse_payment, sign_payment
from tests.factories.ledger import DAY, Books, person, soles
from tests.ledger.raw import in_vain
from tests.ledger.test_office import sign_in
from tests.ledger.test_posting import refused

pytestmark = pytest.mark.django_db
Verb, Why = PaymentEvent.Verb, PaymentEvent.Why


@pytest.fixture
def asked(books: Books) -> Payment:
    """S/ 60 for Rosa, asked for by the treasurer."""
    books.put_in_cash("100")
    books.earned("60")
    return books.request("60")


def refuse(books: Books, payment: Payment, **changes) -> Payment:
    return refuse_payment(
        payment=payment, **({"actor": books.president, "why": Why.AMOUNT, "on": DAY} | changes)
    )


def test_what_one_refuses_nobody_signs_or_pays(books: Books, asked: Payment):
    refuse(books, asked)

    asked.refresh_from_db()
    assert asked.status == Payment.Status.VOID
    with refused(WrongStatus):
        sign_payment(payment=asked, signer=books.treasurer, on=DAY)
    trace = asked.events.get(verb=Verb.REFUSED)
    assert (trace.actor, trace.reason) == (books.president, str(Why.AMOUNT.label))
    assert queries.waiting_for(books.rosas) == soles("0"), "it can be asked for anew"
    assert findings() == []


def test_it_can_be_refused_until_it_is_paid(books: Books, asked: Payment):
    refuse(books, books.sign_twice(asked), note="  she was ill  ", why="")
    assert asked.events.get(verb=Verb.REFUSED).reason == "she was ill"

    books.pay("20")
    paid = Payment.objects.get(status=Payment.Status.PAID)
    with refused(WrongStatus):
        refuse(books, paid)


def test_refusing_twice_is_once(books: Books, asked: Payment):
    refuse(books, asked)
    refuse(books, asked, why=Why.TWICE)
    assert asked.events.get(verb=Verb.REFUSED).why == Why.AMOUNT


@pytest.mark.parametrize("said", [{"why": ""}, {"why": "nonsense"}, {"why": "", "note": "  "}])
def test_nobody_refuses_without_a_reason(books: Books, asked: Payment, said: dict):
    with refused(ReasonMissing):
        refuse(books, asked, **said)
    asked.refresh_from_db()
    assert asked.status == Payment.Status.REQUESTED


def test_who_does_not_sign_does_not_refuse(books: Books, asked: Payment):
    with refused(SignerNotAllowed):
        refuse(books, asked, actor=person("Marta", "member"))
    hers = books.request(
        "10", to_account=books.account("rent"), payee=books.president, kind="expense_paid"
    )
    with refused(PayeeRefuses):
        refuse(books, hers)
    with in_vain():
        PaymentEvent.objects.create(
            payment=hers, verb=Verb.REFUSED, actor=books.president, on=DAY, why=Why.AMOUNT
        )


# Who asked for it ------------------------------------------------------------------------------
def test_who_asked_for_it_reads_why_until_she_says_so(books: Books, asked: Payment):
    assert not queries.refusals_for(books.treasurer)
    with refused(WrongStatus):
        hear_refusal(payment=asked, actor=books.treasurer, on=DAY)
    refuse(books, asked)
    assert [one.payment for one in queries.refusals_for(books.treasurer)] == [asked]
    assert not queries.refusals_for(books.president)
    with refused(NotYourRequest):
        hear_refusal(payment=asked, actor=books.president, on=DAY)

    for _ in range(2):
        hear_refusal(payment=asked, actor=books.treasurer, on=DAY)

    assert not queries.refusals_for(books.treasurer)
    assert asked.events.filter(verb=Verb.HEARD).count() == 1
    assert findings() == []


def test_the_office_leads_her_to_it(books: Books, asked: Payment):
    refuse(books, asked)
    client = sign_in(books.treasurer)
    first = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("ledger_office:refused") in first

    page = client.get(reverse("ledger_office:refused"), follow=True).content.decode()
    assert "El monto no está bien" in page
    client.post(reverse("ledger_office:hear", args=[asked.pk]))

    first = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("ledger_office:refused") not in first
