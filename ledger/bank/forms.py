"""Forms of the bank's pages."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.errors import Refusal
from coop.kit.money import format_money, from_minor
from coop.kit.office import AnyAmountField, DayField, OfficeForm, money_in
from coop.people.models import User
from ledger import errors as ledger_errors
from ledger.account_field import AccountField
from ledger.bank import errors
from ledger.bank.awaiting import Awaited
from ledger.bank.kinds import COMING, LEAVING
from ledger.bank.models import BankLine
from ledger.bank.queries.late import day_to_write
from ledger.bank.queries.naming import open_of
from ledger.bank.reading import Columns, Hints
from ledger.bank.reading.plan import ROLES
from ledger.bank.reading.read import MOST_BYTES
from ledger.models import Account, JournalEntry

Kind = JournalEntry.Kind
_AS_THE_FILE_SHOWS = ("", _("as the file shows"))
ORDER_CHOICES = [
    _AS_THE_FILE_SHOWS,
    ("dmy", _("day, month, year")),
    ("mdy", _("month, day, year")),
    ("ymd", _("year, month, day")),
]


class _InsistForm(OfficeForm):
    """A form for a file that somebody may insist on, once she read what is doubtful about it."""

    anyway = forms.BooleanField(
        label=_("Import it all the same: I looked, and it is right"),
        required=False,
        widget=forms.HiddenInput,
    )

    def refuse(self, refusal: Refusal) -> None:
        """Whoever reads why the file is doubtful may insist."""
        if isinstance(refusal, errors.LookAgain):
            self.fields["anyway"].widget = forms.CheckboxInput()
        super().refuse(refusal)


class UploadForm(_InsistForm):
    """A bank's file, and into which account it goes."""

    field_order = ("account", "file", "closing", "order", "anyway")

    account = AccountField(
        label=_("Which account"),
        queryset=Account.objects.with_statements().filter(is_open=True),
        with_unused=True,
        to_field_name="code",
    )
    file = forms.FileField(
        label=_("The bank's file"),
        widget=forms.FileInput(attrs={"data-most-bytes": MOST_BYTES}),
        help_text=_("OFX, QIF, CAMT.053, MT940, CSV or XLSX, as you got it from the bank."),
        error_messages={"required": _("Choose the file."), "empty": errors.EmptyFile.message},
    )
    closing = AnyAmountField(
        label=_("Closing balance"),
        required=False,
        may_be_less=True,
        help_text=_("Only if the file says none: it stands on the bank's paper or its page."),
    )
    order = forms.ChoiceField(
        label=_("How its days are written"), choices=ORDER_CHOICES, required=False
    )
    blames = {
        errors.AskDates: "order",
        errors.NotAMoneyAccount: "account",
        errors.WrongCurrencyOfFile: "account",
        errors.NotRead: "file",
    }

    def clean(self) -> dict[str, Any]:
        """`closing` becomes an amount in the account's currency."""
        values = super().clean() or {}
        if values.get("closing") is not None and values.get("account"):
            _make_money(self, "closing", values["account"].currency)
        return values

    def clean_file(self) -> UploadedFile:
        """Refused by its size before a byte of it is read."""
        file: UploadedFile = self.cleaned_data["file"]
        size = file.size or 0
        if size > MOST_BYTES:
            refusal = errors.TooBig(size=-(-size // 1_000_000), most=MOST_BYTES // 1_000_000)
            raise forms.ValidationError(str(refusal))
        return file


class ColumnsForm(_InsistForm):
    """Which column is what: one choice a column, in the order of the file."""

    order = forms.ChoiceField(
        label=_("How its days are written"), choices=ORDER_CHOICES, required=False
    )
    blames = {errors.AskDates: "order"}

    def __init__(self, header: list[str], guess: Columns, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.header = header
        by_place = {place: role for role, place in guess.places.items()}
        choices = [("", _("not needed")), *ROLES.items()]
        for place, head in enumerate(header):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=head or str(place + 1),
                choices=choices,
                required=False,
                initial=by_place.get(place, ""),
            )
        self.order_fields([*(f"column_{place}" for place in range(len(header))), "order", "anyway"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        places: dict[str, int] = {}
        for place in range(len(self.header)):
            role = values.get(f"column_{place}")
            if role and role in places:
                self.add_error(
                    f"column_{place}", _("Another column is that already: choose one of the two.")
                )
            elif role:
                places[role] = place
        if not Columns(places).is_enough:
            raise forms.ValidationError(
                _("Say which column is the day, and which the amount (or debit and credit).")
            )
        values["hints"] = Hints(columns=Columns(places), order=values.get("order") or None)
        return values


class ClosingForm(OfficeForm):
    """The closing balance that the bank's paper says."""

    closing = AnyAmountField(label=_("Closing balance"), may_be_less=True)

    def __init__(self, currency: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_closing(self) -> Money:
        """What was typed, in the account's currency."""
        return money_in(self.cleaned_data["closing"], self.currency)


class WithdrawForm(OfficeForm):
    """Why a statement is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class WriteForm(OfficeForm):
    """What a line of the bank is, where the books do not have it yet."""

    kind = forms.ChoiceField(label=_("What it is"))
    other = AccountField(label=_("Account"), queryset=Account.objects.none())
    worth = AnyAmountField(
        required=False,
        label=_("How much of it, in that account's currency"),
        help_text=_(
            "Only if the account is kept in another currency than the bank's line. What the bank's"
            " rate made more or less is booked as a gain or loss."
        ),
    )
    on = DayField(label=_("Day"))
    memo = forms.CharField(
        label=_("Memo"),
        required=False,
        max_length=500,
        help_text=_("It stays for ever: write members' codes, not names."),
    )
    blames = {
        errors.WrongDirection: "kind",
        ledger_errors.PeriodClosed: "on",
        ledger_errors.BeforeTheBooks: "on",
        ledger_errors.OnlyOwnMoney: "other",
        ledger_errors.OnlyExpenses: "other",
        ledger_errors.MoneyNeedsPayment: "other",
        ledger_errors.WrongTarget: "other",
        ledger_errors.WrongSource: "other",
        ledger_errors.WrongCurrency: "other",
        ledger_errors.NotEnoughMoney: "other",
        ledger_errors.RateMissing: "on",
        errors.SayHowMuch: "worth",
    }

    def __init__(self, line: BankLine, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = COMING if line.is_in else LEAVING
        self.fields["kind"].choices = [(one.value, one.label) for one in kinds]  # type: ignore[attr-defined]
        accounts = Account.objects.filter(is_open=True, is_header=False).exclude(pk=line.account_id)
        if not line.is_in:
            accounts = accounts.filter(currency=line.account.currency)
            accounts = accounts.filter(kind=Account.Kind.EXPENSE) | accounts.filter(is_money=True)
            del self.fields["worth"]
        else:
            accounts = accounts.exclude(role__in=[Account.Role.STRIPE, Account.Role.EXCHANGE])
        other: Any = self.fields["other"]
        other.queryset, other.currencies = accounts, (line.account.currency,)
        self.fields["other"].label = _("Where it comes from") if line.is_in else _("Where it goes")
        _offer_day(self.fields["on"], line)

    def clean(self) -> dict[str, Any]:
        """`worth` becomes an amount in the other account's currency."""
        values = super().clean() or {}
        if values.get("worth") is not None and values.get("other"):
            _make_money(self, "worth", values["other"].currency)
        return values


def _offer_day(field: forms.Field, line: BankLine) -> None:
    """The line's own day, or the first that is open where that one is closed, and why."""
    field.initial = day_to_write(line)
    if field.initial != line.day:
        field.help_text = said_late(field.initial)


def said_late(day: date) -> str:
    """Why something is written later than the bank's day."""
    facts = {"day": date_format(day), "closed": date_format(day - timedelta(days=1))}
    return gettext("The days up to %(closed)s are closed: it is written on %(day)s.") % facts


def _apart(owed: Money, came: Money) -> str:
    """By how much what came is less or more than what is owed, if it is not the same."""
    if owed.currency != came.currency or owed == came:
        return ""
    facts = {"amount": format_money(abs(owed - came))}
    words = gettext("%(amount)s would stay open") if came < owed else gettext("%(amount)s too much")
    return f" ({words % facts})"


def _make_money(form: OfficeForm, name: str, currency: str) -> None:
    """What was typed in a field, in the currency that another one says."""
    try:
        form.cleaned_data[name] = money_in(form.cleaned_data[name], currency)
    except forms.ValidationError as wrong:
        form.add_error(name, wrong)


class ReceiveForm(OfficeForm):
    """Which of those who wait for money this line pays."""

    key = forms.ChoiceField(label=_("Who waits for it"))
    pays = AnyAmountField(
        required=False,
        label=_("How much of it is paid, in its own currency"),
        help_text=_("Only if the bank changed the money: all of it, if you leave this empty."),
    )
    receive_on = DayField(label=_("Day"))
    blames = {
        errors.NotAwaited: "key",
        ledger_errors.PeriodClosed: "receive_on",
        ledger_errors.BeforeTheBooks: "receive_on",
        ledger_errors.RateMissing: "receive_on",
    }

    def __init__(
        self, line: BankLine, waiting: Sequence[Awaited], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {one.key: one for one in waiting}
        came = from_minor(abs(open_of(line)), line.account.currency)
        near = sorted(waiting, key=lambda one: (one.open != came, one.since > line.day))
        self.fields["key"].choices = [  # type: ignore[attr-defined]
            (one.key, f"{one.title}: {format_money(one.open)}{_apart(one.open, came)}")
            for one in near
        ]
        _offer_day(self.fields["receive_on"], line)
        if all(one.open.currency == came.currency for one in waiting):
            del self.fields["pays"]

    def clean(self) -> dict[str, Any]:
        """`pays` becomes an amount in the currency of what is owed."""
        values = super().clean() or {}
        if values.get("pays") is not None and values.get("key"):
            _make_money(self, "pays", self.waiting[values["key"]].open.currency.code)
        return values


class AskForm(OfficeForm):
    """A payment that the bank says was made, and that two must sign afterwards."""

    pay_kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[
            (one.value, one.label)
            for one in (Kind.EXPENSE_PAID, Kind.SUPPLIER_PAID, Kind.WOOL_BOUGHT, Kind.MEMBER_PAID,
                        Kind.ADVANCE_PAID, Kind.SHARES, Kind.LOSS)
        ],
    )  # fmt: skip
    to_account = AccountField(label=_("For the account"), queryset=Account.objects.none())
    payee_name = forms.CharField(
        label=_("Who receives it"),
        required=False,
        max_length=160,
        help_text=_("A shop, a landlord, anybody who has no account in this house."),
    )
    payee = forms.ModelChoiceField(
        label=_("or a person of the house"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("nobody of the house"),
    )
    purpose = forms.CharField(label=_("What for"), max_length=300)
    blames = {
        ledger_errors.PayeeMissing: "payee_name",
        ledger_errors.WrongPayee: "payee",
        ledger_errors.MoreThanOwed: "to_account",
        ledger_errors.AccountClosed: "to_account",
    }

    def __init__(self, line: BankLine, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = Account.objects.filter(
            is_open=True, is_header=False, is_money=False, currency=line.account.currency
        )
        self.fields["to_account"].queryset = accounts  # type: ignore[attr-defined]
        people = User.objects.filter(is_active=True, groups__isnull=False).distinct()
        self.fields["payee"].queryset = people.order_by("first_name", "last_name")  # type: ignore[attr-defined]
        self.fields["payee_name"].initial = line.counterparty
        self.fields["purpose"].initial = line.text[:300]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("payee") and values.get("payee_name"):
            # The name that the bank wrote stands there already: a person that is chosen wins.
            values["payee_name"] = ""
        return values
