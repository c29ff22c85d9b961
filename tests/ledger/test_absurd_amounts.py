"""An amount that is none gets a sentence, in every field of the office, and nothing is posted."""

from collections.abc import Iterator
from importlib import import_module
from uuid import uuid4

import pytest
from django import forms
from django.test import Client
from django.utils import translation

from coop.kit.office import AnyAmountField, NumberField
from ledger.models import JournalEntry, Payment, Posting
from tests.factories.ledger import Books
from tests.ledger.test_office import at, sign_in

#: Modules of the office in which somebody types an amount of money, a rate or a number.
MODULES = (
    "ledger.forms",
    "ledger.office.hand_forms",
    "ledger.office.grants",
    "ledger.office.surplus",
    "ledger.office.handing",
    "ledger.bank.forms",
    "ledger.cash.office.advances",
    "ledger.cash.office.boxes",
    "ledger.cash.office.pay_days",
    "ledger.reports.office.budget",
    "orders.shop.office.refund_form",
    "catalog.forms",
)
#: Never an amount, whatever the field is for.
NEVER = [
    "1e400", "1e3", "NaN", "sNaN", "Infinity", "-Infinity", "∞", "1,2,3", "1.2.3", "0x10", "1_000",
    "9" * 30, "-" + "9" * 30, "0." + "1" * 30, "1" + "0" * 20 + ".00", "doce", "12 soles", "½", "--5",
    "=1+1", "'; --",
]  # fmt: skip


def _forms() -> Iterator[tuple[str, type[forms.Form]]]:
    for name in MODULES:
        for one in vars(import_module(name)).values():
            if isinstance(one, type) and issubclass(one, forms.Form) and one.__module__ == name:
                yield name, one


#: A balance, or a line that is taken away.
MAY_BE_NOTHING = {"UploadForm.closing", "ClosingForm.closing", "BudgetForm.amount"}
FIELDS = {
    f"{form.__name__}.{name}": field
    for _module, form in _forms()
    for name, field in form.base_fields.items()
    if isinstance(field, forms.DecimalField) and not field.widget.is_hidden
}


def test_the_amounts_of_the_office_were_found():
    """So that the tests below cannot pass by finding nothing."""
    wanted = {
        "MoveForm.amount", "MoveForm.arrived", "HandForm.amount", "LineForm.debit", "LineForm.credit",
        "UploadForm.closing", "ClosingForm.closing", "WriteForm.worth", "ReceiveForm.pays",
        "AdvanceForm.amount", "MemberPaymentForm.amount", "PaymentForm.amount", "RateForm.rate",
        "BudgetForm.amount", "BudgetLineForm.amount", "TagForm.amount",
    }  # fmt: skip
    assert wanted <= set(FIELDS)


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_no_amount_is_the_browsers_own_field_for_numbers(field: forms.Field):
    assert isinstance(field, NumberField)
    assert field.widget.input_type == "text"


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_every_amount_refuses_what_is_none_with_a_sentence(field: forms.Field):
    with translation.override("en"):
        for typed in NEVER:
            with pytest.raises(forms.ValidationError) as refused:
                field.clean(typed)
            said = str(refused.value.messages[0])
            assert said.startswith(("Write ", "That is too much")), (typed, said)


@pytest.mark.parametrize("name", sorted({*FIELDS} - MAY_BE_NOTHING))
@pytest.mark.parametrize("typed", ["0", "-5"])
def test_money_that_moves_is_above_zero(name: str, typed: str):
    with pytest.raises(forms.ValidationError):
        FIELDS[name].clean(typed)


def test_a_balance_may_be_less_than_nothing():
    assert str(AnyAmountField(may_be_less=True).clean("-33,50")) == "-33.50"


# The pages ---------------------------------------------------------------------------------------
@pytest.fixture
def treasurer(books: Books) -> Client:
    books.put_in_cash("500")
    books.treasurer.language = "en"
    books.treasurer.save()
    return sign_in(books.treasurer)


def _lines(books: Books, debit: str, credit: str) -> dict[str, object]:
    return {
        "kind": "transfer",
        "memo": "x",
        "line-TOTAL_FORMS": "2",
        "line-INITIAL_FORMS": "0",
        "line-0-account": books.account("bank").pk,
        "line-0-debit": debit,
        "line-1-account": books.account("cash").pk,
        "line-1-credit": credit,
    }


def _pages(books: Books, typed: str) -> dict[str, tuple[str, dict[str, object]]]:
    cash, bank = books.account("cash").pk, books.account("bank").pk
    said = {"form_key": str(uuid4()), "do": "write", "on": "2026-03-12"}
    return {
        "template": (
            at("template", "cash_to_bank"),
            said | {"amount": typed, "place": cash, "to": bank, "words": "x"},
        ),
        "write": (at("write"), said | _lines(books, typed, typed)),
        "move": (at("move"), said | {"amount": typed, "from_account": cash, "to_account": bank}),
        "ask": (
            at("ask"),
            said
            | {
                "kind": "expense_paid", "amount": typed, "from_account": cash,
                "to_account": books.account("rent").pk, "payee_name": "x", "purpose": "x",
            },
        ),
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["template", "write", "move", "ask"])
def test_no_page_posts_what_is_no_amount(treasurer: Client, books: Books, page: str):
    before = JournalEntry.objects.count(), Posting.objects.count(), Payment.objects.count()
    for typed in ["1e400", "NaN", "Infinity", "9" * 30, "1,2,3", "0", "-5", "0,00", "0.001"]:
        address, values = _pages(books, typed)[page]

        answer = treasurer.post(address, values)

        said = answer.content.decode()
        assert answer.status_code == 200, typed
        assert any(one in said for one in ("Write an amount", "That is too much")), typed
        after = JournalEntry.objects.count(), Posting.objects.count(), Payment.objects.count()
        assert after == before, typed


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["template", "write", "move", "ask"])
def test_the_same_pages_take_an_amount_with_a_comma(treasurer: Client, books: Books, page: str):
    address, values = _pages(books, "12,50")[page]

    assert treasurer.post(address, values).status_code == 302

    made = [
        str(one.amount.amount)
        for one in [*Posting.objects.order_by("-pk")[:1], *Payment.objects.all()]
    ]
    assert "12.50" in made
