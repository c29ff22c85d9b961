"""Books with money in the bank, and files as banks send them."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from ledger.models import Account, JournalEntry
from ledger.services import open_account
from tests.bank.files import FILES
from tests.factories.ledger import Books

Kind = JournalEntry.Kind
FIRST = date(2026, 3, 1)


@pytest.fixture
def books(new_books: Books) -> Books:
    """Books with S/ 1,500 in the bank from the first of March on."""
    new_books.post("bank", "opening_equity", "1500", kind=Kind.OPENING, day=FIRST)
    return new_books


@pytest.fixture
def bank(books: Books) -> Account:
    """Our account at the bank."""
    return books.account("bank")


@pytest.fixture
def in_currency(books: Books):
    """A bank account in any currency, opened where there is none."""

    def find(currency: str) -> Account:
        there = Account.objects.filter(role="bank", currency=currency).first()
        return there or open_account(
            code=f"104-{currency}", name_es=f"Banco {currency}", name_en=f"Bank {currency}",
            kind="asset", currency=currency, role="bank", is_money=True,
        )  # fmt: skip

    return find


@pytest.fixture
def sample():
    """The bytes of a file in tests/bank/files."""
    return lambda name: (FILES / name).read_bytes()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Sentences are compared in English."""
    with translation.override("en"):
        yield
