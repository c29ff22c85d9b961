"""Pages of the office (Wagtail's admin): their frame, their forms, their menu items."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from djmoney.money import Money
from wagtail.admin.menu import MenuItem

from coop.kit.days import today
from coop.kit.errors import Refusal
from coop.kit.money import SYMBOLS, books_currency, minor_digits

ON_A_PAGE = 30

#: Fields that belong together in a form: title, explanation, names.
Group = tuple[str | Promise, str | Promise, Sequence[str]]

#: A page on the way to this one: its name and its address.
Crumb = tuple[str | Promise, str]


def office_page(
    request: HttpRequest,
    template: str,
    *,
    title: str | Promise,
    trail: Sequence[Crumb] = (),
    icon: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page in the office's frame: the way along `trail`, then `template` (office/page.html)."""
    crumbs = [{"url": url, "label": label} for label, url in trail]
    frame = {"trail": crumbs, "header_title": title, "header_icon": icon}
    return render(request, template, frame | context, status=status)


def is_at_work(request: HttpRequest) -> bool:
    """Whether somebody of the office asks for a page of it: what is refused is said in its frame,
    with her menu beside it, and not in the shop's.
    """
    # A page can be refused before it is known who asks.
    user = getattr(request, "user", None)
    return (
        request.path.startswith("/office/")
        and user is not None
        and user.has_perm("wagtailadmin.access_admin")
    )


def refused_page(
    request: HttpRequest, sentence: str, *, title: str | Promise, status: int
) -> HttpResponse:
    """What was not done, or not opened, and the way back to what waits."""
    return office_page(
        request, "office/refused.html", title=title, sentence=sentence, status=status
    )


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any]) -> Page[Any]:
    """The page of `rows` that the address asks for (?p=2)."""
    return Paginator(rows, ON_A_PAGE).get_page(request.GET.get("p"))


class OfficeForm(forms.Form):
    """A form whose refusals stand beside the field that they are about.

    `blames` says which field a service's refusal belongs to; others stand above the form.
    """

    blames: dict[type[Refusal], str] = {}
    #: Fields that belong together: a title, an explanation, their names. None: no groups.
    groups: Sequence[Group] = ()

    @property
    def grouped(self) -> list[dict[str, Any]]:
        """The groups with their fields, for a template; what is in none comes last, untitled."""
        if not self.groups:
            return []
        found = []
        for title, explanation, names in self.groups:
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                found.append({"title": title, "explanation": explanation, "fields": fields})
        return found

    def refuse(self, refusal: Refusal) -> None:
        """Show what a service refused."""
        field = next(
            (name for kind, name in self.blames.items() if isinstance(refusal, kind)), None
        )
        self.add_error(field if field in self.fields else None, str(refusal))


#: Thousands apart by one sign, and perhaps a fraction after the other: 1,240.50 or 1.240,50.
_IN_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:(,\d{3})+(\.\d*)?|(\.\d{3})+(,\d*))")
_ONE_SIGN = re.compile(r"\d*[.,]?\d*")


class NumberField(forms.DecimalField):
    """A number as people type it, with a point or a comma: 12.50 or 12,50, and 1,240.00.

    What is refused stays in the field, which a field of the browser's own for numbers empties.
    """

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """On a phone: keys with figures."""
        attrs = super().widget_attrs(widget)
        return attrs | {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        return super().to_python(self._plain(value) if isinstance(value, str) else value)

    def _plain(self, typed: str) -> str:
        """What was typed, with a point. Raises ValidationError for what has two meanings or none."""
        bare = "".join(typed.split()).replace("\N{MINUS SIGN}", "-")
        figures = bare.lstrip("+-")
        sign = bare[: len(bare) - len(figures)]
        is_whole = self.decimal_places is not None and self.decimal_places < 3
        if _IN_THOUSANDS.fullmatch(figures) and ("." in figures or is_whole):
            mark = max("., ", key=figures.rfind) if {*".,"} <= {*figures} else "."
            other = "," if mark == "." else "."
            return sign + figures.replace(other, "").replace(mark, ".")
        # "1,240" is a thousand and more to some, and one and a bit to others.
        has_two_meanings = re.fullmatch(r"[1-9]\d{0,2},\d{3}", figures)
        if len(sign) > 1 or has_two_meanings or not _ONE_SIGN.fullmatch(figures):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return sign + figures.replace(",", ".")


_WRONG_AMOUNT = gettext_lazy("Write an amount such as 128.00.")
_TOO_MUCH = gettext_lazy("That is too much.")
#: What is said of an amount that is none.
AMOUNT_MESSAGES = {
    "invalid": _WRONG_AMOUNT,
    "max_decimal_places": _WRONG_AMOUNT,
    "max_digits": _TOO_MUCH,
    "max_whole_digits": _TOO_MUCH,
    "min_value": gettext_lazy("Write an amount above zero."),
}


class AnyAmountField(NumberField):
    """An amount whose currency something else says, above zero unless `may_be_less`.

    Gives a Decimal; `money_in` makes it a Money once the currency is known.
    """

    def __init__(self, *, may_be_less: bool = False, **options: Any) -> None:
        if not may_be_less:
            options.setdefault("min_value", Decimal("0.001"))
        options["error_messages"] = AMOUNT_MESSAGES | options.get("error_messages", {})
        super().__init__(max_digits=13, decimal_places=3, **options)


def money_in(amount: Decimal, currency: str) -> Money:
    """An amount in a currency. Raises ValidationError for more digits than that currency has."""
    if amount != round(amount, minor_digits(currency)):
        raise forms.ValidationError(_WRONG_AMOUNT, code="invalid")
    return Money(amount, currency)


class AmountField(NumberField):
    """An amount in the books' currency: gives a Money."""

    def __init__(self, **options: Any) -> None:
        code = books_currency()
        digits = minor_digits(code)
        if "label" in options:
            # The unit stands beside the name, so that nobody has to guess it.
            options["label"] = format_lazy("{} ({})", options["label"], SYMBOLS.get(code, code))
        super().__init__(
            max_digits=12,
            decimal_places=digits,
            min_value=Decimal(1).scaleb(-digits),
            error_messages=AMOUNT_MESSAGES,
            **options,
        )

    def clean(self, value: Any) -> Any:
        amount = super().clean(value)
        return None if amount is None else Money(amount, books_currency())


#: Days outside of these are slips of the finger; the last day of all has no day after it.
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2199, 12, 31)


class DayField(forms.DateField):
    """A day that has come, today unless said otherwise; `may_be_ahead` lifts that."""

    def __init__(self, *, may_be_ahead: bool = False, **options: Any) -> None:
        self.may_be_ahead = may_be_ahead
        options.setdefault("initial", today)
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": gettext_lazy("Write the day as 2026-12-31.")},
            **options,
        )

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not self.may_be_ahead and day > today():
            raise forms.ValidationError(_("That day is still to come."))
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Write a day between 1950 and 2200."))
        return day


class GuardedMenuItem(MenuItem):
    """A menu item for people who have at least one of some permissions."""

    def __init__(
        self, label: str | Promise, url: str, *, permissions: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(label, url, **kwargs)
        self.permissions = permissions

    def is_shown(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(one) for one in self.permissions)


class TodayMenuItem(MenuItem):
    """The way to the first page. Its address is looked up late: the menu is made before urls."""

    def __init__(self, label: str | Promise, **kwargs: Any) -> None:
        super().__init__(label, "", **kwargs)

    def render_component(self, request: HttpRequest) -> Any:
        self.url = reverse("wagtailadmin_home")
        return super().render_component(request)
