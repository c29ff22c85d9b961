"""What the office fills in for an order."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from coop.kit.lists import ListFilter
from coop.kit.office import AmountField, DayField, OfficeForm
from orders.shop import errors
from orders.shop.fields import OneLineField
from orders.shop.models import Buyer, Order, ReceivedPayment
from orders.shop.models.money import CASH_KEY
from orders.shop.values import NewPayment
from orders.shop.waiting import SHOWN

_Method = ReceivedPayment.Method


class FilterForm(ListFilter):
    """Which orders to show."""

    search = OneLineField(label=_("Number, name or e-mail"), required=False, max_length=80)
    show = forms.ChoiceField(
        label=_("What is to be done"), choices=[("", _("Anything")), *SHOWN.items()], required=False
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All")), *Order.Kind.choices], required=False
    )
    since = DayField(label=_("Ordered from"), required=False, initial=None, may_be_ahead=True)
    until = DayField(label=_("Ordered until"), required=False, initial=None, may_be_ahead=True)
    # The tabs above the list choose it; a search keeps it.
    status = forms.ChoiceField(
        choices=[("", ""), ("all", ""), *Order.Status.choices],
        required=False,
        widget=forms.HiddenInput,
    )


class _WithOperation(OfficeForm):
    """How money came, and by which operation; cash has a number of its own."""

    method = forms.ChoiceField(
        label=_("How it came"),
        # By card it comes in by itself.
        choices=[one for one in _Method.choices if one[0] != _Method.CARD],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose how it came.")),
    )
    reference = OneLineField(
        label=_("Operation number"),
        required=False,
        max_length=80,
        help_text=_("As the bank writes it. For cash it may stay empty."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    blames = {
        errors.AmountWrong: "amount",
        errors.PaidTooMuch: "amount",
        errors.OperationTaken: "reference",
        errors.OperationMissing: "reference",
        errors.DayInTheFuture: "on",
        errors.DayBeforeOrder: "on",
    }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "form_key" in self.errors:
            self.add_error(None, _("The form did not arrive whole. Look at it and send it again."))
        if values.get("reference") or "reference" in self.errors:
            return values
        if values.get("method") == _Method.CASH and values.get("form_key"):
            # Sent twice, it is one payment.
            values["reference"] = f"{CASH_KEY}{values['form_key']}"
        elif values.get("method"):
            self.add_error("reference", errors.OperationMissing.message)
        return values


class PaymentForm(_WithOperation):
    """Money that came in."""

    amount = AmountField(label=_("Amount"))
    on = DayField(label=_("Day on which it came"))

    field_order = ["amount", "method", "reference", "on", "form_key"]


class ShipForm(OfficeForm):
    """With whom it leaves."""

    carrier = OneLineField(label=_("Carrier"), required=False, max_length=80)
    tracking = OneLineField(label=_("Tracking number"), required=False, max_length=80)


class HandOverForm(OfficeForm):
    """Picked up, and paid already."""


class HandOverPaidForm(_WithOperation):
    """Picked up, and paid in the same moment: all that is open."""

    def payment(self, order: Order) -> NewPayment:
        """What is paid."""
        values = self.cleaned_data
        return NewPayment(order.outstanding, values["method"], values["reference"])


class CancelForm(OfficeForm):
    """Why an order is not carried out."""

    why = OneLineField(
        label=_("Why"),
        max_length=200,
        help_text=_("The customer reads it in our e-mail."),
        error_messages={"required": _("Write why, for whoever reads this later.")},
    )

    blames = {errors.ReasonMissing: "why"}


class BuyerUploadForm(OfficeForm):
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
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )
