"""Writing down what the assembly adopted."""

from typing import Any, Literal, get_args, get_origin

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic.fields import FieldInfo

from coop.kit.errors import Refusal
from coop.kit.office import DayField, OfficeForm
from coop.rules.errors import (
    BadValue,
    DecisionMissing,
    ReachesBack,
    VersionGoesBack,
    VersionTaken,
)
from coop.rules.files import shipped_sets
from coop.rules.labels import choice_of, label_of
from coop.rules.values import RuleValues, as_plain


class _DecisionForm(OfficeForm):
    """From when, and by which decision."""

    valid_from = DayField(label=_("In force from"), may_be_ahead=True)
    decision = forms.CharField(
        label=_("Decision"),
        help_text=_("Which assembly decided this, and how: “Assembly of 1 June, 18 of 24 for it”."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    blames = {
        DecisionMissing: "decision",
        ReachesBack: "valid_from",
        VersionTaken: "valid_from",
        VersionGoesBack: "valid_from",
    }


class AdoptForm(_DecisionForm):
    """The first rules of a house: a set that it ships."""

    name = forms.ChoiceField(label=_("Rules"))
    places = forms.CharField(
        label=_("Places"),
        help_text=_("From where members come: one place a line."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["name", "places", "valid_from", "decision"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(name, name.replace("_", " ").capitalize()) for name in shipped_sets()]
        self.fields["name"].choices = names  # type: ignore[attr-defined]

    def clean_places(self) -> list[str]:
        return _lines(self.cleaned_data["places"])


class ChangeForm(_DecisionForm):
    """The next version: every parameter, as it is now, to be changed."""

    field_order = ["valid_from", "decision"]

    def __init__(self, *args: Any, values: RuleValues, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, value in as_plain(values).items():
            field = _field_for(key, RuleValues.model_fields[key])
            field.initial = "\n".join(value) if isinstance(value, list) else value
            self.fields[key] = field

    def refuse(self, refusal: Refusal) -> None:
        """A wrong value stands beside its own parameter."""
        key = refusal.facts.get("key")
        if isinstance(refusal, BadValue) and key in self.fields:
            self.add_error(str(key), str(refusal))
        else:
            super().refuse(refusal)

    @property
    def changes(self) -> dict[str, Any]:
        """Every parameter as written."""
        return {
            key: _lines(value) if key == "places" else value
            for key, value in self.cleaned_data.items()
            if key in RuleValues.model_fields
        }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _field_for(key: str, field: FieldInfo) -> forms.Field:
    """A form field that takes what the parameter takes."""
    label = label_of(key)
    kind = field.annotation
    if kind is bool:
        return forms.BooleanField(label=label, required=False)
    if get_origin(kind) is Literal:
        choices = [(one, choice_of(one)) for one in get_args(kind)]
        return forms.ChoiceField(label=label, choices=choices)
    if kind is int:
        limits = {type(one).__name__: one for one in field.metadata}
        least = limits["Ge"].ge if "Ge" in limits else 0
        most = limits["Le"].le if "Le" in limits else None
        return forms.IntegerField(label=label, min_value=least, max_value=most)
    return forms.CharField(
        label=label,
        help_text=_("One a line."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
