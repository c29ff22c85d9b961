"""Amounts and days as banks write them."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

Order = Literal["dmy", "mdy", "ymd"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")

_SYMBOLS = re.compile(
    r"^(?:S/\.?|US\$|\$|€|£|Bs\.?|USD|EUR|GBP|PEN|BOB)\s*|\s*(?:USD|EUR|GBP|PEN|BOB)$"
)
_NUMBER = re.compile(r"\d+(?:[.,' ]\d+)*")
_MONTHS = {
    name: place
    for names in (
        "ene feb mar abr may jun jul ago set oct nov dic",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for place, name in enumerate(names.split(), start=1)
}
_OLDEST_YEAR = 1970


def number(text: str) -> Decimal | None:
    """An amount in any common writing: "1,240.00", "1.240,00", "(33.50)", "33.50-"; None if not.

    No amount of money has three digits behind its point, so that "1,000" and "1.000" are both a
    thousand.
    """
    told = text.replace("\u00a0", " ").replace("\u2212", "-").replace("\u202f", " ").strip()
    negative = told.startswith("(") and told.endswith(")")
    told = told.strip("()").strip()
    if told.endswith("-"):
        told, negative = told[:-1].rstrip(), not negative
    if told[:1] in {"+", "-"}:
        negative ^= told[0] == "-"
        told = told[1:].lstrip()
    bare = _SYMBOLS.sub("", told)
    if bare != told and bare[:1] in {"+", "-"}:
        negative ^= bare[0] == "-"
        bare = bare[1:].lstrip()
    told = bare
    if not _NUMBER.fullmatch(told):
        return None
    amount = _digits(told)
    return None if amount is None else -amount if negative else amount


def _digits(told: str) -> Decimal | None:
    marks = [one for one in told if not one.isdigit()]
    if not marks:
        return Decimal(told)
    last = marks[-1]
    head, _mark, tail = told.rpartition(last)
    is_decimal = last in ".," and len(tail) != 3 and marks.count(last) == 1
    groups = re.split(r"[.,' ]", head if is_decimal else told)
    if len(groups) > 1 and any(len(one) != 3 for one in groups[1:]):
        return None
    if len(groups[0]) > 3 and len(groups) > 1:
        return None
    whole = "".join(groups)
    return Decimal(f"{whole}.{tail}") if is_decimal else Decimal(whole)


def day(text: str, order: Order) -> date | None:
    """A day written in `order`, with any mark between, a time after it, or a month's name."""
    parts = _parts(text)
    if parts is None:
        return None
    first, second, third = parts
    if len(first) == 4 and order != "ymd":
        return None
    year, month, number_ = {
        "dmy": (third, second, first),
        "mdy": (third, first, second),
        "ymd": (first, second, third),
    }[order]
    if len(year) not in {2, 4} or len(number_) > 2 or len(month) > 2:
        return None
    full = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 70 else 1900)
    return _day(full, int(month), int(number_))


def _day(year: int, month: int, number_: int) -> date | None:
    if year < _OLDEST_YEAR:
        return None
    try:
        return date(year, month, number_)
    except ValueError:
        return None


def _parts(text: str) -> tuple[str, str, str] | None:
    told = (
        text.strip().lower().split("t")[0]
        if re.match(r"\d{4}-", text.strip())
        else text.strip().lower()
    )
    if re.fullmatch(r"\d{8}", told):
        return told[:4], told[4:6], told[6:]
    found = re.match(
        r"(\d{1,4})[\s./'\-]+(?:de\s+)?([a-zé]{3,12}|\d{1,2})[\s./'\-]+(?:de\s+)?(\d{1,4})(?:\s+\d{1,2}:.*)?$",
        told,
    )
    if not found:
        return None
    first, second, third = found.groups()
    if second.isalpha():
        month = _MONTHS.get(second[:3])
        if month is None:
            return None
        second = str(month)
    return first, second, third


def order_of(texts: Iterable[str]) -> Order | None:
    """In which order day, month and year stand; None where it could be one or the other.

    Of two that both fit, the one that makes the file span far fewer days is meant.
    """
    told = [one for one in texts if one.strip()]
    fitting: list[tuple[timedelta, Order]] = []
    for order in ORDERS:
        found = [day(one, order) for one in told]
        known = [one for one in found if one is not None]
        if known and len(known) == len(found):
            fitting.append((max(known) - min(known), order))
    named = [one for one in told if re.search(r"[a-z]{3}", one.lower())]
    if named and any(order == "dmy" for _span, order in fitting):
        return "dmy"
    if not fitting:
        return _most_fitting(told)
    fitting.sort(key=lambda one: one[0])
    if len(fitting) == 1 or fitting[0][0] * 3 < fitting[1][0]:
        return fitting[0][1]
    return None


def _most_fitting(told: list[str]) -> Order | None:
    """The order in which most can be read: the others are wrong, and are named."""
    counts = {one: sum(day(text, one) is not None for text in told) for one in ORDERS}
    best = max(counts, key=lambda one: counts[one])
    return best if counts[best] else None
