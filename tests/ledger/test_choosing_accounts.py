"""Lists of accounts: by name, under headings, and without twins that nobody used."""

from collections.abc import Iterable
from typing import Any

import pytest
from django import forms
from djmoney.money import Money

from ledger.account_field import AccountField
from ledger.bank.forms import UploadForm
from ledger.forms import JournalFilter, MoveForm, PaymentForm
from ledger.models import Account
from ledger.services import credit, debit, open_account
from tests.factories.ledger import Books

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(books: Books) -> Account:
    """A bank account in euros that nobody used."""
    return in_euros("104-EUR", "asset", is_money=True)


def in_euros(code: str, kind: str, *, is_money: bool = False) -> Account:
    return open_account(
        code=code, name_es=f"Cuenta {code}", name_en=f"Account {code}",
        kind=kind, currency="EUR", is_money=is_money,
    )  # fmt: skip


def groups(field: forms.Field) -> dict[str, list[str]]:
    """Labels by heading; those without one under nothing."""
    found: dict[str, list[str]] = {"": []}
    choices: Iterable[Any] = field.choices
    for key, label in choices:
        if isinstance(label, list):
            found[str(key)] = [str(one) for _key, one in label]
        else:
            found[""].append(str(label))
    return found


def test_a_womans_account_says_her_name(books: Books):
    labels = [label for one in groups(AccountField()).values() for label in one]
    assert f"{books.rosas.code} {books.rosa}" in labels


def test_accounts_stand_under_what_they_are(books: Books):
    found = groups(AccountField())
    rent, cash = books.account("rent"), books.account("cash")
    assert str(rent) in next(labels for labels in found.values() if str(rent) in labels)
    by_label = {label: heading for heading, labels in found.items() for label in labels}
    assert (
        len({by_label[str(rent)], by_label[str(cash)], by_label[str(books.account("sales"))]}) == 3
    )
    assert len(found[""]) == 1  # “choose”


def test_a_list_of_one_sort_has_no_heading(books: Books):
    spent = Account.objects.filter(kind="expense", currency="PEN")
    assert list(groups(AccountField(queryset=spent))) == [""]


def shown(field: forms.Field) -> set[str]:
    return {label for one in groups(field).values() for label in one}


def test_a_twin_that_nobody_used_is_offered_only_where_money_arrives_first(twin: Account):
    assert str(twin) not in shown(JournalFilter().fields["account"])
    assert str(twin) not in shown(PaymentForm().fields["from_account"])
    assert str(twin) not in shown(MoveForm().fields["from_account"])
    assert str(twin) in shown(MoveForm().fields["to_account"])
    assert str(twin) in shown(UploadForm().fields["account"])


def test_a_twin_that_is_chosen_stays_in_its_list(twin: Account):
    form = JournalFilter({"account": twin.code})
    assert form.is_valid()
    assert f'value="{twin.code}" selected' in str(form["account"])
    assert f'value="{twin.code}"' not in str(JournalFilter({})["account"])


def test_once_a_currency_is_used_its_accounts_are_offered(books: Books, twin: Account):
    given, other = in_euros("759-EUR", "income"), in_euros("699-EUR", "expense")
    assert not {str(twin), str(given), str(other)} & shown(AccountField())
    books.write("hand", debit(twin, Money(5, "EUR")), credit(given, Money(5, "EUR")))
    assert {str(twin), str(given), str(other)} <= shown(AccountField())


def test_a_list_of_many_women_costs_one_query(books: Books, django_assert_num_queries):
    field = AccountField()
    with django_assert_num_queries(1):
        assert shown(field)
