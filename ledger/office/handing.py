"""Handing over what two have signed: how it was paid, one payment after another."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from coop.kit.errors import Refusal
from coop.kit.money import format_money
from coop.kit.office import OfficeForm, office_page
from coop.people.access import requires
from coop.people.backends import address_of
from coop.people.doors import is_shut_to
from coop.people.errors import (
    DemoElsewhere,
    NoPinOfHers,
    PinOfHersIsKnown,
    TooManyTries,
    WrongPin,
)
from coop.people.models import PinCard, User
from coop.people.pins import TypedPin
from ledger import errors, queries
from ledger.models import Account, Handing, Payment
from ledger.office import WRITE, me, payments_trail
from ledger.services import How, hand_over
from ledger.services.handing import has_code, may_be_paid_by

ICON = "coins"


class CodeForm(OfficeForm):
    """The digits that she reads from her own phone."""

    code = forms.CharField(
        label=gettext_lazy("Her code"),
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Four digits that her own phone shows her under “Pay”. Nobody types her PIN here."
        ),
    )
    blames = {errors.WrongCode: "code", errors.CodeStopped: "code", errors.NoOwnPhone: "code"}

    @property
    def how(self) -> How:
        """What is said of the payment."""
        return How.by_code(self.cleaned_data["code"])


class SignatureForm(OfficeForm):
    """Her name, drawn with a finger; the pad stands beside the form."""

    drawing = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def how(self) -> How:
        """What is said of the payment."""
        return How.by_signature(self.cleaned_data["drawing"])


class _SecretInput(forms.TextInput):
    """Digits that its style hides, so that no browser offers to keep them; never sent back."""

    def format_value(self, value: object) -> str | None:
        """Nothing, whatever was typed."""
        return None


class WitnessForm(OfficeForm):
    """Who saw it, and her own PIN, which she types herself."""

    witness = forms.ModelChoiceField(
        label=gettext_lazy("Who saw it"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("choose"),
        help_text=gettext_lazy(
            "Somebody of the house who has a PIN of her own, neither who pays nor who receives."
        ),
    )
    pin = forms.CharField(
        label=gettext_lazy("Her own PIN"),
        required=False,
        max_length=6,
        widget=_SecretInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "office-secret"}
        ),
        help_text=gettext_lazy("Whoever saw it types it herself, and so says that it was so."),
    )
    address = ""
    blames = {
        errors.WitnessMissing: "witness",
        errors.WitnessNotProven: "pin",
        NoPinOfHers: "witness",
        PinOfHersIsKnown: "witness",
        DemoElsewhere: "witness",
        WrongPin: "pin",
        TooManyTries: "pin",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cards = PinCard.objects.filter(is_known=False)
        people = User.objects.filter(is_active=True, groups__isnull=False, pin_card__in=cards)
        self.fields["witness"].queryset = people.distinct().order_by(  # type: ignore[attr-defined]
            "first_name", "last_name"
        )

    @property
    def how(self) -> How:
        """What is said of the payment."""
        values = self.cleaned_data
        return How.before(values["witness"], TypedPin(pin=values["pin"], address=self.address))


class _OperationForm(OfficeForm):
    """By an operation with a number, which somebody may insist on."""

    operation = forms.CharField(label=gettext_lazy("Operation number"), max_length=40)
    pays_several = forms.BooleanField(
        label=gettext_lazy("I looked: this one operation paid both"),
        required=False,
        widget=forms.HiddenInput,
    )
    blames = {errors.OperationMissing: "operation", errors.OperationUsed: "pays_several"}

    def refuse(self, refusal: Refusal) -> None:
        """Whoever reads that the number is taken may insist."""
        if isinstance(refusal, errors.OperationUsed):
            self.fields["pays_several"].widget = forms.CheckboxInput()
        super().refuse(refusal)

    def _said(self, how: How) -> How:
        return replace(how, pays_several=self.cleaned_data["pays_several"])


class TransferForm(_OperationForm):
    """By bank transfer."""

    @property
    def how(self) -> How:
        """What is said of the payment."""
        return self._said(How.by_transfer(self.cleaned_data["operation"]))


class WalletForm(_OperationForm):
    """By the wallet of a phone."""

    wallet = forms.ChoiceField(label=gettext_lazy("Wallet"), choices=Handing.Wallet.choices)
    wallet_number = forms.CharField(
        label=gettext_lazy("To which phone number"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    field_order = ("wallet", "wallet_number", "operation", "pays_several")
    blames = {**_OperationForm.blames, errors.WalletMissing: "wallet_number"}

    @property
    def how(self) -> How:
        """What is said of the payment."""
        values = self.cleaned_data
        how = How.by_wallet(values["wallet"], values["wallet_number"], values["operation"])
        return self._said(how)


HowForm = CodeForm | SignatureForm | WitnessForm | TransferForm | WalletForm
_WAYS: dict[str, tuple[Any, type[HowForm]]] = {
    "code": (gettext_lazy("Cash: her code"), CodeForm),
    "signature": (gettext_lazy("Cash: she signs here"), SignatureForm),
    "witness": (gettext_lazy("Cash: somebody saw it"), WitnessForm),
    "transfer": (gettext_lazy("Bank transfer"), TransferForm),
    "wallet": (gettext_lazy("Yape or Plin"), WalletForm),
}


def _usual(payment: Payment) -> str:
    """The way that fits the place the money comes from, and who receives."""
    if payment.from_account.role == Account.Role.WALLET:
        return "wallet"
    return next((one for one in _WAYS if _fits(one, payment)), "signature")


@sensitive_post_parameters("pin")
@requires(WRITE)
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the money over, and say how."""
    rows = Payment.objects.select_related("payee", "from_account", "to_account")
    payment = get_object_or_404(rows, pk=pk)
    asked = request.GET.get("by", "")
    # Whoever sends what no longer fits reads why.
    is_sent = request.method == "POST" and asked in _WAYS
    by = asked if is_sent or (asked in _WAYS and _fits(asked, payment)) else _usual(payment)
    form = _WAYS[by][1](request.POST or None)
    if request.method == "POST":
        # The pad may be empty: then nothing at all is sent but the token.
        form = _WAYS[by][1](request.POST)
        if form.is_valid() and _is_paid(request, payment, form):
            return redirect(_after(request, payment))
    elif payment.status != Payment.Status.SIGNED:
        return redirect("ledger_office:payment", payment.pk)
    return office_page(
        request,
        "ledger/office/hand_over.html",
        title=_("%(amount)s for %(name)s")
        % {"amount": format_money(payment.amount), "name": payment.payee_label},
        trail=payments_trail(
            (payment.payee_label, reverse("ledger_office:payment", args=[payment.pk]))
        ),
        icon=ICON,
        payment=payment,
        form=form,
        by=by,
        ways=[
            (key, label, key == by) for key, (label, _form) in _WAYS.items() if _fits(key, payment)
        ],
        held=queries.balance(payment.from_account),
    )


def _fits(by: str, payment: Payment) -> bool:
    """Notes only out of a box, and her code only where she has one."""
    means = by if by in {Handing.Means.TRANSFER, Handing.Means.WALLET} else Handing.Means.CASH
    fits = may_be_paid_by(means, payment.from_account)
    return fits and (by != "code" or has_code(payment))


def _is_paid(request: HttpRequest, payment: Payment, form: HowForm) -> bool:
    try:
        if isinstance(form, WitnessForm):
            form.address = address_of(request)
            if is_shut_to(request, form.cleaned_data["witness"]):
                raise DemoElsewhere
        hand_over(payment=payment, how=form.how, actor=me(request))
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("It is paid and in the books."))
    return True


def _after(request: HttpRequest, payment: Payment) -> str:
    """The next payment that is signed and leaves the same place; after the last one what waits
    still. Without "next", this one's page.
    """
    if "next" in request.POST:
        waiting = Payment.objects.filter(
            status=Payment.Status.SIGNED, from_account=payment.from_account
        )
        following = waiting.order_by("to_account__code", "pk").first()
        if following is None:
            return reverse("ledger_office:waiting")
        return reverse("ledger_office:pay", args=[following.pk])
    return reverse("ledger_office:payment", args=[payment.pk])
