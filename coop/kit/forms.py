"""Form fields for what the house stores in its own units, and forms that count once."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from djmoney.money import Money

from coop.kit.money import books_currency, from_minor, minor_digits, to_minor
from coop.kit.office import AMOUNT_MESSAGES, NumberField, OfficeForm

#: How the reference of what somebody typed in the office begins.
OF_THE_OFFICE = "office:"


class OnceForm(OfficeForm):
    """A form that is written down once, however often it is sent."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    @property
    def reference(self) -> str:
        """The reference of what it writes."""
        return f"{OF_THE_OFFICE}{self.cleaned_data['form_key']}"


class MinorAmountField(NumberField):
    """An amount typed as people write it (128.00), stored as whole minor units (12800)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", Decimal("0.01"))
        kwargs.setdefault("max_digits", 12)
        kwargs["error_messages"] = AMOUNT_MESSAGES | kwargs.get("error_messages", {})
        super().__init__(decimal_places=minor_digits(books_currency()), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What stands in the field: an amount, or what was typed."""
        return from_minor(value).amount if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """The minor units, or None where nothing was typed and nothing is needed."""
        amount = super().clean(value)
        return None if amount is None else to_minor(Money(amount, books_currency()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
