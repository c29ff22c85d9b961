"""Many entries at once are what they would be one by one."""

from datetime import date, timedelta

import pytest

from ledger import queries
from ledger.errors import (
    BeforeTheBooks,
    LedgerError,
    MoneyNeedsPayment,
    PeriodClosed,
    ReferenceConflict,
    Unbalanced,
)
from ledger.models import AccountBalance, JournalEntry, Posting, Seal
from ledger.services import (
    NewEntry,
    credit,
    debit,
    gather_block,
    post_entries,
    post_entry,
)
from tests.factories.ledger import DAY, Books, close_period, soles
from tests.ledger.test_audit import findings

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


def entry(books: Books, number: int, **changes) -> NewEntry:
    values = {
        "day": DAY + timedelta(days=number % 40),
        "kind": Kind.HAND,
        "memo": f"n {number}",
        "lines": [
            debit(books.account("rent"), soles(str(number + 1))),
            credit(books.account("supplier"), soles(str(number + 1))),
        ],
        "reference": f"bulk:{number}",
        "created_by": books.treasurer,
    }
    return NewEntry(**(values | changes))


def test_they_are_sealed_chained_and_balanced_as_one_by_one(books: Books):
    books.put_in_cash("1")
    keys = post_entries([entry(books, number) for number in range(300)])
    after = books.post("rent", "supplier", "7")

    assert len(set(keys)) == 300
    assert sorted(keys) == keys
    assert after.pk > keys[-1]
    assert Seal.objects.filter(pk__in=keys).count() == 300
    assert queries.balance(books.account("rent")) == soles(str(300 * 301 // 2 + 7))
    seqs = Posting.objects.filter(account=books.account("rent")).order_by("seq")
    assert list(seqs.values_list("seq", flat=True)) == list(range(1, 302))
    assert findings() == []
    gather_block()
    assert findings() == []


def test_one_by_one_and_at_once_leave_the_same_balances(books: Books):
    wanted = [entry(books, number) for number in range(20)]
    for one in wanted:
        post_entry(**{name: getattr(one, name) for name in one.__dataclass_fields__})
    alone = list(AccountBalance.objects.values_list("account", "seq", "amount_minor"))
    post_entries([entry(books, number + 20, lines=one.lines) for number, one in enumerate(wanted)])
    both = list(AccountBalance.objects.values_list("account", "seq", "amount_minor"))
    assert both == [(key, 2 * seq, 2 * amount) for key, seq, amount in alone]


def test_a_repeat_writes_nothing_and_gives_the_same_keys(books: Books):
    wanted = [entry(books, number) for number in range(5)]
    first = post_entries(wanted)
    again = post_entries([*wanted, entry(books, 5), wanted[0]])
    assert again[:5] == first
    assert again[6] == first[0]
    assert JournalEntry.objects.count() == 6


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reference": "bulk:0"}, ReferenceConflict),
        ({"day": date(2026, 1, 5)}, PeriodClosed),
        ({"day": date(2026, 2, 5)}, BeforeTheBooks),
        ({"lines": "unequal"}, Unbalanced),
        ({"lines": "money"}, MoneyNeedsPayment),
    ],
)
def test_one_that_is_refused_refuses_all(books: Books, changes, refusal: type[LedgerError]):
    books.put_in_cash("10")
    close_period(last_day=date(2026, 1, 31), actor=books.treasurer)
    cash, rent = books.account("cash"), books.account("rent")
    lines = {
        "unequal": [debit(rent, soles("1")), credit(cash, soles("2"))],
        "money": [debit(rent, soles("1")), credit(cash, soles("1"))],
    }
    if isinstance(changes.get("lines"), str):
        changes = {"lines": lines[changes["lines"]]}
    with pytest.raises(refusal):
        post_entries([entry(books, 0), entry(books, 1), entry(books, 2, **changes)])
    assert JournalEntry.objects.count() == 1
    assert queries.balance(rent) == soles("0")


def test_nothing_is_nothing(books: Books):
    assert post_entries([]) == []


def test_the_same_reference_twice_in_one_go_with_other_content_is_refused(books: Books):
    with pytest.raises(ReferenceConflict):
        post_entries([entry(books, 1), entry(books, 2, reference="bulk:1")])
    assert not JournalEntry.objects.exists()
