"""Numbers are understood as people type them, and what is refused stays in its field."""

from decimal import Decimal

import pytest
from django import forms

from coop.kit.office import AmountField, NumberField


class Typed(forms.Form):
    """An amount in céntimos, and a rate with more digits."""

    amount = AmountField(label="Amount", required=False)
    rate = NumberField(max_digits=16, decimal_places=8, required=False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12.50", "12.50"),
        ("12,50", "12.50"),
        ("12,5", "12.5"),
        (" 1 240 ", "1240"),
        ("1,240", "1240"),
        ("1,240.00", "1240.00"),
        ("1.240,50", "1240.50"),
        ("1,240,000.5", "1240000.5"),
        (".5", "0.5"),
    ],
)
def test_a_point_and_a_comma_are_understood(typed: str, meant: str):
    form = Typed({"amount": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"].amount == Decimal(meant)


@pytest.mark.parametrize(
    "typed", ["1e999", "1e3", "inf", "NaN", "1.2.3", "12,34,5", "--1", "twelve", ".", "1.240,50,1"]
)
def test_what_is_no_amount_is_refused_and_stays(typed: str):
    form = Typed({"amount": typed})
    assert list(form.errors) == ["amount"]
    field = str(form["amount"])
    assert f'value="{typed}"' in field
    assert 'type="text"' in field
    assert 'inputmode="decimal"' in field


def test_a_rate_with_a_comma_is_understood_unless_it_has_two_meanings():
    assert Typed({"rate": "3,75"}).is_valid()
    assert Typed({"rate": "3,7437"}).is_valid()
    assert not Typed({"rate": "3,750"}).is_valid()
