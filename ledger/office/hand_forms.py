"""What the treasurer types when she writes by hand: a template's questions, or line by line."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.forms import OnceForm
from coop.kit.money import books_currency
from coop.kit.office import AmountField, AnyAmountField, DayField, OfficeForm, money_in
from coop.kit.photographs import PhotographField
from coop.people.models import User
from ledger import errors, queries
from ledger.account_field import CHOOSE, AccountField
from ledger.forms import kinds_by_hand
from ledger.models import Account, GrantLine, JournalEntry, Voucher
from ledger.plain import Template
from ledger.services import Line, credit, debit, keep_voucher

Kind = JournalEntry.Kind
_SALT = "ledger.vouchers"
#: So many photographs belong to one entry at most.
MOST_VOUCHERS = 6
#: Lines of an entry that is typed: at the beginning, and at most.
FIRST_LINES, MOST_LINES = 4, 40
_MEMO = _("It stays for ever: write members' codes, not names.")


class VoucherForm(OfficeForm):
    """A form with photographs of papers. What was sent is kept, whatever else is wrong."""

    photo = PhotographField(
        label=_("Photo of the receipt"),
        required=False,
        help_text=_("Only who reads the books sees it. Where and when it was taken is not kept."),
    )
    vouchers = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def kept(self) -> list[Voucher]:
        """The photographs that were sent so far, and belong to nothing yet or to this form."""
        keys = self._keys()
        return list(Voucher.objects.filter(pk__in=keys).order_by("pk")) if keys else []

    def _keys(self) -> list[int]:
        text = self.data.get(self.add_prefix("vouchers"), "") if self.is_bound else ""
        try:
            keys: list[int] = signing.loads(text, salt=_SALT) if text else []
        except signing.BadSignature:
            return []
        return keys

    def keep_photo(self, actor: User) -> None:
        """Keep the photograph that came with this sending, if it is a whole picture."""
        file = self.cleaned_data.get("photo")
        keys = self._keys()
        if file is None or len(keys) >= MOST_VOUCHERS:
            return
        try:
            keys.append(keep_voucher(file=file, actor=actor).pk)
        except forms.ValidationError as broken:
            self.add_error("photo", broken)
            return
        sent: Any = self.data
        data = sent.copy()
        data[self.add_prefix("vouchers")] = signing.dumps(keys, salt=_SALT)
        self.data = data

    @property
    def resent(self) -> list[tuple[str, str]]:
        """Everything that was typed, to send it once more."""
        data: Any = self.data
        keys = [key for key in data if key not in {"do", "csrfmiddlewaretoken"}]
        return [(key, one) for key in keys for one in data.getlist(key)]


class HandForm(OnceForm, VoucherForm):
    """What a template asks."""

    amount = AmountField(label=_("Amount"))
    account = forms.ModelChoiceField(
        label=_("What for"), queryset=Account.objects.none(), empty_label=CHOOSE
    )
    place = AccountField(label=_("Out of"), money=True)
    to = AccountField(label=_("Into"), money=True)
    payee_name = forms.CharField(
        label=_("Who receives it"),
        required=False,
        max_length=160,
        help_text=_("A shop, a driver, a landlord."),
    )
    payee = forms.ModelChoiceField(
        label=_("or a person of the house"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("nobody of the house"),
        help_text=_("She cannot sign it then."),
    )
    on = DayField(label=_("Day"))
    words = forms.CharField(label=_("What exactly"), max_length=300, help_text=_MEMO)
    grant_line = forms.ModelChoiceField(
        label=_("Paid by a grant"),
        required=False,
        queryset=GrantLine.objects.none(),
        empty_label=_("no, by ourselves"),
    )
    blames = {
        errors.PeriodClosed: "on",
        errors.BeforeTheBooks: "on",
        errors.OutsideGrant: "grant_line",
        errors.GrantSpent: "grant_line",
        errors.PayeeMissing: "payee_name",
        errors.WrongPayee: "payee",
        errors.NotPositive: "amount",
        errors.NotEnoughMoney: "amount",
        errors.MoreThanOwed: "amount",
        errors.WrongSource: "place",
        errors.WrongTarget: "account",
        errors.OnlyExpenses: "account",
        errors.AccountClosed: "account",
        errors.WrongCurrency: "place",
        errors.RateMissing: "on",
    }
    field_order = (
        "amount", "account", "place", "to", "payee_name", "payee", "on", "words", "grant_line",
        "photo",
    )  # fmt: skip

    def __init__(self, template: Template, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template = template
        self._choose_accounts()
        self._choose_places()
        if template.asks_who:
            people = User.objects.filter(is_active=True, groups__isnull=False).distinct()
            self._choice("payee").queryset = people.order_by("first_name", "last_name")
        else:
            self._drop("payee_name", "payee")
        grants = queries.open_grants() if template.spends else []
        if grants:
            lines = GrantLine.objects.filter(grant__in=grants).select_related("grant")
            self._choice("grant_line").queryset = lines
            self._choice("grant_line").label_from_instance = _told_line
        else:
            self._drop("grant_line")

    def _choice(self, name: str) -> Any:
        return self.fields[name]

    def _drop(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name)

    def _choose_accounts(self) -> None:
        found = self.template.accounts(books_currency())
        self.only_account = found[0] if len(found) == 1 else None
        if len(found) > 1:
            field = self._choice("account")
            field.queryset = Account.objects.filter(pk__in=[one.pk for one in found])
            field.label_from_instance = lambda one: one.name
        else:
            self._drop("account")

    def _choose_places(self) -> None:
        ways = self.template.place
        ours = Account.objects.money().filter(is_open=True, is_header=False)
        ours = ours.exclude(role__in=[Account.Role.STRIPE, Account.Role.PARTNER]).order_by("code")
        if self.template.is_abroad:
            self.fields["amount"] = AnyAmountField(
                label=_("Amount"),
                help_text=_("In the currency of the place that you choose below."),
            )
        else:
            ours = ours.filter(currency=books_currency())
        for name in ("place", "to"):
            self._choice(name).queryset = ours
            self._choice(name).with_unused = ways == "in" or name == "to"
            self._choice(name).label_from_instance = lambda one: one.name
        if ways == "in":
            self.fields["place"].label = gettext("Where it arrived")
        if ways != "both":
            self._drop("to")
        if not ways:
            self._drop("place")
        roles = {"place": self.template.from_role or "cash", "to": self.template.to_role}
        for name, role in roles.items():
            if name in self.fields:
                at_home = ours.filter(role=role, currency=books_currency())
                self.fields[name].initial = at_home.first()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("payee") and values.get("payee_name"):
            self.add_error("payee_name", gettext("Choose one of the two: a name, or a person."))
        elif self.template.asks_who and not (values.get("payee") or values.get("payee_name")):
            self.add_error("payee_name", gettext("Say who receives the money."))
        place, to = values.get("place"), values.get("to")
        if place and place == to:
            self.add_error("to", gettext("Choose another place than the one that it left."))
        elif place and to and place.currency != to.currency:
            said = gettext("It is kept in another currency: write it under “Move money”.")
            self.add_error("to", said)
        if place and self.template.is_abroad and values.get("amount") is not None:
            self._in_its_currency(values["amount"], place.currency)
        return values

    def _in_its_currency(self, amount: Decimal, currency: str) -> None:
        """What was typed is meant in the currency of the place."""
        try:
            self.cleaned_data["amount"] = money_in(amount, currency)
        except forms.ValidationError as wrong:
            self.add_error("amount", wrong)

    @property
    def chosen_account(self) -> Account | None:
        """The account that it is about."""
        return self.cleaned_data.get("account") or self.only_account

    @property
    def lines(self) -> Sequence[Line]:
        """The debits and credits."""
        return self.template.lines(
            amount=self.cleaned_data["amount"],
            account=self.chosen_account,
            place=self.cleaned_data.get("place"),
            to=self.cleaned_data.get("to"),
            day=self.cleaned_data["on"],
        )


def _told_line(line: GrantLine) -> str:
    return f"{line.grant.name}: {line.name}"


class EntryForm(OnceForm, VoucherForm):
    """An entry for who knows debits and credits: its day, its kind, its words."""

    on = DayField(label=_("Day"))
    kind = forms.ChoiceField(label=_("What it is"), choices=kinds_by_hand)
    memo = forms.CharField(label=_("Memo"), max_length=500, help_text=_MEMO)
    #: Whether the lines offer accounts in currencies that were never used, too.
    with_unused = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ("on", "kind", "memo", "photo")
    blames = {
        errors.PeriodClosed: "on",
        errors.BeforeTheBooks: "on",
        errors.OnlyOwnMoney: "kind",
        errors.WrongSource: "kind",
        errors.WrongTarget: "kind",
        errors.OnlyExpenses: "kind",
    }


class LineForm(forms.Form):
    """One line of an entry: an account, and an amount on one side."""

    account = AccountField(label=_("Account"), required=False)
    debit = AnyAmountField(label=_("Debit"), required=False)
    credit = AnyAmountField(label=_("Credit"), required=False)

    def __init__(self, *args: Any, with_unused: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        account: Any = self.fields["account"]
        account.with_unused = with_unused

    @property
    def is_empty(self) -> bool:
        """Nothing was typed in it."""
        return not any(self.cleaned_data.get(name) not in (None, "") for name in self.fields)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        sides = {name: values.get(name) for name in ("debit", "credit")}
        typed = {name: amount for name, amount in sides.items() if amount is not None}
        account = values.get("account")
        if not typed and account is None:
            return values
        if account is None and "account" not in self.errors:
            self.add_error("account", gettext("Choose an account."))
        if len(typed) != 1 and not {"debit", "credit"} & set(self.errors):
            self.add_error("debit", gettext("Write one amount: a debit or a credit."))
        for name, amount in typed.items():
            try:
                money_in(amount, account.currency if account else books_currency())
            except forms.ValidationError as wrong:
                self.add_error(name, wrong)
        return values

    @property
    def line(self) -> Line:
        """The line, once it is valid and not empty."""
        account, side = self.cleaned_data["account"], debit
        amount = self.cleaned_data["debit"]
        if amount is None:
            amount, side = self.cleaned_data["credit"], credit
        return side(account, Money(amount, account.currency))


class BaseLines(BaseFormSet[LineForm]):
    """The lines of an entry that is typed."""

    @property
    def lines(self) -> list[Line]:
        """Those that were filled in."""
        return [one.line for one in self.forms if not one.is_empty]

    def refuse(self, refusal: errors.LedgerError) -> bool:
        """Say a refusal that names an account beside its line; whether there is one."""
        code = str(refusal.facts.get("account", ""))
        for one in self.forms:
            account = one.cleaned_data.get("account")
            if code and account and account.code == code:
                one.add_error("account", str(refusal))
                return True
        return False


LineFormSet: Any = formset_factory(
    LineForm, formset=BaseLines, extra=FIRST_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES
)
