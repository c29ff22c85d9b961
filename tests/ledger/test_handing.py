"""How a payment reached her is said with it, and stays.

Source: issue 5, "Money out, money in hand".
"""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from coop.people.errors import NoPinOfHers, PinOfHersIsKnown, WrongPin
from coop.people.pins import TypedPin
from ledger import queries
from ledger.errors import (
    BoxNotOpened,
    CashFromNoBox,
    CodeStopped,
    NoOwnPhone,
    NotDrawn,
    NoTransferFromBox,
    OperationMissing,
    OperationUsed,
    WalletMissing,
    WitnessMissing,
    WitnessNotProven,
    WrongCode,
    WrongStatus,
)
from ledger.models import CodeTry, Handing, JournalEntry, Payment
from ledger.services import How, hand_over, one_time_code, pay_payment, void_payment
from ledger.services.handing import MOST_TRIES
from tests.factories.ledger import DAY, NAME, Books, person, soles
from tests.factories.people import KNOWN_PIN, PIN, a_card, a_known_card
from tests.ledger.raw import in_vain, refuse
from tests.ledger.test_office import sign_in
from tests.ledger.test_posting import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(books: Books) -> Payment:
    """S/ 60 for Rosa, signed by two; S/ 100 in the box, which the treasurer has."""
    books.put_in_cash("100")
    books.open_box()
    books.earned("60")
    return books.sign_twice(books.request("60"))


@pytest.fixture
def at_bank(books: Books) -> Payment:
    """The same out of the bank."""
    in_the_bank(books)
    return books.sign_twice(books.request("60", from_account=books.account("bank")))


def in_the_bank(books: Books) -> None:
    """S/ 100 lie there, and Rosa is owed S/ 60."""
    books.post("bank", "opening_equity", "100", kind="opening")
    books.earned("60")


def two_at_bank(books: Books) -> list[Payment]:
    in_the_bank(books)
    bank = books.account("bank")
    return [books.sign_twice(books.request(told, from_account=bank)) for told in ("20", "30")]


def typed(pin: str = PIN) -> TypedPin:
    """A PIN, typed at the treasurer's desk."""
    return TypedPin(pin=pin, address="192.0.2.7")


def give(books: Books, payment: Payment, how: How) -> JournalEntry:
    return hand_over(payment=payment, how=how, actor=books.treasurer, on=DAY)


def is_unpaid(books: Books) -> bool:
    return queries.balance(books.rosas) == soles("60") and not Handing.objects.exists()


def test_her_own_phone_shows_the_code_that_confirms_it(books: Books, signed: Payment):
    give(books, signed, How.by_code(one_time_code(signed)))

    signed.refresh_from_db()
    assert signed.status == Payment.Status.PAID
    assert (signed.handing.means, signed.handing.proof) == ("cash", "code")
    assert signed.handing.written_by == books.treasurer


def test_a_wrong_code_pays_nothing_and_is_counted(books: Books, signed: Payment):
    wrong = f"{(int(one_time_code(signed)) + 1) % 10000:04}"
    for _ in range(MOST_TRIES):
        with pytest.raises(WrongCode):
            give(books, signed, How.by_code(wrong))
    assert is_unpaid(books)
    assert CodeTry.objects.count() == MOST_TRIES
    with pytest.raises(CodeStopped):
        give(books, signed, How.by_code(one_time_code(signed)))
    give(books, signed, How.by_signature(NAME))


def test_two_payments_have_two_codes(books: Books, signed: Payment):
    other = books.request("60", to_account=books.account("rent"), kind="expense_paid")
    assert one_time_code(signed) != one_time_code(other)
    assert one_time_code(signed) == one_time_code(Payment.objects.get(pk=signed.pk))


def test_who_has_no_screen_of_her_own_has_no_code(books: Books, signed: Payment):
    rent = books.sign_twice(
        books.request(
            "20", to_account=books.account("rent"), kind="expense_paid", payee=None,
            payee_name="Landlord",
        )
    )  # fmt: skip
    with refused(NoOwnPhone):
        give(books, rent, How.by_code("1234"))


def test_she_draws_her_name(books: Books, signed: Payment):
    give(books, signed, How.by_signature(NAME))
    assert Handing.objects.get(payment=signed).drawing == NAME


@pytest.mark.parametrize("nothing", ["", "10,20", "<svg>", "10,20 30,999", "1,1 " * 20])
def test_a_dot_is_no_signature(books: Books, signed: Payment, nothing: str):
    with refused(NotDrawn):
        give(books, signed, How.by_signature(nothing))
    assert is_unpaid(books)


def test_somebody_else_saw_it_and_says_so_with_her_own_pin(books: Books, signed: Payment):
    for nobody in (None, books.treasurer, books.rosa):
        with refused(WitnessMissing):
            give(books, signed, How.before(nobody, typed()))
    assert is_unpaid(books)
    marta = person("Marta", "member")
    a_card(marta)

    give(books, signed, How.before(marta, typed()))

    handing = Handing.objects.get(payment=signed)
    assert (handing.witness, handing.witness_proof) == (marta, "pin")


def test_nobody_says_for_her_that_she_saw_it(books: Books, signed: Payment):
    marta, julia = person("Marta", "member"), person("Julia", "member")
    card = a_card(marta)
    a_known_card(julia)
    for how, refusal in (
        (How.before(marta), WitnessNotProven),
        (How.before(marta, typed("")), WitnessNotProven),
        (How.before(marta, typed("9753")), WrongPin),
        (How.before(person("Nora", "member"), typed()), NoPinOfHers),
        (How.before(julia, typed(KNOWN_PIN)), PinOfHersIsKnown),
    ):
        with pytest.raises(refusal):
            give(books, signed, how)
    assert is_unpaid(books)
    card.refresh_from_db()
    assert card.failures == 1, "her tries are counted as when she comes in"


def test_the_page_asks_the_witness_herself(books: Books, signed: Payment):
    marta = person("Marta", "member")
    a_card(marta)
    client = sign_in(books.treasurer)
    address = f"{reverse('ledger_office:pay', args=[signed.pk])}?by=witness"
    page = client.get(address).content.decode()
    assert "Marta" in page
    assert f'value="{books.rosa.pk}"' not in page, "she has no PIN"

    for pin in ("", "9753"):
        page = client.post(address, {"witness": marta.pk, "pin": pin}).content.decode()
        assert not (pin and pin in page)
        assert is_unpaid(books)
    client.post(address, {"witness": marta.pk, "pin": PIN})

    assert Handing.objects.get(payment=signed).witness == marta


def test_a_transfer_has_its_operation_number(books: Books, at_bank: Payment):
    with refused(OperationMissing):
        give(books, at_bank, How.by_transfer(" "))
    assert is_unpaid(books)
    give(books, at_bank, How.by_transfer(" 00412 "))
    assert Handing.objects.get(payment=at_bank).operation == "00412"


def test_a_number_of_another_payment_is_taken_only_if_somebody_insists(books: Books):
    first, second = two_at_bank(books)
    give(books, first, How.by_transfer("4117"))
    with refused(OperationUsed):
        give(books, second, How.by_transfer("4117"))
    assert not Handing.objects.filter(payment=second).exists()

    give(books, second, replace(How.by_transfer("4117"), pays_several=True))
    assert Handing.objects.get(payment=second).operation == "4117"


def test_the_page_asks_whether_one_operation_paid_both(books: Books):
    first, second = two_at_bank(books)
    give(books, first, How.by_transfer("4117"))
    client = sign_in(books.treasurer)
    address = f"{reverse('ledger_office:pay', args=[second.pk])}?by=transfer"

    asked = client.post(address, {"operation": "4117"}).content.decode()
    assert '<input type="checkbox" name="pays_several"' in asked
    assert not Handing.objects.filter(payment=second).exists()
    client.post(address, {"operation": "4117", "pays_several": "on"})

    assert Handing.objects.get(payment=second).operation == "4117"


def test_the_list_asks_whether_one_operation_paid_both(books: Books):
    first, second = two_at_bank(books)
    give(books, first, How.by_transfer("4117"))
    client = sign_in(books.treasurer)
    said = {"do": "pay", "payment": [str(second.pk)], "operation": "4117"}

    page = client.post(reverse("ledger_office:together"), said, follow=True).content.decode()
    assert 'name="pays_several"' in page
    assert 'value="4117"' in page
    assert f'value="{second.pk}" checked' in page
    assert not Handing.objects.filter(payment=second).exists()
    client.post(reverse("ledger_office:together"), said | {"pays_several": "on"})

    assert Handing.objects.get(payment=second).operation == "4117"
    assert (
        'name="pays_several"' not in client.get(reverse("ledger_office:waiting")).content.decode()
    )


def test_a_wallet_has_its_phone_number_and_operation(books: Books, at_bank: Payment):
    with refused(WalletMissing):
        give(books, at_bank, How.by_wallet("yape", "", "77"))
    with refused(OperationMissing):
        give(books, at_bank, How.by_wallet("yape", "951 000 111", ""))
    assert is_unpaid(books)
    give(books, at_bank, How.by_wallet("plin", "951 000 111", "77"))
    assert Handing.objects.get(payment=at_bank).wallet == "plin"


def test_what_is_not_signed_is_not_handed_over(books: Books):
    books.put_in_cash("100")
    books.earned("60")
    payment = books.request("60")
    with refused(WrongStatus):
        give(books, payment, How.by_transfer("1"))


def test_handing_it_over_twice_is_once(books: Books, at_bank: Payment):
    first = give(books, at_bank, How.by_transfer("1"))
    assert give(books, at_bank, How.by_signature(NAME)) == first
    assert Handing.objects.get().means == "transfer"


# Where notes lie ----------------------------------------------------------------------------
@pytest.mark.parametrize("how", ["code", "signature", "witness"])
def test_no_notes_lie_in_a_bank_account(books: Books, at_bank: Payment, how: str):
    said = {
        "code": How.by_code(one_time_code(at_bank)),
        "signature": How.by_signature(NAME),
        "witness": How.before(person("Marta", "member"), typed()),
    }
    with refused(CashFromNoBox):
        give(books, at_bank, said[how])
    assert is_unpaid(books)
    assert not CodeTry.objects.exists()


@pytest.mark.parametrize("how", [How.by_transfer("1"), How.by_wallet("yape", "951 000 111", "77")])
def test_no_bank_reaches_into_a_box(books: Books, signed: Payment, how: How):
    with refused(NoTransferFromBox):
        give(books, signed, how)
    assert is_unpaid(books)


@pytest.mark.parametrize("how", [How.by_transfer("1"), How.by_signature(NAME)])
def test_cash_that_nobody_has_by_name_is_not_handed_out(books: Books, how: How):
    books.put_in_cash("100")
    books.earned("60")
    payment = books.sign_twice(books.request("60"))
    with refused(BoxNotOpened):
        give(books, payment, how)
    page = sign_in(books.treasurer).get(reverse("ledger_office:pay", args=[payment.pk]))
    assert reverse("cash_office:open") in page.content.decode()
    books.open_box()
    give(books, payment, How.by_signature(NAME))


def test_the_page_offers_only_ways_that_fit_the_place(books: Books, at_bank: Payment):
    books.put_in_cash("60", reference="box")
    books.open_box()
    client = sign_in(books.treasurer)

    def ways(payment: Payment, by: str = "") -> list[str]:
        page = client.get(f"{reverse('ledger_office:pay', args=[payment.pk])}?by={by}")
        return [one[0] for one in page.context["ways"]]

    assert ways(at_bank) == ways(at_bank, "signature") == ["transfer", "wallet"]
    void_payment(payment=at_bank, actor=books.treasurer, reason="in cash", on=DAY)
    in_cash = books.sign_twice(books.request("60"))
    assert ways(in_cash) == ways(in_cash, "wallet") == ["code", "signature", "witness"]


def test_whoever_sends_a_way_that_does_not_fit_reads_why(books: Books, at_bank: Payment):
    address = f"{reverse('ledger_office:pay', args=[at_bank.pk])}?by=signature"
    page = sign_in(books.treasurer).post(address, {"drawing": NAME}).content.decode()
    assert "ahí no hay billetes" in page
    assert is_unpaid(books)


def test_the_database_lets_notes_out_of_boxes_only(books: Books, at_bank: Payment):
    pay_payment(payment=at_bank, actor=books.treasurer, on=DAY)
    with in_vain():
        Handing.objects.create(
            payment=at_bank, means="cash", proof="signature", drawing=NAME,
            written_by=books.treasurer,
        )  # fmt: skip


def test_the_database_lets_nothing_but_notes_out_of_boxes(books: Books, signed: Payment):
    pay_payment(payment=signed, actor=books.treasurer, on=DAY)
    with in_vain():
        Handing.objects.create(
            payment=signed, means="transfer", operation="1", written_by=books.treasurer
        )


# The database ------------------------------------------------------------------------------
def test_how_it_was_paid_stays_as_it_was_said(books: Books, at_bank: Payment):
    give(books, at_bank, How.by_transfer("1"))
    refuse("UPDATE ledger_handing SET operation = '2'")
    refuse("DELETE FROM ledger_handing")
    with in_vain():
        Handing.objects.create(
            payment=at_bank, means="transfer", operation="2", written_by=books.treasurer
        )


def test_nothing_is_said_of_what_is_not_paid(books: Books, at_bank: Payment):
    with in_vain():
        Handing.objects.create(
            payment=at_bank, means="transfer", operation="2", written_by=books.treasurer
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"means": "cash"},
        {"means": "cash", "proof": "signature"},
        {"means": "cash", "proof": "witness"},
        {"means": "transfer"},
        {"means": "transfer", "operation": "1", "proof": "code"},
        {"means": "wallet", "wallet": "yape", "operation": "1"},
        {"means": "boat", "operation": "1"},
    ],
)
def test_the_database_asks_for_what_each_way_needs(books: Books, signed: Payment, wrong: dict):
    pay_payment(payment=signed, actor=books.treasurer, on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handing.objects.create(payment=signed, written_by=books.treasurer, **wrong)


def test_the_database_asks_a_witness_for_her_proof(books: Books, signed: Payment):
    pay_payment(payment=signed, actor=books.treasurer, on=DAY)
    with in_vain():
        Handing.objects.create(
            payment=signed,
            means="cash",
            proof="witness",
            witness=person("Marta", "member"),
            written_by=books.treasurer,
        )


@pytest.mark.parametrize("party", ["treasurer", "rosa"])
def test_who_pays_and_who_receives_witness_nothing(books: Books, signed: Payment, party: str):
    pay_payment(payment=signed, actor=books.treasurer, on=DAY)
    with in_vain():
        Handing.objects.create(
            payment=signed,
            means="cash",
            proof="witness",
            witness=getattr(books, party),
            witness_proof="pin",
            written_by=books.treasurer,
        )
