"""How rows of the bank are called (`ledger.naming`)."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.kit.money import format_money
from ledger.bank.models import (
    BankLine,
    ColumnMap,
    ForgottenRule,
    LearnedRule,
    LineDetail,
    Match,
    Mention,
    Part,
    SaidSame,
    Statement,
    Upload,
)
from ledger.naming import Name, names, part_of, passing

passing(LearnedRule, Upload)
part_of(LineDetail, "line")
part_of(Mention, "statement")
part_of(SaidSame, "line")
part_of(Part, "line")
part_of(ColumnMap, "account")


@names(Statement)
def _statements(keys: Sequence[int]) -> Mapping[int, Name]:
    return {
        one.pk: Name(
            f"{one.number}: {one.account}, {_short(one.first_day)} – {_short(one.last_day)}",
            reverse("bank_office:statement", args=[one.number]),
        )
        for one in Statement.objects.filter(pk__in=keys).select_related("account")
    }


@names(BankLine)
def _lines(keys: Sequence[int]) -> Mapping[int, Name]:
    """Each where it is told: in the newest statement that holds it."""
    mentions = Mention.objects.filter(line__in=keys).order_by("statement__number")
    where = dict(mentions.values_list("line", "statement__number"))
    return {
        one.pk: Name(
            f"{_short(one.day)}, {one.text or one.counterparty}, {format_money(one.amount)}",
            reverse("bank_office:line", args=[where[one.pk], one.pk]) if one.pk in where else "",
        )
        for one in BankLine.objects.filter(pk__in=keys).select_related("account")
    }


@names(Match)
def _matches(keys: Sequence[int]) -> Mapping[int, Name]:
    """By its number, at its first line; one that undoes another has no lines of its own."""
    first = dict(Part.objects.filter(match__in=keys).order_by("-line").values_list("match", "line"))
    lines = _lines(sorted(set(first.values())))
    rows = Match.objects.filter(pk__in=keys)
    return {
        one.pk: Name(_("match %(number)s") % {"number": one.number}, _url(lines, first.get(one.pk)))
        for one in rows
    }


def _url(lines: Mapping[int, Name], key: int | None) -> str:
    return lines[key].url if key is not None and key in lines else ""


@names(ForgottenRule)
def _forgotten(keys: Sequence[int]) -> Mapping[int, Name]:
    page = reverse("bank_office:rules")
    rows = ForgottenRule.objects.filter(pk__in=keys).select_related("other")
    return {one.pk: Name(f"“{one.words}” = {one.other}", page) for one in rows}


def _short(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
