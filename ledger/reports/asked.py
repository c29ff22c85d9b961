"""What somebody wants to read: which days, compared with what, of which account."""

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from coop.kit.days import today
from ledger.models import Account
from ledger.reports.spans import Compare, Span
from ledger.reports.valuing import House


@dataclass
class Asked:
    """A report's question. Accounts and rates are read once for all its spans."""

    until: date = field(default_factory=today)
    since: date | None = None
    compare: str = Compare.NOTHING
    account: Account | None = None
    house: House = field(default_factory=House)

    @property
    def span(self) -> Span:
        """The days in question; a report of days begins with the year unless said otherwise."""
        return Span(self.until, self.since or self.until.replace(month=1, day=1))

    @property
    def state(self) -> Span:
        """The end of the day in question."""
        return Span(self.until)

    @property
    def query(self) -> str:
        """The same question in an address."""
        values = {"since": self.since, "until": self.until, "compare": self.compare}
        if self.account:
            values["account"] = self.account.code
        return urlencode({name: str(value) for name, value in values.items() if value})
