"""What customers fill in. A form checks shapes; services decide."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant
from coop.kit.money import books_currency
from orders.shop.errors import CurrencyNotOffered
from orders.shop.fields import (
    KindEmailField,
    KindPhoneField,
    OneLineField,
    SeveralLinesField,
    likely_slip,
)
from orders.shop.models import Order, ShippingRate
from orders.shop.prices import currencies_offered
from orders.shop.providers import offers
from orders.shop.services import MOST_OF_EACH
from orders.shop.values import Customer

_HOW_MANY = format_lazy(_("Choose a whole number from 1 to {most}."), most=MOST_OF_EACH)


class QuantityForm(forms.Form):
    """How many of a line."""

    quantity = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=MOST_OF_EACH,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _HOW_MANY),
    )


class AddForm(QuantityForm):
    """What goes into the cart: a variant, by its key or its article number."""

    variant = forms.CharField(max_length=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quantity"].required = False

    def clean_quantity(self) -> int:
        quantity: int | None = self.cleaned_data["quantity"]
        return 1 if quantity is None else quantity

    def clean_variant(self) -> Variant:
        word = self.cleaned_data["variant"]
        variants = Variant.objects.select_related("product")
        is_key = word.isascii() and word.isdigit() and len(word) < 19
        found = variants.filter(pk=int(word)).first() if is_key else None
        found = found or variants.filter(sku=word).first()
        if found is None:
            raise forms.ValidationError(_("Choose one of the sizes and colours."))
        return found


class CheckoutForm(forms.Form):
    """Who orders, how it gets there and how it is paid. No price is ever read from it."""

    name = OneLineField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Write your name, so that we know for whom it is.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = KindEmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    phone = KindPhoneField(
        label=_("Phone"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    delivery = forms.ModelChoiceField(
        label=_("How it gets to you"),
        queryset=ShippingRate.objects.offered(),
        to_field_name="key",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose one of the ways to get it.")
        ),
    )
    address = SeveralLinesField(
        label=_("Address"),
        required=False,
        max_length=500,
        help_text=_("Street, place and country. Not needed if you pick it up."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
    )
    method = forms.CharField(
        label=_("How you pay"),
        max_length=20,
        error_messages=dict.fromkeys(
            ("required", "max_length"), _("Choose how you would like to pay.")
        ),
    )
    currency = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)
    note = SeveralLinesField(label=_("A note for us"), required=False, max_length=500)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    # The address that she was asked about and insists on.
    email_insisted = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        meant = likely_slip(email)
        if meant and self.data.get("email_insisted") != email:
            sentence = gettext("Did you mean %(meant)s? If yours is right as it is, send it again.")
            raise forms.ValidationError(sentence % {"meant": meant}, code="slip")
        return email

    def clean_currency(self) -> str:
        code = str(self.cleaned_data["currency"] or books_currency())
        if code not in currencies_offered():
            raise forms.ValidationError(CurrencyNotOffered.message)
        return code

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self._check_method(values)
        if "currency" in self.errors:
            self.add_error(None, CurrencyNotOffered.message)
        delivery = values.get("delivery")
        if delivery and not delivery.is_pick_up:
            self._check_sent(values)
        if {"form_key", "seen"} & set(self.errors):
            self.add_error(None, _("The form did not arrive whole. Look at it and send it again."))
        return values

    def _check_method(self, values: dict[str, Any]) -> None:
        """One of the ways that are offered in this currency."""
        offered = {one.key for one in offers(values.get("currency") or books_currency())}
        if "method" in values and values["method"] not in offered:
            self.add_error("method", _("Choose how you would like to pay."))

    def _check_sent(self, values: dict[str, Any]) -> None:
        """What is sent needs an address, and is paid before it leaves."""
        if not values.get("address") and "address" not in self.errors:
            self.add_error("address", _("Write where we should send it."))
        if values.get("method") == Order.Method.PICK_UP:
            sentence = _("This goes only with picking it up. Choose another way to pay.")
            self.add_error("method", sentence)

    @property
    def customer(self) -> Customer:
        """Who orders, of a valid form."""
        values = self.cleaned_data
        return Customer(
            name=values["name"],
            email=values["email"],
            phone=str(values["phone"] or ""),
            address=values["address"],
            note=values["note"],
        )


class UploadForm(forms.Form):
    """A buyer's list."""

    file = forms.FileField(
        label=_("Your list (CSV)"),
        allow_empty_file=True,
        error_messages={
            "required": _("Choose the file with your list."),
            "invalid": _("The file did not arrive. Choose it again."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )


class ClaimForm(forms.Form):
    """The operation number of a payment by phone wallet or transfer."""

    operation = OneLineField(
        label=_("Operation number"),
        max_length=40,
        error_messages={"required": _("Write the number that your phone showed you.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
