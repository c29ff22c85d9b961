"""What the office fills in for an order."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from coop.kit.days import today
from coop.kit.money import minor_digits
from orders.shop.fields import OneLineField
from orders.shop.models import Buyer, Order, ReceivedPayment
from orders.shop.values import NewPayment

_Method = ReceivedPayment.Method


class FilterForm(forms.Form):
    """Which orders to show."""

    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *Order.Status.choices], required=False
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All")), *Order.Kind.choices], required=False
    )
    search = OneLineField(
        label=_("Number, name or e-mail"), required=False, max_length=80, strip=True
    )


class _WithOperation(forms.Form):
    """How money came, and by which operation; cash has a number of its own."""

    method = forms.ChoiceField(
        label=_("How it came"),
        choices=_Method.choices,
        error_messages={"invalid_choice": _("Choose how it came.")},
    )
    reference = OneLineField(
        label=_("Operation number"),
        required=False,
        max_length=80,
        help_text=_("As the bank writes it. For cash it may stay empty."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("reference") and "reference" not in self.errors:
            if values.get("method") == _Method.CASH and values.get("form_key"):
                values["reference"] = f"cash:{values['form_key']}"
            elif values.get("method"):
                sentence = _("Write the operation number, so that no payment is recorded twice.")
                self.add_error("reference", sentence)
        return values


class PaymentForm(_WithOperation):
    """Money that came in."""

    amount = forms.DecimalField(
        label=_("Amount"),
        max_digits=12,
        min_value=Decimal("0.01"),
        error_messages={
            "required": _("Write how much came in."),
            "invalid": _("Write an amount such as 128.00."),
            "min_value": _("Write an amount above zero."),
            "max_digits": _("That is too much for one payment."),
            "max_whole_digits": _("That is too much for one payment."),
        },
    )
    on = forms.DateField(
        label=_("Day"),
        initial=today,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Write the day on which it came."),
            "invalid": _("Write the day as 2026-12-31."),
        },
    )

    field_order = ["amount", "method", "reference", "on", "form_key"]

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        self.fields["amount"].initial = order.outstanding.amount

    def clean_amount(self) -> Money:
        amount: Decimal = self.cleaned_data["amount"]
        digits = minor_digits(self.order.currency)
        if amount != round(amount, digits):
            raise forms.ValidationError(_("Write no more than two decimals."))
        return Money(amount, self.order.currency)

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError(_("That day is still to come."))
        return day


class ShipForm(forms.Form):
    """With whom it leaves."""

    carrier = OneLineField(label=_("Carrier"), required=False, max_length=80)
    tracking = OneLineField(label=_("Tracking number"), required=False, max_length=80)


class HandOverForm(forms.Form):
    """Picked up, and paid already."""


class HandOverPaidForm(_WithOperation):
    """Picked up, and paid in the same moment: all that is open."""

    def payment(self, order: Order) -> NewPayment:
        """What is paid."""
        values = self.cleaned_data
        return NewPayment(order.outstanding, values["method"], values["reference"])


class CancelForm(forms.Form):
    """Why an order is not carried out."""

    why = OneLineField(
        label=_("Why"),
        max_length=200,
        help_text=_("The customer reads it in our e-mail."),
        error_messages={"required": _("Write why, for whoever reads this later.")},
    )


class BuyerUploadForm(forms.Form):
    """A list, and for whom."""

    buyer = forms.ModelChoiceField(
        label=_("Buyer"),
        queryset=Buyer.objects.select_related("user"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose the buyer.")),
    )
    file = forms.FileField(
        label=_("List (CSV)"),
        allow_empty_file=True,
        error_messages={
            "required": _("Choose the file with the list."),
            "invalid": _("The file did not arrive. Choose it again."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )
