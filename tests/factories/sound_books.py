"""Books with a row in every table of the core, in which an audit finds nothing."""

from datetime import date

from coop.kit import audit
from ledger.models import JournalEntry
from ledger.services import gather_block, reverse_entry, sign_payment, void_payment
from ledger.services.audits import read_up_to
from tests.factories.ledger import DAY, Books, close_period


def sound_books() -> Books:
    """A row in every table, in two blocks and after them."""
    books = Books()
    books.put_in_cash("100", reference="opening")
    books.earned("60", reference="piece:1")
    books.pay("20")
    close_period(last_day=date(2026, 1, 31), actor=books.treasurer)
    gather_block()
    wrong = books.earned("5", reference="piece:2")
    reverse_entry(entry=wrong, reason="x", day=DAY, actor=books.treasurer)
    gather_block()
    books.earned("7", reference="piece:3")
    waiting = books.request("3", reference="waiting")
    sign_payment(payment=waiting, signer=books.secretary, on=DAY)
    void_payment(
        payment=books.request("4", reference="void"), actor=books.president, reason="x", on=DAY
    )
    return books


def rated_books() -> Books:
    """Sound books with a rate, and with what an audit kept."""
    books = sound_books()
    books.rate("USD", "3.75")
    audit.keep([])
    read_up_to(reader=books.president, entry=JournalEntry.objects.first())
    books.earned("9", reference="piece:9")
    gather_block()
    return books
