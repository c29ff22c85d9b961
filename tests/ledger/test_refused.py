"""Who loses a race with another program reads what happened, and nothing of hers is written."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.utils import translation

from ledger.errors import (
    AccountClosedMeanwhile,
    ClosedMeanwhile,
    LedgerError,
    PaidMeanwhile,
    ReversedMeanwhile,
)
from ledger.models import JournalEntry
from ledger.services import close_account, posting, reverse_entry
from ledger.services.refused import MEANINGS
from ledger.triggers import SEALS
from tests.factories.ledger import DAY, Books, close_period

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


@pytest.fixture
def looked_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes looked before the others did what they did: all seemed well."""
    monkeypatch.setattr(posting, "check", lambda *_: None)


@contextmanager
def refused(why: type[LedgerError]) -> Iterator[pytest.ExceptionInfo[LedgerError]]:
    """What is done here is refused in words, and leaves nothing."""
    before = JournalEntry.objects.count()
    with pytest.raises(why) as told, transaction.atomic():
        yield told
    assert JournalEntry.objects.count() == before


def test_days_that_close_at_this_moment(books: Books, looked_before: None):
    close_period(last_day=DAY, actor=books.treasurer)
    with translation.override("es"), refused(ClosedMeanwhile) as told:
        books.post("rent", "supplier", "5")
    assert str(told.value).startswith("En este mismo momento dos personas cerraron los días")


def test_an_account_that_closes_at_this_moment(books: Books, looked_before: None):
    place = books.account("wallet")
    close_account(account=place, actor=books.treasurer)
    with refused(AccountClosedMeanwhile):
        books.post(place, "opening_equity", "5", kind=Kind.OPENING)


def test_an_entry_that_somebody_else_undoes(books: Books):
    entry = books.earned("5")
    reverse_entry(entry=entry, reason="first", day=DAY, actor=books.treasurer)
    with refused(ReversedMeanwhile):
        books.post(
            books.rosas, "finished_pieces", "5", kind=Kind.REVERSAL, reverses=entry, memo="second"
        )


def test_what_she_is_owed_shrinks_after_two_have_signed(books: Books):
    books.put_in_cash("100")
    earned = books.earned("60")
    payment = books.sign_twice(books.request("60"))
    reverse_entry(entry=earned, reason="not hers", day=DAY, actor=books.treasurer)
    with refused(PaidMeanwhile):
        books.post(books.rosas, "cash", "60", kind=Kind.MEMBER_PAID, payment=payment)


def test_what_is_told_is_what_the_database_says():
    """A rule that is worded anew would be a broken page again."""
    rules = {rule.message for one in SEALS for rule in one.rules}
    columns = {one.column for one in JournalEntry._meta.concrete_fields}
    assert set(MEANINGS) <= rules | columns
