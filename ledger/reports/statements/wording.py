"""Words and addresses that several statements share."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from djmoney.money import Money

from coop.kit.money import books_currency, format_money, from_minor
from ledger.models import Account
from ledger.reports.papers import Line
from ledger.reports.valuing import House, Position


def address_of(account: Account) -> str:
    """The account's own page."""
    return reverse("ledger_office:account", args=[account.code])


def line_of(account: Account, minor: int, net: int = 0) -> Line:
    """An account as a line; of one in another currency, what is on it as it is."""
    note = ""
    if account.currency != books_currency() and net:
        note = format_money(from_minor(account.natural_sign * net, account.currency))
    return Line(account.code, account.name, minor, address_of(account), note)


def lines_of(accounts: Iterable[Account], worths: Mapping[int, int], sign: int) -> list[Line]:
    """Accounts with what they are worth, each turned by `sign`; those with nothing are left out."""
    return [line_of(one, sign * worths[one.pk]) for one in accounts if worths.get(one.pk)]


def rates_note(house: House, position: Position) -> list[str]:
    """At which rates other currencies count, and which do not count at all."""
    notes = []
    foreign = {
        one.currency
        for one in house.accounts
        if one.currency != books_currency() and position.nets.get(one.pk)
    }
    for code in sorted(foreign - {*position.unknown}):
        rate = house.rates.on(code, position.day)
        notes.append(
            _("1 %(currency)s counts as %(rate)s.")
            % {
                "currency": code,
                "rate": f"{rate:f}".rstrip("0").rstrip(".") + f" {books_currency()}",
            }
        )
    for one in house.accounts:
        if one.currency in position.unknown and position.nets.get(one.pk):
            amount = from_minor(one.natural_sign * position.nets[one.pk], one.currency)
            notes.append(not_counted(one.name, amount))
    return notes


def not_counted(name: str, amount: Money) -> str:
    """A sentence about what has no rate."""
    told = {"name": name, "amount": format_money(amount)}
    return (
        _("%(name)s: %(amount)s is not counted: nobody had written what that currency costs.")
        % told
    )
