"""Addresses that somebody typed or changed: what is not there is said, and never an error."""

import pytest

from tests.factories.ledger import Books
from tests.ledger.test_office import sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "ledger/closed-days/look/9999-12-31/",
        "ledger/closed-days/look/2026-02-31/",
        "ledger/payments/cash/99999999999999999999/",
        "ledger/payments/cash/advances/99999999999999999999/",
        "ledger/payments/cash/pay-days/99999999999999999999/",
        "ledger/payments/99999999999999999999/",
        "ledger/closed-days/99999999999999999999/",
        "ledger/journal/99999999999999999999/reverse/",
        "ledger/voucher/99999999999999999999/",
        "bank/statement/99999999999999999999/",
        "bank/import/99999999999999999999/",
    ],
)
def test_what_is_not_there_is_said(books: Books, path: str):
    assert sign_in(books.treasurer).get(f"/office/{path}").status_code == 404
