"""The days that a report is about, and those with which it is compared."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ONE_DAY = timedelta(days=1)
#: Before the books of anybody: a span that begins here has no beginning.
EVER = date(1900, 1, 1)


class Compare(models.TextChoices):
    """With what a report is compared."""

    NOTHING = "", gettext_lazy("nothing")
    BEFORE = "before", gettext_lazy("the time just before")
    YEAR = "year", gettext_lazy("the same days a year before")


@dataclass(frozen=True)
class Span:
    """Days from `since` to `until`, both counted; `since` is None for a state at the end of a day."""

    until: date
    since: date | None = None

    @property
    def day_before(self) -> date:
        """The last day before it; of a state there is none, so the question is not asked."""
        return (self.since or EVER) - ONE_DAY

    @property
    def label(self) -> str:
        """On top of a column: "1 Jan 2026 – 31 Mar 2026"."""
        last = date_format(self.until, "j M Y")
        return last if self.since is None else f"{date_format(self.since, 'j M Y')} – {last}"

    @property
    def words(self) -> str:
        """In a sentence, under the title."""
        until = date_format(self.until, "DATE_FORMAT")
        if self.since is None:
            return _("At the end of %(day)s.") % {"day": until}
        since = date_format(self.since, "DATE_FORMAT")
        return _("From %(since)s to %(until)s.") % {"since": since, "until": until}

    def compared(self, how: str) -> "Span | None":
        """The span with which it is compared; None for nothing."""
        if how == Compare.BEFORE:
            return self._just_before()
        return self._a_year_before() if how == Compare.YEAR else None

    def _a_year_before(self) -> "Span":
        return self._moved(_year_before)

    def _just_before(self) -> "Span":
        """As many whole months, where it is made of whole months; else as many days."""
        if self.since is None:
            return Span(self.until.replace(day=1) - ONE_DAY)
        ends_month = (self.until + ONE_DAY).day == 1
        last = self.since - ONE_DAY
        if self.since.day == 1 and ends_month:
            months = (self.until.year - self.since.year) * 12 + self.until.month - self.since.month
            index = last.year * 12 + last.month - 1 - months
            return Span(last, date(index // 12, index % 12 + 1, 1))
        return Span(last, last - (self.until - self.since))

    def _moved(self, move: Callable[[date], date]) -> "Span":
        return Span(move(self.until), move(self.since) if self.since else None)


def _year_before(day: date) -> date:
    """The same day a year before; the end of February stays the end of February."""
    if day.month == 2 and (day + ONE_DAY).month == 3:
        return date(day.year - 1, 3, 1) - ONE_DAY
    return day.replace(year=day.year - 1)
