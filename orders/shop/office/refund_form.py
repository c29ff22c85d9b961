"""Money goes back: by line, for the shipping, or out of goodwill."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from djmoney.money import Money

from coop.kit.office import AnyAmountField, OfficeForm, money_in
from orders.shop import errors
from orders.shop.fields import OneLineField
from orders.shop.models import Order, OrderLine
from orders.shop.office import RECORD
from orders.shop.services import BackLine

_REFUNDABLE = (Order.Status.CONFIRMED, Order.Status.READY, Order.Status.SHIPPED)
_WHOLE = gettext_lazy("Write a whole number, 0 for none.")


def may_refund(order: Order) -> bool:
    """Whether there is something that could go back."""
    return order.status in _REFUNDABLE and order.paid_minor > 0


class RefundForm(OfficeForm):
    """How many of each line are paid back, and what lies in the store again."""

    blames = {
        errors.ReasonMissing: "why",
        errors.TooMuchBack: "goodwill",
        errors.NothingToGiveBack: "goodwill",
    }

    def __init__(self, order: Order, data: Any = None) -> None:
        super().__init__(data, auto_id="refund-%s", initial={"form_key": uuid4()})
        self.order = order
        lines = order.lines.select_related("variant__product")
        # What was paid back already is not offered again.
        self.lines = [line for line in lines if _left(line)]
        for line in self.lines:
            self._add_line(line)
        self.fields["with_shipping"] = forms.BooleanField(
            label=_("The shipping too"), required=False
        )
        self.fields["goodwill"] = AnyAmountField(
            label=_("Beyond that, out of goodwill (%(currency)s)") % {"currency": order.currency},
            required=False,
            min_value=0,
            error_messages={"min_value": _("Write an amount, 0 for none.")},
        )
        self.fields["why"] = OneLineField(
            label=_("Why"),
            max_length=200,
            help_text=_("The customer reads it in our e-mail."),
            error_messages={"required": _("Write why, for whoever reads this later.")},
        )
        self.fields["form_key"] = forms.UUIDField(widget=forms.HiddenInput)
        if not order.shipping_minor:
            del self.fields["with_shipping"]

    def _add_line(self, line: OrderLine) -> None:
        words = {"pieces": _left(line), "what": line.description}
        self.fields[f"back_{line.pk}"] = _count(
            _("Paid back of %(pieces)d × %(what)s") % words, most=_left(line)
        )
        if self.order.status == Order.Status.SHIPPED:
            self.fields[f"came_{line.pk}"] = _count(
                _("… of which lie in the store again"), most=_left(line)
            )

    def clean_goodwill(self) -> Money | None:
        """What goes back beyond the pieces, in the order's currency."""
        amount = self.cleaned_data["goodwill"]
        return money_in(amount, self.order.currency) if amount else None

    @property
    def back_lines(self) -> list[BackLine]:
        """The lines with something to pay back, of a valid form."""
        values = self.cleaned_data
        rows = [
            BackLine(
                line.pk, values.get(f"back_{line.pk}") or 0, values.get(f"came_{line.pk}") or 0
            )
            for line in self.lines
        ]
        return [one for one in rows if one.quantity]


def _left(line: OrderLine) -> int:
    """Pieces of a line that could still be paid back."""
    return line.quantity - line.cancelled - line.returned


def _count(label: str, *, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        initial=0,
        # A field of the browser's own for numbers changes under a wheel, and empties what it
        # does not understand.
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _WHOLE),
    )


def refund_form(request: HttpRequest, order: Order) -> RefundForm | None:
    """The form, for who may give money back of an order that was paid."""
    return RefundForm(order) if request.user.has_perm(RECORD) and may_refund(order) else None
