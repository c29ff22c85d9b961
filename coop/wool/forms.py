"""What the storekeeper writes down: by weight, and each form once."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coop.kit.days import today
from coop.kit.forms import OnceForm
from coop.kit.lists import ListFilter
from coop.kit.office import AmountField, DayField, OfficeForm
from coop.kit.templatetags.house import kilos
from coop.members.models import Member
from coop.wool import errors
from coop.wool.models import Colour, Custody, PurchaseTrip, WoolLot, WoolMovement, Yarn
from ledger.account_field import AccountField
from ledger.errors import WrongPayee
from ledger.models import Account

#: No bag weighs more: a slip of the pen is caught here.
MOST_GRAMS = 1_000_000


class LotFilter(ListFilter):
    """Which lots to show: what is left, unless used-up ones are asked for too."""

    words = forms.CharField(label=_("Lot or seller"), required=False, max_length=80)
    yarn = forms.ModelChoiceField(
        Yarn.objects.all(),
        label=_("Yarn"),
        required=False,
        empty_label=pgettext_lazy("yarns", "All"),
    )
    colour = forms.ModelChoiceField(
        Colour.objects.all(),
        label=_("Colour"),
        required=False,
        empty_label=pgettext_lazy("colours", "All"),
    )
    show = forms.ChoiceField(
        label=_("Show"),
        choices=[("", _("what is in the store")), ("all", _("used-up lots too"))],
        required=False,
    )


class MovementFilter(ListFilter):
    """Which movements to show."""

    words = forms.CharField(label=_("Lot or member"), required=False, max_length=80)
    kind = forms.ChoiceField(
        label=_("What"),
        choices=[("", _("everything")), *WoolMovement.Kind.choices],
        required=False,
    )
    since = DayField(label=_("From"), required=False, initial=None, may_be_ahead=True)
    until = DayField(label=_("To"), required=False, initial=None, may_be_ahead=True)


class HandsFilter(ListFilter):
    """Whose wool to show."""

    words = forms.CharField(label=_("Name or code"), required=False, max_length=80)
    show = forms.ChoiceField(
        label=_("Show"),
        choices=[("", _("all who have wool")), ("idle", _("who has no work for it"))],
        required=False,
    )


class GramsField(forms.IntegerField):
    """A weight in whole grams."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Weight in grams"),
            min_value=1,
            max_value=MOST_GRAMS,
            error_messages={
                "required": _("Weigh it, and write the grams."),
                "invalid": _("Write whole grams, such as 400."),
                "min_value": _("The weight must be at least one gram."),
                "max_value": _("That is more than a lorry brings. Write the grams again."),
            },
            **options,
        )


class _ByYarn(ModelChoiceIterator):
    """Lots as choices, under the name of their yarn."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        for yarn, lots in groupby(self.queryset, attrgetter("yarn")):
            yield (str(yarn), [self.choice(one) for one in lots])


class LotField(forms.ModelChoiceField):
    """A lot of which something lies in the store."""

    iterator = _ByYarn

    def __init__(self) -> None:
        lots = WoolLot.objects.in_store().select_related("yarn", "colour")
        super().__init__(
            label=_("Lot"),
            queryset=lots.order_by("yarn__key", "colour_id", "received_on", "pk"),
            empty_label=_("choose"),
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.colour}, {obj.yarn} · {kilos(obj.store_g)} · {obj.code}"


class CustodyField(forms.ModelChoiceField):
    """A lot of which a member has something in her hands."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Which wool"), queryset=Custody.objects.none(), empty_label=_("choose")
        )

    def label_from_instance(self, obj: Any) -> str:
        lot = obj.lot
        return f"{lot.yarn}, {lot.colour} · {lot.code} · {kilos(obj.grams)}"


class MemberField(forms.ModelChoiceField):
    """A member, by code and name."""

    def __init__(self, label: Any, queryset: QuerySet[Member]) -> None:
        super().__init__(label=label, queryset=queryset.order_by("code"), empty_label=_("choose"))


class IssueForm(OnceForm):
    """Wool for a member."""

    member = MemberField(_("For whom"), Member.objects.active().knitters())
    lot = LotField()
    grams = GramsField()
    on = DayField(label=_("Day"))
    blames = {
        errors.NotEnoughInStore: "grams",
        errors.NoWeight: "grams",
        errors.NotWorking: "member",
        errors.NoWoolForHonorary: "member",
    }


class ReturnForm(OnceForm):
    """Wool that a member brings back."""

    custody = CustodyField()
    grams = GramsField()
    on = DayField(label=_("Day"))
    blames = {errors.NotEnoughInHand: "grams", errors.NoWeight: "grams"}

    def __init__(self, *args: Any, custodies: QuerySet[Custody], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["custody"].queryset = custodies  # type: ignore[attr-defined]


class WriteOffForm(ReturnForm):
    """Wool that will not come back."""

    WASTED, KEPT = "waste_wool", "lose_wool"

    what = forms.ChoiceField(
        label=_("What became of it"),
        choices=[
            (WASTED, _("wasted in knitting, more than belongs to the pieces")),
            (KEPT, _("kept or lost by her")),
        ],
    )
    why = forms.CharField(
        label=_("What happened, and who heard it"),
        max_length=200,
        help_text=_("No names: this stands in the books for ever."),
    )
    field_order = ["custody", "grams", "what", "why", "on"]
    blames = ReturnForm.blames | {errors.WhyMissing: "why"}


class StoreLossForm(OnceForm):
    """Wool that the store lost."""

    grams = GramsField()
    why = forms.CharField(label=_("What happened"), max_length=200)
    on = DayField(label=_("Day"))
    blames = {
        errors.NotEnoughInStore: "grams",
        errors.NoWeight: "grams",
        errors.WhyMissing: "why",
    }


def _in_a_week() -> date:
    return today() + timedelta(days=7)


class TripForm(OnceForm):
    """An advance to buy wool."""

    carrier = MemberField(_("Who carries the money"), Member.objects.active())
    destination = forms.CharField(label=_("Where to"), max_length=80)
    amount = AmountField(label=_("Advance"))
    due_on = DayField(label=_("To be settled by"), may_be_ahead=True, initial=_in_a_week)
    from_account = AccountField(label=_("Out of"), money=True, empty_label=None)
    groups = (
        (
            _("Who goes, and where"),
            _("Until the money is accounted for, it is in her hands and in her name."),
            ("carrier", "destination", "due_on"),
        ),
        (_("The money"), "", ("amount", "from_account")),
    )
    blames = {
        errors.CarrierNotActive: "carrier",
        errors.NoAmount: "amount",
        errors.DueTooEarly: "due_on",
        WrongPayee: "carrier",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cash = Account.objects.filter(role=Account.Role.CASH).order_by("pk").first()
        self.fields["from_account"].initial = cash


class ReceiptForm(OnceForm):
    """A receipt of a trip: wool of one colour."""

    yarn = forms.ModelChoiceField(
        label=_("Yarn"), queryset=Yarn.objects.all(), empty_label=_("choose")
    )
    colour = forms.ModelChoiceField(
        label=_("Colour"), queryset=Colour.objects.all(), empty_label=_("choose")
    )
    grams = GramsField()
    cost = AmountField(label=_("Cost"), help_text=_("With its part of the fare and the freight."))
    supplier = forms.CharField(label=_("Bought from"), max_length=120)
    code = forms.CharField(
        label=_("Name of the lot"),
        max_length=20,
        required=False,
        help_text=_("As it stands on the bag; if it stays empty, the house gives one."),
    )
    on = DayField(label=_("Day"))
    groups = (
        (_("The wool"), _("One colour for each receipt."), ("yarn", "colour", "grams", "code")),
        (_("What it cost"), "", ("cost", "supplier", "on")),
    )
    blames = {
        errors.NoWeight: "grams",
        errors.NoAmount: "cost",
        errors.MoreThanAdvance: "cost",
        errors.SupplierMissing: "supplier",
        errors.LotCodeTaken: "code",
    }


class RestForm(OnceForm):
    """Money that was not spent."""

    amount = AmountField(label=_("Money brought back"))
    to_account = AccountField(label=_("Into"), money=True, empty_label=None)
    on = DayField(label=_("Day"))
    blames = {errors.NoAmount: "amount", errors.MoreThanAdvance: "amount"}

    def __init__(self, *args: Any, trip: PurchaseTrip, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].initial = trip.outstanding.amount
        cash = Account.objects.filter(role=Account.Role.CASH).order_by("pk").first()
        self.fields["to_account"].initial = cash


class CancelForm(OfficeForm):
    """Why a trip is called off."""

    why = forms.CharField(label=_("Why"), max_length=200)
