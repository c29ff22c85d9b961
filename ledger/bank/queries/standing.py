"""Whether a statement is reconciled, and if not, by how much and why."""

from dataclasses import dataclass

from django.db.models import Sum
from djmoney.money import Money

from coop.kit.money import from_minor
from ledger import queries as books
from ledger.bank.models import BankLine, Statement, sum_of
from ledger.bank.queries.open import first_statement_day, open_rows


@dataclass(frozen=True)
class Standing:
    """A statement beside the books. Reconciled: opening + lines = closing = the book's balance."""

    opening: Money
    lines: Money
    closing: Money
    book: Money
    count: int
    #: How many of its lines are matched with nothing, or not wholly.
    open_count: int
    #: What the bank told up to the last day, and the books do not have.
    open_lines: Money
    #: In the books up to the last day, and no line of the bank confirms it.
    open_postings: Money

    @property
    def file_gap(self) -> Money:
        """What is missing in the file itself: closing less opening and lines."""
        return self.closing - self.opening - self.lines

    @property
    def difference(self) -> Money:
        """The book's balance less the bank's."""
        return self.book - self.closing

    @property
    def rest(self) -> Money:
        """What neither side's open rows explain: it was different before, or stands in no file."""
        return self.difference - self.open_postings + self.open_lines

    @property
    def is_reconciled(self) -> bool:
        """Source: issue 5: opening + lines = closing = the book's balance."""
        return not self.file_gap.amount and not self.difference.amount

    @property
    def matched_percent(self) -> int:
        """How many of a hundred lines are matched, rounded down."""
        return 100 * (self.count - self.open_count) // self.count if self.count else 100


def standing_of(statement: Statement) -> Standing:
    """How a statement stands (its account is read)."""
    account, code = statement.account, statement.account.currency
    lines = BankLine.objects.filter(mentions__statement=statement)
    told = BankLine.objects.filter(account=account, day__lte=statement.last_day).standing()
    rows = open_rows(account, since=first_statement_day(account))
    written = rows.filter(day__lte=statement.last_day)
    return Standing(
        opening=statement.opening,
        lines=from_minor(sum_of(lines), code),
        closing=statement.closing,
        book=books.balance_on(account, statement.last_day),
        count=lines.count(),
        open_count=lines.still_open().count(),
        open_lines=from_minor(_sum(told.with_open()), code),
        open_postings=from_minor(_sum(written), code),
    )


def _sum(rows: object) -> int:
    found = rows.order_by().aggregate(sum=Sum("open_minor"))["sum"]  # type: ignore[attr-defined]
    return int(found or 0)
