"""What the treasurer writes down, and the filters of her lists."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.days import today
from coop.kit.forms import OnceForm
from coop.kit.lists import ListFilter
from coop.kit.money import books_currency
from coop.kit.office import (
    AmountField,
    AnyAmountField,
    DayField,
    NumberField,
    OfficeForm,
    money_in,
)
from coop.people.models import User
from ledger import errors, queries
from ledger.account_field import CHOOSE, AccountField
from ledger.models import Account, JournalEntry, Payment
from ledger.models.rates import RATE_DIGITS
from ledger.queries import place_of_pay
from ledger.services.rates_file import MOST_BYTES

Kind = JournalEntry.Kind


class JournalFilter(ListFilter):
    """Which entries to show."""

    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    words = forms.CharField(label=_("Memo or number"), required=False, max_length=80)
    kind = forms.ChoiceField(
        label=_("What happened"), required=False, choices=[("", _("everything")), *Kind.choices]
    )
    account = AccountField(
        label=_("Account"),
        required=False,
        queryset=Account.objects.filter(is_header=False),
        empty_label=_("all accounts"),
        to_field_name="code",
    )
    new = forms.BooleanField(label=_("Only what I have not read"), required=False)


class TrialFilter(forms.Form):
    """The day of a trial balance."""

    as_of = DayField(label=_("At the end of"), required=False, initial=None, may_be_ahead=True)


class PaymentFilter(ListFilter):
    """Which payments to show."""

    who = forms.CharField(label=_("For whom, or what for"), required=False, max_length=80)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("all")), *Payment.Status.choices]
    )
    since = DayField(label=_("Asked from"), required=False, initial=None, may_be_ahead=True)
    until = DayField(label=_("Asked until"), required=False, initial=None, may_be_ahead=True)


#: What a treasurer may write by hand: the rest comes from the events of the house.
BY_HAND = [
    Kind.HAND,
    Kind.SHARES,
    Kind.GRANT,
    Kind.TRANSFER,
    Kind.BANK_CHARGE,
    Kind.RECEIVED,
    Kind.BILL,
]


def kinds_by_hand() -> list[tuple[str, Any]]:
    """What may be chosen now: balances are taken over from paper only before all else."""
    kinds = [*BY_HAND, Kind.OPENING] if queries.may_open() else BY_HAND
    return [(one.value, one.label) for one in kinds]


class MoveForm(OnceForm):
    """Money of ours that went from one place to another, in one currency or into another."""

    from_account = AccountField(label=_("Out of"), money=True)
    amount = AnyAmountField(label=_("How much left"))
    to_account = AccountField(label=_("Into"), money=True, with_unused=True)
    arrived = AnyAmountField(
        label=_("How much arrived"),
        required=False,
        help_text=_("Only where it became another currency."),
    )
    on = DayField(label=_("Day"))
    memo = forms.CharField(
        label=_("Memo"),
        required=False,
        max_length=500,
        help_text=_("It stays for ever: write members' codes, not names."),
    )
    groups = (
        (_("What left"), _("Out of one of our own places."), ("from_account", "amount")),
        (
            _("What arrived"),
            _("In the same currency it is the same amount."),
            ("to_account", "arrived"),
        ),
        (_("When, and why"), "", ("on", "memo")),
    )
    blames = {
        errors.PeriodClosed: "on",
        errors.BeforeTheBooks: "on",
        errors.RateMissing: "on",
        errors.NotEnoughMoney: "amount",
        errors.NotPositive: "amount",
        errors.Unbalanced: "arrived",
        errors.WrongSource: "from_account",
        errors.WrongTarget: "to_account",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What Stripe holds it pays out by itself, and reports it.
        places = self.fields["from_account"]
        places.queryset = places.queryset.exclude(role=Account.Role.STRIPE)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        source, target = values.get("from_account"), values.get("to_account")
        if source and source == target:
            self.add_error("to_account", _("Choose another place than the one that it left."))
        amount, arrived = values.get("amount"), values.get("arrived")
        if source and target and amount is not None:
            values["gives"] = self._money("amount", amount, source)
            if arrived is not None:
                values["takes"] = self._money("arrived", arrived, target)
            elif source.currency == target.currency:
                values["takes"] = values["gives"]
            else:
                self.add_error("arrived", _("Write how much arrived in the other currency."))
        return values

    def _money(self, field: str, amount: Decimal, place: Account) -> Money | None:
        """An amount in the currency of its place; without more digits than that has."""
        try:
            return money_in(amount, place.currency)
        except forms.ValidationError as wrong:
            self.add_error(field, wrong)
            return None


class _PayForm(OnceForm):
    """Members' pay out of a place: the one out of which they were paid last, for this month."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_account"].initial = place_of_pay()
        self.fields["purpose"].initial = gettext("Pay of %(month)s") % {
            "month": date_format(today(), "m/Y")
        }


class ReverseForm(OfficeForm):
    """Why an entry is undone, and on which day."""

    on = DayField(label=_("Day"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        help_text=_("It stays for ever: write members' codes, not names."),
    )
    blames = {
        errors.PeriodClosed: "on",
        errors.BeforeTheBooks: "on",
        errors.AlreadyReversed: "reason",
    }


class CloseForm(OfficeForm):
    """Up to which day the books are to be closed."""

    until = DayField(label=_("Close every day up to"), initial=None)


class AskClosingForm(OfficeForm):
    """What is written beside a closing that is asked for."""

    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class VoidClosingForm(OfficeForm):
    """Why a closing is called off."""

    reason = forms.CharField(label=_("Why"), max_length=150)


def _other_currencies() -> list[tuple[str, str]]:
    """The currencies of the house but the books' own, as choices."""
    return [(one, one) for one in settings.CURRENCIES if one != books_currency()]


class RateForm(OfficeForm):
    """What another currency costs.

    A rate far from the one before is asked about once more: the box to insist counts only for
    the rate that was asked about.
    """

    currency = forms.ChoiceField(label=_("Currency"), choices=_other_currencies)
    rate = NumberField(
        label=_("Costs"),
        max_digits=2 * RATE_DIGITS,
        decimal_places=RATE_DIGITS,
        min_value=Decimal(1).scaleb(-RATE_DIGITS),
        error_messages={
            **dict.fromkeys(
                ("invalid", "max_digits", "max_decimal_places", "max_whole_digits"),
                _("Write a number such as 3.75."),
            ),
            "min_value": _("Write a number above zero, such as 3.75."),
        },
    )
    day = DayField(label=_("Day"))
    source = forms.CharField(
        label=_("Where it was read"),
        max_length=80,
        required=False,
        help_text=_("A bank, a newspaper; nothing if you know it yourself."),
    )
    asked = NumberField(required=False, widget=forms.HiddenInput)
    insisted = forms.BooleanField(
        label=_("I have looked again: it is right."), required=False, widget=forms.HiddenInput
    )
    blames = {
        errors.RateDiffers: "rate",
        errors.RateNotPositive: "rate",
        errors.RateAhead: "day",
        errors.RateOfBooks: "currency",
        errors.UnknownCurrency: "currency",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rate"].help_text = _(
            "How much of our books' currency, %(currency)s, one unit costs."
        ) % {"currency": books_currency()}

    @property
    def values(self) -> dict[str, Any]:
        """What `record_rate` asks for."""
        values = self.cleaned_data.copy()
        asked = values.pop("asked")
        return values | {"insisted": values["insisted"] and asked == values["rate"]}

    def ask_to_insist(self) -> None:
        """Show the box, for the rate that was typed."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        self.data = typed | {"asked": typed["rate"], "insisted": ""}
        self.fields["insisted"].widget = forms.CheckboxInput()


class RatesFileForm(OfficeForm):
    """A table of rates."""

    file = forms.FileField(
        label=_("The table (CSV)"),
        max_length=160,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv", "data-most-bytes": MOST_BYTES}),
    )
    source = forms.CharField(
        label=_("Where it comes from"), max_length=80, initial="SBS", required=False
    )
    insisted = forms.BooleanField(
        label=_("I have looked: also rates far away from the one before are right."), required=False
    )
    blames = {errors.RatesFileWrong: "file"}

    def clean_file(self) -> Any:
        """Nobody reads a film to find out that it is no table."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(gettext("The file is too large: a megabyte at most."))
        return file


class RateFilter(forms.Form):
    """Of which currency to show the rates."""

    currency = forms.ChoiceField(
        label=_("Currency"),
        required=False,
        choices=lambda: [("", _("all")), *_other_currencies()],
    )


class MemberPaymentForm(_PayForm):
    """Paying a member what she is owed."""

    from_account = AccountField(label=_("Out of"), money=True)
    amount = AmountField(label=_("Amount"))
    on = DayField(label=_("Day"))
    purpose = forms.CharField(label=_("What for"), max_length=300)
    blames = {
        errors.NotPositive: "amount",
        errors.WrongCurrency: "from_account",
        errors.AccountClosed: "from_account",
    }


class PayDayForm(_PayForm):
    """Asking that all members be paid."""

    from_account = AccountField(label=_("Out of"), money=True)
    on = DayField(label=_("Day"))
    purpose = forms.CharField(label=_("What for"), max_length=300)
    blames = {errors.WrongCurrency: "from_account", errors.AccountClosed: "from_account"}


class PaymentForm(OnceForm):
    """Paying somebody else: rent, a supplier, a share given back."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[
            (one.value, one.label)
            for one in (Kind.EXPENSE_PAID, Kind.SUPPLIER_PAID, Kind.SHARES,
                        Kind.LOSS, Kind.HAND)
        ],
    )  # fmt: skip
    from_account = AccountField(label=_("Out of"), money=True)
    to_account = AccountField(
        label=_("For the account"), queryset=Account.objects.none(), empty_label=CHOOSE
    )
    payee_name = forms.CharField(
        label=_("Who receives it"),
        required=False,
        max_length=160,
        help_text=_("A shop, a landlord, anybody who has no account in this house."),
    )
    payee = forms.ModelChoiceField(
        label=_("A person of the house"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("nobody of the house"),
    )
    amount = AmountField(label=_("Amount"))
    on = DayField(label=_("Day"))
    purpose = forms.CharField(label=_("What for"), max_length=300)
    groups = (
        (
            _("What is paid"),
            _("What it is for decides in which account it is told."),
            ("kind", "to_account", "purpose"),
        ),
        (
            _("Who receives it"),
            _("Either a name, or a person of the house: she cannot sign it then."),
            ("payee_name", "payee"),
        ),
        (_("How much, and out of which place"), "", ("amount", "from_account", "on")),
    )
    blames = {
        errors.PayeeMissing: "payee_name",
        errors.WrongPayee: "payee",
        errors.NotPositive: "amount",
        errors.WrongCurrency: "to_account",
        errors.AccountClosed: "to_account",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = Account.objects.filter(is_open=True, is_header=False, is_money=False)
        self.fields["to_account"].queryset = accounts  # type: ignore[attr-defined]
        people = User.objects.filter(is_active=True, groups__isnull=False).distinct()
        self.fields["payee"].queryset = people.order_by(  # type: ignore[attr-defined]
            "first_name", "last_name"
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("payee") and values.get("payee_name"):
            self.add_error("payee_name", _("Choose one of the two: a name, or a person."))
        return values


class VoidForm(OfficeForm):
    """Why a payment is called off."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class LineForm(OfficeForm):
    """A line that somebody copied out of the minute book."""

    blames = {errors.Miscopied: "line"}

    line = forms.CharField(
        label=_("The line as it stands in the minute book"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "With the block, its last entry, the day, nine groups and the last number. Spaces and"
            " ends of lines do not matter."
        ),
    )
