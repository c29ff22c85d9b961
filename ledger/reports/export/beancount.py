"""The books as a beancount file. It ends with what every account holds: `bean-check` sees to it."""

from collections.abc import Iterator
from datetime import timedelta

from ledger.models import JournalEntry
from ledger.models.rates import plain as plain_rate
from ledger.reports.export.read import Books, one_line, plain


def lines(books: Books, house: str, currency: str) -> Iterator[str]:
    """The file, line by line."""
    first, last = books.days
    yield f'option "title" {_quoted(house)}'
    yield f'option "operating_currency" {_quoted(currency)}'
    yield ""
    for one in books.accounts.values():
        yield f"{first} open {one.name} {one.account.currency}"
        yield f"  code: {_quoted(one.account.code)}"
        yield f"  name: {_quoted(one.account.name_es)}"
    yield ""
    for rate in books.rates():
        yield f"{rate.day} price {rate.currency} {plain_rate(rate.rate)} {currency}"
    for entry in books.entries():
        yield ""
        yield from _entry(entry, books)
    yield ""
    # A balance is looked at when its day begins, so this is the day after the last.
    after = last + timedelta(days=1)
    for one in books.accounts.values():
        its = one.account.currency
        amount = plain(one.balance_minor, its)
        yield f"{after} balance {one.name} {amount.removesuffix(its)}~ 0 {its}"


def _entry(entry: JournalEntry, books: Books) -> Iterator[str]:
    yield f"{entry.day} * {_quoted(entry.memo or entry.get_kind_display())}"
    if entry.number:
        yield f"  number: {entry.number}"
    yield f"  reference: {_quoted(entry.reference)}"
    yield f"  kind: {_quoted(entry.kind)}"
    for one in entry.postings.all():
        named = books.accounts[one.account_id]
        yield f"  {named.name}  {plain(one.signed_minor, named.account.currency)}"


def _quoted(text: str) -> str:
    return '"' + one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
