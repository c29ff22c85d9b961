"""How rows of cash are called (`ledger.naming`)."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.formats import date_format

from coop.kit.money import format_money, from_minor
from ledger.cash.models import (
    Advance,
    AdvancePart,
    Agreement,
    Box,
    Count,
    HandingEnd,
    HandingHeard,
    HandingOver,
    HandingSign,
    Holding,
    PayDay,
    PayDayLine,
)
from ledger.naming import Name, names, part_of

part_of(Holding, "box")
part_of(Agreement, "count")
part_of(HandingSign, "handing_over")
part_of(HandingEnd, "handing_over")
part_of(HandingHeard, "handing_over")
part_of(AdvancePart, "advance")
part_of(PayDayLine, "pay_day")


@names(Box)
def _boxes(keys: Sequence[int]) -> Mapping[int, Name]:
    rows = Box.objects.filter(pk__in=keys).select_related("account")
    return {one.pk: Name(str(one.account), _page_of_box(one.pk)) for one in rows}


@names(Count)
def _counts(keys: Sequence[int]) -> Mapping[int, Name]:
    rows = Count.objects.filter(pk__in=keys).select_related("box__account")
    return {one.pk: _name_of_count(one) for one in rows}


def _name_of_count(one: Count) -> Name:
    counted = format_money(from_minor(one.counted_minor, one.box.account.currency))
    day = date_format(one.on, "DATE_FORMAT")
    return Name(f"{one.box.account}, {day}: {counted}", _page_of_box(one.box_id))


@names(HandingOver)
def _handings(keys: Sequence[int]) -> Mapping[int, Name]:
    rows = HandingOver.objects.filter(pk__in=keys).select_related(
        "count__box__account", "giver", "receiver"
    )
    return {
        one.pk: Name(
            f"{one.count.box.account}: {one.giver} → {one.receiver}, "
            f"{date_format(one.on, 'DATE_FORMAT')}",
            _page_of_box(one.count.box_id),
        )
        for one in rows
    }


@names(Advance)
def _advances(keys: Sequence[int]) -> Mapping[int, Name]:
    rows = Advance.objects.filter(pk__in=keys).select_related("payment__payee")
    return {
        one.pk: Name(
            f"{format_money(one.payment.amount)}, {one.payment.payee_label}: {one.payment.purpose}",
            reverse("cash_office:advance", args=[one.pk]),
        )
        for one in rows
    }


@names(PayDay)
def _pay_days(keys: Sequence[int]) -> Mapping[int, Name]:
    return {
        one.pk: Name(
            f"{date_format(one.on, 'DATE_FORMAT')}: {one.purpose}",
            reverse("cash_office:pay-day-of", args=[one.pk]),
        )
        for one in PayDay.objects.filter(pk__in=keys)
    }


def _page_of_box(key: int) -> str:
    return reverse("cash_office:box", args=[key])
