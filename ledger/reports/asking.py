"""The form above a report: which days, compared with what, of which account."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coop.kit.days import today
from coop.kit.lists import ListFilter
from ledger.account_field import AccountField
from ledger.models import Account
from ledger.reports.asked import Asked
from ledger.reports.spans import Compare
from ledger.reports.statements import Statement

_FIRST_DAY, _LAST_DAY = date(1950, 1, 1), date(2200, 1, 1)


class _Day(forms.DateField):
    """A day that people keep books of: later or earlier ones are a slip of the finger."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not _FIRST_DAY <= day < _LAST_DAY:
            raise forms.ValidationError(_("Write a day between 1950 and 2200."))
        return day


def _year_of(text: str) -> str:
    """The first day of the year of a day as it was typed."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today()
    return day.replace(month=1, day=1).isoformat()


class AskForm(ListFilter):
    """What to report about. What makes no sense is said, and the report shows what is usual."""

    account = AccountField(
        label=_("Account"),
        required=False,
        queryset=Account.objects.filter(is_header=False),
        to_field_name="code",
    )
    since = _Day(label=_("From"))
    until = _Day(label=_("To"))
    compare = forms.ChoiceField(label=_("Beside"), required=False, choices=Compare.choices)

    def __init__(self, data: Any, *, statement: Statement) -> None:
        # The fields show the days that count, also where nobody chose any.
        values = data.copy()
        values.setdefault("until", today().isoformat())
        super().__init__(values)
        self.statement = statement
        if statement.wants != "day" and not values.get("since"):
            values["since"] = _year_of(values["until"])
        if statement.wants == "day":
            del self.fields["since"]
            self.fields["until"].label = _("At the end of")
        if statement.wants != "account" and statement.key != "journal":
            del self.fields["account"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until") or today()
        if since and since > until:
            self.add_error("since", _("The first day comes after the last."))
        return values

    @property
    def asked(self) -> Asked:
        """The question; empty or wrong fields ask for what is usual."""
        chosen = self.chosen
        return Asked(
            until=chosen["until"] or today(),
            since=chosen.get("since") or None,
            compare=chosen.get("compare") or "",
            account=chosen.get("account") or None,
        )
