"""Choosing an account: told by name, by what it is, and without those that nobody needs yet."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coop.kit.money import books_currency
from ledger.models import Account
from ledger.models.accounts import AccountQuerySet

CHOOSE = _("choose")
Kind = Account.Kind
_UNUSED = _("In other currencies, not used yet")
#: Headings of a list, in their order.
_MONEY, _MEMBERS = _("Where our money is"), _("Members")
_OF_KIND: dict[str, str | Promise] = {
    Kind.ASSET: _("What we have"),
    Kind.LIABILITY: _("What we owe"),
    Kind.EQUITY: _("What is our own"),
    Kind.INCOME: _("What comes in"),
    Kind.EXPENSE: _("What we spend on"),
}
_HEADINGS = (
    _MONEY,
    *(_OF_KIND[one] for one in (Kind.EXPENSE, Kind.INCOME, Kind.ASSET, Kind.LIABILITY)),
    _MEMBERS,
    _OF_KIND[Kind.EQUITY],
)


def heading_of(account: Account) -> str | Promise:
    """Under which heading of a list an account stands."""
    if account.is_money:
        return _MONEY
    if account.holder_id and account.kind == Kind.LIABILITY:
        return _MEMBERS
    return _OF_KIND[account.kind]


def told_account(account: Account) -> str:
    """Its number and its name; of a woman's account, or of a box that she has, hers too."""
    if account.holder is None:
        return str(account)
    if account.is_money:
        return f"{account} ({account.holder})"
    # Its own name says no more than her number, which the code ends with.
    return f"{account.code} {account.holder}"


class _ByHeading(ModelChoiceIterator):
    """Accounts as choices under headings, where there is more than one."""

    queryset: AccountQuerySet
    field: "AccountField"

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        groups: dict[Any, list[Any]] = {one: [] for one in (*_HEADINGS, _UNUSED)}
        for one in self._shown():
            heading = _UNUSED if one.is_asleep else heading_of(one)  # type: ignore[attr-defined]
            groups[heading].append(self.choice(one))
        filled = [(heading, choices) for heading, choices in groups.items() if choices]
        used = [heading for heading, _choices in filled if heading is not _UNUSED]
        for heading, choices in filled:
            if heading is not _UNUSED and len(used) == 1:
                yield from choices
            else:
                yield (heading, choices)

    def _shown(self) -> list[Account]:
        """All of them but those in a currency that nobody used yet, unless one is chosen."""
        field = self.field
        found = list(self.queryset.in_use_first().select_related("holder"))
        used = {one.currency for one in found if not one.is_asleep}  # type: ignore[attr-defined]
        used |= {books_currency(), *field.currencies}
        if field.with_unused or not used & {one.currency for one in found}:
            return found
        return [one for one in found if one.currency in used or field.is_chosen(one)]


class AccountField(forms.ModelChoiceField):
    """An account that takes postings.

    `with_unused` offers those in currencies that were never used, too, at the end: where money
    may arrive in one for the first time. `currencies` are offered whether they were used or not.
    """

    iterator = _ByHeading

    def __init__(self, *, money: bool = False, with_unused: bool = False, **options: Any) -> None:
        accounts = Account.objects.money() if money else Account.objects.all()
        options.setdefault("empty_label", CHOOSE)
        options.setdefault("queryset", accounts.filter(is_open=True, is_header=False))
        super().__init__(**options)
        self.with_unused = with_unused
        self.currencies: tuple[str, ...] = ()
        self._chosen = ""

    def label_from_instance(self, obj: Account) -> str:
        return told_account(obj)

    def prepare_value(self, value: Any) -> Any:
        """What stands in the field; it is offered even if it was never used."""
        prepared = super().prepare_value(value)
        self._chosen = "" if prepared is None else str(prepared)
        return prepared

    def is_chosen(self, account: Account) -> bool:
        """Whether the field holds it now."""
        return self._chosen == str(getattr(account, self.to_field_name or "pk"))
