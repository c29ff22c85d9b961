"""What the office fills in for a member."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coop.kit.days import today
from coop.kit.lists import ListFilter
from coop.kit.office import DayField, OfficeForm
from coop.members import errors
from coop.members.models import Member, Office, Settlement
from coop.members.pictures import Picture, free_pictures, to_choose_from
from coop.members.services import check_code
from coop.people.errors import BadPin, PictureTaken
from coop.people.models import PinCard, User
from coop.people.services import check_pin
from coop.rules.models import RuleSet


def _pin(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.PasswordInput(
            # No maxlength: a seventh digit that vanishes would make it another PIN than she thinks.
            attrs={"inputmode": "numeric", "autocomplete": "new-password"}
        ),
        **options,
    )


class FilterForm(ListFilter):
    """Which members to show."""

    words = forms.CharField(label=_("Name or code"), required=False, max_length=80)
    settlement = forms.ModelChoiceField(
        label=_("Settlement"),
        queryset=Settlement.objects.all(),
        required=False,
        empty_label=pgettext_lazy("communities, standings", "All"),
    )
    status = forms.ChoiceField(
        label=_("Standing"),
        choices=[("", pgettext_lazy("communities, standings", "All")), *Member.Status.choices],
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("Joins as"),
        choices=[("", pgettext_lazy("communities, standings", "All")), *Member.Kind.choices],
        required=False,
    )
    pin = forms.ChoiceField(
        label=_("Picture and PIN"),
        choices=[("", pgettext_lazy("pictures", "All")), ("none", _("has none yet"))],
        required=False,
    )


class PictureField(forms.ChoiceField):
    """One of the pictures that nobody has; the page shows some of them."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Her picture"),
            error_messages={
                "required": _("Choose a picture."),
                "invalid_choice": _("Another member has this picture. Choose another one."),
            },
        )

    def offer(self, free: list[Picture]) -> None:
        """Only free pictures are taken."""
        self.choices = [(one.key, one.name) for one in free]


class _WithPin(OfficeForm):
    """A picture of her own, and a PIN typed twice."""

    picture = PictureField()
    pin = _pin(
        _("PIN"),
        help_text=_("Four to six digits, not all the same and not in a row. She types it herself."),
    )
    pin_again = _pin(_("PIN once more"))

    def offer_pictures(self, *, kept: PinCard | None = None) -> None:
        """Let her choose among what is free, and what is hers already."""
        self._free = free_pictures(kept=kept)
        cast(PictureField, self.fields["picture"]).offer(self._free)

    @property
    def pictures(self) -> list[Picture]:
        """What the page shows to choose from."""
        return to_choose_from(self._free, chosen=str(self["picture"].value() or ""))

    def clean_pin(self) -> str:
        """Said with everything else that is to be changed, not after it."""
        pin: str = self.cleaned_data["pin"]
        try:
            check_pin(pin)
        except BadPin as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return pin

    @property
    def chosen_picture(self) -> tuple[str, str]:
        """Motif and colour."""
        motif, _colon, colour = self.cleaned_data["picture"].partition(":")
        return motif, colour

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if {"pin", "pin_again"} <= values.keys() and values["pin"] != values["pin_again"]:
            self.add_error("pin_again", _("The two PINs differ. Type the same PIN twice."))
        return values


class EnrolForm(_WithPin):
    """A new member: who she is, and how she comes in."""

    code = forms.CharField(
        label=_("Code"), max_length=8, help_text=_("Short: it stands for her in the books.")
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    settlement = forms.ModelChoiceField(
        label=_("Settlement"), queryset=Settlement.objects.all(), empty_label=_("choose")
    )
    kind = forms.ChoiceField(
        label=_("Joins as"), choices=Member.Kind.choices, initial=Member.Kind.FULL
    )
    joined_on = DayField(label=_("Joined on"))
    rule_set = forms.ModelChoiceField(
        label=_("Rules that she accepts"), queryset=RuleSet.objects.all(), empty_label=_("choose")
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=User.Language.choices, initial=User.Language.SPANISH
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Only if she uses one; she then chooses her password by “forgotten password”."),
    )
    groups = (
        (_("Who she is"), "", ("code", "name", "settlement", "language")),
        (
            _("Her membership"),
            _("The assembly decided on it; the rules are those of that day."),
            ("kind", "joined_on", "rule_set"),
        ),
        (
            _("How she comes in"),
            _("She chooses her picture and types her PIN herself; nobody else needs to know it."),
            ("picture", "pin", "pin_again", "email"),
        ),
    )
    field_order = [
        "code",
        "name",
        "settlement",
        "kind",
        "joined_on",
        "rule_set",
        "language",
        "picture",
        "pin",
        "pin_again",
        "email",
    ]
    blames = {
        errors.CodeTaken: "code",
        errors.CodeUnreadable: "code",
        errors.NameMissing: "name",
        errors.OutsideThePlaces: "settlement",
        errors.NotYet: "joined_on",
        errors.RulesNotInForce: "rule_set",
        PictureTaken: "picture",
        BadPin: "pin",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_pictures()
        # What is too long is said: a browser that stops at a length cuts a name without a word.
        for name in ("code", "name"):
            self.fields[name].widget.attrs.pop("maxlength", None)
        self.fields["rule_set"].initial = RuleSet.objects.filter(valid_from__lte=today()).first()

    def clean_code(self) -> str:
        """Said with everything else that is to be changed, not after it."""
        code: str = self.cleaned_data["code"].strip().upper()
        try:
            check_code(code)
        except (errors.CodeTaken, errors.CodeUnreadable) as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return code

    def clean_email(self) -> str | None:
        email: str = self.cleaned_data["email"].strip().lower()
        if email and User.objects.with_email(email):
            raise forms.ValidationError(_("Somebody comes in with this address already."))
        return email or None


class PinCardForm(_WithPin):
    """A new picture or PIN for who forgot hers."""

    blames = {PictureTaken: "picture", BadPin: "pin"}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        card = PinCard.objects.filter(user=user).first()
        self.offer_pictures(kept=card)
        if card is not None:
            self.fields["picture"].initial = f"{card.motif}:{card.colour}"


class AppointForm(OfficeForm):
    """An office for her."""

    post = forms.ChoiceField(label=_("Office"), choices=[("", _("choose")), *Office.Post.choices])
    from_on = DayField(label=_("From"))
    blames = {
        errors.PostHeld: "post",
        errors.HoldsPostAlready: "post",
        errors.JuntaNeedsVote: "post",
        errors.UnknownPost: "post",
        errors.NotYet: "from_on",
        errors.BeforeSheJoined: "from_on",
    }


class WhyForm(OfficeForm):
    """Why, and who decided it."""

    why = forms.CharField(
        label=_("Why, and who decided it"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    blames = {errors.WhyMissing: "why"}


class ConsentForm(OfficeForm):
    """What of her may be shown in public; two separate questions."""

    may_show_name = forms.BooleanField(label=_("Her name may be shown"), required=False)
    may_show_settlement = forms.BooleanField(label=_("Her village may be shown"), required=False)
