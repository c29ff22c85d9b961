"""The books as an hledger journal, strict: every account and currency is declared. It ends with
what every account holds, which `hledger check` compares.
"""

from collections.abc import Iterator

from ledger.models import JournalEntry
from ledger.models.rates import plain as plain_rate
from ledger.reports.export.read import Books, one_line, plain

_TYPES = {"asset": "A", "liability": "L", "equity": "E", "income": "R", "expense": "X"}


def lines(books: Books, house: str, currency: str) -> Iterator[str]:
    """The file, line by line."""
    _first, last = books.days
    yield f"; {one_line(house)}"
    for code in sorted({one.account.currency for one in books.accounts.values()}):
        # A decimal mark is wanted also where a currency has no smaller unit.
        sample = plain(1000, code).split()[0]
        yield f"commodity {sample if '.' in sample else sample + '.'} {code}"
    yield ""
    for one in books.accounts.values():
        yield f"account {one.name}  ; type:{_TYPES[one.account.kind]}"
    yield ""
    for rate in books.rates():
        yield f"P {rate.day} {rate.currency} {plain_rate(rate.rate)} {currency}"
    for entry in books.entries():
        yield ""
        yield from _entry(entry, books)
    if not books.count:
        return
    yield ""
    yield f"{last} * What every account holds"
    for one in books.accounts.values():
        its = one.account.currency
        yield f"    {one.name}  {plain(0, its)} = {plain(one.balance_minor, its)}"


def _entry(entry: JournalEntry, books: Books) -> Iterator[str]:
    number = f" ({entry.number})" if entry.number else ""
    yield f"{entry.day} *{number} {_words(entry.memo or entry.get_kind_display())}"
    yield f"    ; reference: {one_line(entry.reference)}"
    for one in entry.postings.all():
        named = books.accounts[one.account_id]
        yield f"    {named.name}  {plain(one.signed_minor, named.account.currency)}"


def _words(text: str) -> str:
    """A description: what begins a comment, splits a payee off or looks like a code goes."""
    return one_line(text.translate(str.maketrans(";|()", ",/[]"))).lstrip("*! ") or "-"
