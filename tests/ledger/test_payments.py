"""Money that leaves the house is signed by two people who do not receive it.

Source: design, what must always hold, 3.
"""

from datetime import date

import pytest
from django.contrib.auth.models import Group

from ledger import queries
from ledger.errors import (
    AccountIsHeader,
    AskedForAlready,
    BeforeTheBooks,
    LedgerError,
    MoreThanOwed,
    NotAPayment,
    NotEnoughMoney,
    NotMoney,
    NotPositive,
    NotSigned,
    PayeeMissing,
    PayeeSigns,
    PaymentDiffers,
    ReferenceConflict,
    SignedAlready,
    SignerNotAllowed,
    WrongCurrency,
    WrongPayee,
    WrongStatus,
)
from ledger.models import Approval, JournalEntry, Payment, PaymentEvent
from ledger.services import (
    credit,
    debit,
    install_chart,
    pay_payment,
    post_entry,
    sign_payment,
    void_payment,
)
from tests.factories.ledger import DAY, Books, person, soles
from tests.ledger.test_posting import refused

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind
Status = Payment.Status


@pytest.fixture
def owing(books: Books) -> Books:
    """S/ 100 in the box, S/ 60 owed to Rosa."""
    books.put_in_cash("100")
    books.earned("60")
    return books


def trace(payment: Payment) -> list[str]:
    return [f"{one.actor.first_name} {one.verb}" for one in payment.events.select_related("actor")]


def test_two_sign_and_the_member_is_paid(owing: Books):
    payment = owing.request("60")
    assert payment.status == Status.REQUESTED
    sign_payment(payment=payment, signer=owing.treasurer, on=DAY)
    payment.refresh_from_db()
    assert payment.status == Status.REQUESTED
    sign_payment(payment=payment, signer=owing.president, on=DAY)
    payment.refresh_from_db()
    assert payment.status == Status.SIGNED

    entry = pay_payment(payment=payment, actor=owing.treasurer, on=DAY)

    payment.refresh_from_db()
    assert payment.status == Status.PAID
    assert payment.entry == entry
    assert queries.balance(owing.account("cash")) == soles("40")
    assert queries.balance(owing.rosas) == soles("0")
    assert trace(payment) == [
        "Tomasa requested",
        "Tomasa signed",
        "Petra signed",
        "Tomasa paid",
    ]


def test_paying_twice_pays_once(owing: Books):
    payment = owing.sign_twice(owing.request("60"))
    first = pay_payment(payment=payment, actor=owing.treasurer, on=DAY)

    assert pay_payment(payment=payment, actor=owing.treasurer, on=DAY) == first
    assert queries.balance(owing.account("cash")) == soles("40")
    assert trace(payment).count("Tomasa paid") == 1


def test_one_signature_does_not_pay(owing: Books):
    payment = owing.request("60")
    sign_payment(payment=payment, signer=owing.treasurer, on=DAY)
    with refused(WrongStatus):
        pay_payment(payment=payment, actor=owing.treasurer, on=DAY)


def test_nobody_signs_twice(owing: Books):
    payment = owing.request("60")
    sign_payment(payment=payment, signer=owing.treasurer, on=DAY)
    with refused(SignedAlready):
        sign_payment(payment=payment, signer=owing.treasurer, on=DAY)
    assert Approval.objects.count() == 1


def test_who_receives_does_not_sign(owing: Books):
    owing.rosa.groups.add(Group.objects.get(name="vocal"))
    payment = owing.request("60")
    with refused(PayeeSigns):
        sign_payment(payment=payment, signer=owing.rosa, on=DAY)
    assert not Approval.objects.exists()


def test_who_has_no_office_does_not_sign(owing: Books):
    payment = owing.request("60")
    for signer in (person("Marta", "member"), person("Olga", "storekeeper")):
        with refused(SignerNotAllowed):
            sign_payment(payment=payment, signer=signer, on=DAY)
    assert not Approval.objects.exists()


def test_who_lost_her_office_no_longer_signs(owing: Books):
    payment = owing.request("60")
    assert owing.president.has_perm("ledger.sign_payment")
    owing.president.groups.clear()
    with refused(SignerNotAllowed):
        sign_payment(payment=payment, signer=owing.president, on=DAY)


def test_what_is_paid_or_called_off_takes_no_signature(owing: Books):
    payment = owing.request("60")
    void_payment(payment=payment, actor=owing.treasurer, reason="wrong amount", on=DAY)
    with refused(WrongStatus):
        sign_payment(payment=payment, signer=owing.president, on=DAY)
    with refused(WrongStatus):
        void_payment(payment=payment, actor=owing.treasurer, reason="again", on=DAY)
    assert PaymentEvent.objects.get(verb="voided").note == "wrong amount"


def test_what_two_signed_can_be_called_off_until_it_is_paid(owing: Books):
    payment = owing.sign_twice(owing.request("60"))
    void_payment(payment=payment, actor=owing.secretary, reason="she left", on=DAY)
    with refused(WrongStatus):
        pay_payment(payment=payment, actor=owing.treasurer, on=DAY)
    paid = owing.pay("60")
    assert paid.payment is not None
    with refused(WrongStatus):
        void_payment(payment=paid.payment, actor=owing.treasurer, reason="late", on=DAY)


def test_no_more_is_paid_than_the_box_holds(owing: Books):
    owing.earned("60")
    payment = owing.sign_twice(owing.request("110"))
    with refused(NotEnoughMoney):
        pay_payment(payment=payment, actor=owing.treasurer, on=DAY)
    payment.refresh_from_db()
    assert payment.status == Status.SIGNED


def test_no_more_is_asked_for_than_she_is_owed(owing: Books):
    with pytest.raises(MoreThanOwed, match=r"60.00"):
        owing.request("60.01")
    assert not Payment.objects.exists()
    assert owing.request("60").status == Status.REQUESTED


def test_what_is_asked_for_already_is_not_asked_for_again(owing: Books):
    first = owing.request("40")
    with pytest.raises(AskedForAlready, match=r"40.00.*20.00"):
        owing.request("20.01")
    assert owing.request("20").status == Status.REQUESTED
    with refused(AskedForAlready):
        owing.request("0.01")

    void_payment(payment=first, actor=owing.treasurer, reason="too early", on=DAY)
    assert owing.request("40").status == Status.REQUESTED


def test_who_is_owed_less_by_the_day_is_not_paid_what_was_signed(owing: Books):
    payment = owing.sign_twice(owing.request("60"))
    owing.post(owing.rosas, "finished_pieces", "10", kind=Kind.HAND)

    with pytest.raises(MoreThanOwed, match=r"50.00"):
        pay_payment(payment=payment, actor=owing.treasurer, on=DAY)

    payment.refresh_from_db()
    assert payment.status == Status.SIGNED
    assert queries.balance(owing.rosas) == soles("50")


def test_who_owes_the_house_is_owed_nothing(owing: Books):
    owing.post(owing.rosas, "finished_pieces", "70", kind=Kind.HAND)
    with pytest.raises(MoreThanOwed, match=r"0.00"):
        owing.request("5")


def test_what_is_owed_to_one_is_not_paid_to_another(owing: Books):
    for payee, name in ((person("Marta"), ""), (None, "Somebody")):
        with refused(WrongPayee):
            owing.request("60", payee=payee, payee_name=name)
    assert not Payment.objects.exists()


def test_a_payment_says_who_receives(owing: Books):
    with refused(PayeeMissing):
        owing.request("5", to_account=owing.account("rent"), payee=None, payee_name=" ")


def test_a_supplier_is_paid_by_name(owing: Books):
    payment = owing.request(
        "30",
        to_account=owing.account("rent"),
        payee=None,
        payee_name="Taller Quispe",
        kind=Kind.EXPENSE_PAID,
    )
    pay_payment(payment=owing.sign_twice(payment), actor=owing.treasurer, on=DAY)
    assert queries.balance(owing.account("rent")) == soles("30")
    assert payment.payee_label == "Taller Quispe"


def test_a_payees_name_is_kept_with_the_person_only(owing: Books):
    assert owing.request("5", payee_name="Rosa Mamani").payee_name == ""


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"kind": Kind.SALE}, NotAPayment),
        ({"kind": Kind.TRANSFER}, NotAPayment),
    ],
)
def test_what_is_no_payment_is_not_asked_for(owing: Books, change, refusal):
    with refused(refusal):
        owing.request("5", **change)
    with refused(NotPositive):
        owing.request("0")
    assert not Payment.objects.exists()


def test_a_payment_leaves_a_money_account_of_its_currency(owing: Books):
    with refused(NotMoney):
        owing.request("5", from_account=owing.account("receivable"))
    install_chart(currency="USD")
    with refused(WrongCurrency):
        owing.request("5", from_account=queries.account("bank", "USD"))
    with refused(AccountIsHeader):
        owing.request("5", to_account=owing.account("members_payable"))


def test_asking_again_is_the_payment_that_is_there(owing: Books):
    first = owing.request("60", reference="pay:7")
    assert owing.request("60", reference="pay:7") == first
    with refused(ReferenceConflict):
        owing.request("61", reference="pay:7")
    assert Payment.objects.count() == 1
    assert PaymentEvent.objects.count() == 1


@pytest.mark.parametrize("amount", ["59.99", "60.01"])
def test_an_entry_of_another_amount_than_signed_is_refused(owing: Books, amount: str):
    payment = owing.sign_twice(owing.request("60"))
    with refused(PaymentDiffers):
        owing.post(owing.rosas, "cash", amount, kind=Kind.MEMBER_PAID, payment=payment)


def test_an_entry_to_another_account_or_of_another_kind_than_signed_is_refused(owing: Books):
    payment = owing.sign_twice(owing.request("60"))
    with refused(PaymentDiffers):
        owing.post("rent", "cash", "60", kind=Kind.MEMBER_PAID, payment=payment)
    with refused(PaymentDiffers):
        owing.post(owing.rosas, "cash", "60", kind=Kind.HAND, payment=payment)


def test_nothing_rides_along_with_a_signed_payment(owing: Books):
    payment = owing.sign_twice(owing.request("60"))
    cash = owing.account("cash")
    lines = [
        debit(owing.rosas, soles("60")),
        credit(cash, soles("60")),
        debit(owing.account("losses"), soles("5")),
        credit(cash, soles("5")),
    ]
    with refused(PaymentDiffers):
        post_entry(
            day=DAY,
            kind=Kind.MEMBER_PAID,
            memo="",
            lines=lines,
            reference="x",
            created_by=owing.treasurer,
            payment=payment,
        )


def test_an_entry_of_an_unsigned_payment_is_refused(owing: Books):
    payment = owing.request("60")
    sign_payment(payment=payment, signer=owing.treasurer, on=DAY)
    with refused(NotSigned):
        owing.post(owing.rosas, "cash", "60", kind=Kind.MEMBER_PAID, payment=payment)


def test_a_signed_payment_pays_one_entry(owing: Books):
    paid = owing.pay("60")
    with refused(LedgerError):
        owing.post(owing.rosas, "cash", "60", kind=Kind.MEMBER_PAID, payment=paid.payment)


def test_the_list_of_what_is_owed(owing: Books, django_assert_num_queries):
    from ledger.services import open_member_account

    ana = open_member_account(member_code="T-01", holder=person("Ana"))
    owing.post("finished_pieces", ana, "80", kind=Kind.PIECE_PASSED)
    open_member_account(member_code="T-02", holder=person("Eva"))

    with django_assert_num_queries(1):
        owed = [(one.code, one.owed_minor, str(one.holder)) for one in queries.member_accounts()]
    assert owed == [
        ("4419.T-01", 8000, "Ana"),
        ("4419.T-07", 6000, "Rosa"),
        ("4419.T-02", 0, "Eva"),
    ]


def test_nothing_is_asked_for_before_the_books_begin(owing: Books):
    with pytest.raises(BeforeTheBooks):
        owing.request("10", on=date(1990, 1, 1))

    assert not Payment.objects.exists()
