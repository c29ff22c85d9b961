"""What the office fills in for production."""

from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant
from coop.kit.lists import ListFilter
from coop.kit.office import DayField, OfficeForm
from coop.members.models import Member
from orders.production import errors
from orders.production.models import WorkOrder

MOST_PIECES = 2000


class FilterForm(forms.Form):
    """Whose rows to show."""

    who = forms.CharField(label=_("Name or code"), required=False, max_length=60)

    @property
    def wanted(self) -> str:
        """What to look for."""
        return str(self.cleaned_data.get("who", "")).strip() if self.is_valid() else ""


class DeliveryFilter(ListFilter):
    """Whose pieces to show, and whether only those that should be here by now."""

    who = forms.CharField(label=_("Name or code"), required=False, max_length=60)
    due = forms.ChoiceField(
        label=_("Due"), choices=[("", _("Any day")), ("today", _("by today"))], required=False
    )


class OrderFilterForm(ListFilter):
    """Which work to show."""

    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("Not done yet")), ("all", _("All")), *WorkOrder.Status.choices[1:]],
        required=False,
    )
    search = forms.CharField(label=_("Article"), required=False, max_length=60)
    who = forms.CharField(label=_("Who knits it"), required=False, max_length=60)
    due = forms.ChoiceField(
        label=_("Due"),
        choices=[
            ("", _("Any day")),
            ("late", _("past its day")),
            ("soon", _("within a week")),
            ("free", _("without a taker")),
        ],
        required=False,
    )


class StockForm(OfficeForm):
    """Work for the store, that nobody has ordered."""

    variant = forms.ModelChoiceField(
        Variant.objects.none(), label=_("What"), empty_label=_("Choose what is to be knitted")
    )
    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_PIECES)
    due_on = DayField(label=_("By when"), may_be_ahead=True, initial=None)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    blames = {errors.NothingToKnit: "quantity", errors.DueTooEarly: "due_on"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["variant"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - said above
        variants = Variant.objects.select_related("design", "colour")
        field.queryset = variants.filter(design__is_retired=False).order_by("sku")
        field.label_from_instance = _named  # type: ignore[method-assign, assignment]


def _named(variant: Variant) -> str:
    # A design may be named after its size and colour already.
    is_said = variant.options in variant.design.name
    options = "" if is_said else f", {variant.options}"
    return f"{variant.design.name}{options} ({variant.sku})"


class MoveForm(OfficeForm):
    """Another day for open work, and why."""

    due_on = DayField(label=_("New day"), may_be_ahead=True, initial=None)
    why = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("It stays with the work, with your name."),
        error_messages={"required": errors.ReasonMissing.message},
    )

    blames = {errors.DueTooEarly: "due_on", errors.ReasonMissing: "why"}


class NoteForm(OfficeForm):
    """Why something is taken back."""

    note = forms.CharField(label=_("Why"), max_length=200, required=False)


class ShareForm(forms.Form):
    """One line of the proposal: who gets how many; nobody or none is left out."""

    order = forms.ModelChoiceField(WorkOrder.objects.all(), widget=forms.HiddenInput)
    member = forms.ModelChoiceField(Member.objects.none(), label=_("Who"), required=False)
    quantity = forms.IntegerField(
        label=_("How many"), min_value=0, max_value=MOST_PIECES, required=False
    )

    def __init__(self, *args: Any, knitters: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member = self.fields["member"]
        assert isinstance(member, forms.ModelChoiceField)  # noqa: S101 - said above
        member.queryset = Member.objects.all()
        member.choices = [("", _("nobody")), *knitters]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        member, quantity = values.get("member"), values.get("quantity")
        if member and quantity is None and "quantity" not in self.errors:
            self.add_error("quantity", _("Write how many, or choose nobody."))
        if quantity and not member and "member" not in self.errors:
            self.add_error("member", _("Choose who, or write 0."))
        return values

    @property
    def is_empty(self) -> bool:
        """Nothing to offer in this line."""
        return not (self.cleaned_data.get("member") and self.cleaned_data.get("quantity"))


ShareFormSet: type[BaseFormSet] = formset_factory(ShareForm, extra=0)


class BringForm(OfficeForm):
    """She brings so many pieces; `before` is how many were written down when we looked."""

    quantity = forms.IntegerField(label=_("How many does she bring?"), min_value=1)
    before = forms.IntegerField(widget=forms.HiddenInput)

    blames = {errors.MoreThanAssigned: "quantity", errors.NothingToKnit: "quantity"}
