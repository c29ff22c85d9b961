"""The chart: two files that fit their plans, and accounts that the office adds, renames, closes."""

import pytest
from django.db import IntegrityError, transaction

from ledger.errors import (
    AccountIsNeeded,
    AccountOutOfPlan,
    AccountParentDiffers,
    AccountTaken,
    NameMissing,
)
from ledger.models import Account
from ledger.services import add_account, close_account, rename_account, reopen_account
from ledger.services.accounts import charts, group_of, read_chart
from tests.factories.ledger import Books
from tests.ledger.behind import run

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("chart", charts())
def test_every_account_of_a_chart_lies_in_a_group_of_its_kind(chart: str):
    rows = read_chart(chart)
    assert len({row["code"] for row in rows}) == len(rows)
    for row in rows:
        group = group_of(row["code"], chart)
        assert group is not None, row["code"]
        assert group.kind == row["kind"], row["code"]
        assert row["name_es"]
        assert row["name_en"]


@pytest.mark.parametrize("chart", charts())
def test_every_chart_has_every_role_of_the_books_currency(chart: str):
    assert {row["role"] for row in read_chart(chart)} == set(Account.Role.values)


def added(books: Books, **changes: object) -> Account:
    values = {
        "code": "6369",
        "name_es": "Gas",
        "name_en": "",
        "kind": "expense",
        "currency": "PEN",
        "actor": books.treasurer,
    }
    return add_account(**(values | changes))


def test_an_account_is_added_renamed_closed_and_opened_again(books: Books):
    account = added(books)
    rename_account(account=account, name_es="Gas y leña", name_en="", actor=books.treasurer)
    close_account(account=account, actor=books.treasurer)
    close_account(account=account, actor=books.treasurer)
    reopen_account(account=account, actor=books.treasurer)
    account.refresh_from_db()
    assert (account.name_es, account.is_open) == ("Gas y leña", True)
    assert [one.verb for one in account.events.all()] == ["opened", "renamed", "closed", "reopened"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"code": "6352"}, AccountTaken),
        ({"code": "7099"}, AccountOutOfPlan),
        ({"name_es": "  "}, NameMissing),
    ],
)
def test_an_account_that_does_not_fit_is_refused(books: Books, change, refusal):
    before = Account.objects.count()
    with pytest.raises(refusal):
        added(books, **change)
    assert Account.objects.count() == before


def test_an_account_hangs_under_its_own_kind_only(books: Books):
    with pytest.raises(AccountParentDiffers):
        added(books, parent=books.account("members_payable"))


def test_what_the_house_itself_writes_on_stays_open(books: Books):
    with pytest.raises(AccountIsNeeded):
        close_account(account=books.account("sales"), actor=books.treasurer)


def test_no_account_is_ever_deleted(books: Books):
    account = added(books)
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        run("DELETE FROM ledger_account WHERE id = %s", account.pk)
