"""The office's forms for designs and products; each has rows: wool needs, or variants."""

from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from catalog.models import Design, DesignWool, PriceChange, Product, Variant
from catalog.services import note_price, note_rate
from coop.kit import motifs
from coop.kit.forms import MinorAmountField
from coop.kit.knitting import written

What = PriceChange.What
_PRICES = {What.PRICE: "price_minor", What.WHOLESALE: "wholesale_price_minor"}


def _motif_choices() -> list[tuple[str, str]]:
    return [(one.key, one.name) for one in motifs.motifs().values()]


class VariantForm(forms.ModelForm):
    """One size and colour, at its price."""

    price_minor = MinorAmountField(label=_("Price"))
    wholesale_price_minor = MinorAmountField(label=_("Wholesale price"), required=False)

    class Meta:
        model = Variant
        fields = (
            "sku",
            "design",
            "size",
            "colour",
            "price_minor",
            "wholesale_price_minor",
            "position",
            "is_listed",
        )


class KnownImages(AdminImageChooser):
    """The chooser of pictures, with what is chosen so far fetched for all rows at once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.known: dict[int, Any] = {}

    def get_instance(self, value: Any) -> Any:
        """The picture with this key, without asking for it again."""
        return self.known.get(value) or super().get_instance(value)


class VariantPictureForm(forms.ModelForm):
    """The picture of one size and colour."""

    class Meta:
        model = Variant
        fields = ("image",)
        labels: ClassVar = {"image": _("Its own picture")}
        widgets: ClassVar = {"image": KnownImages}

    def save(self, commit: bool = True) -> Any:
        """Nothing but the picture: its price may have changed in the same moment."""
        if commit:
            self.instance.save(update_fields=["image"])
        return self.instance


class _VariantPictures(BaseInlineFormSet):
    """One picture for each variant that there is; three queries, however many."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Variant.objects.select_related("colour"))
        super().__init__(*args, **kwargs)
        variants: list[Any] = [row.instance for row in self.forms]
        chosen = {one.image_id for one in variants} - {None}
        images = get_image_model().objects.filter(pk__in=chosen)
        known = {one.pk: one for one in images.prefetch_renditions("max-165x165")}
        for row in self.forms:
            row.fields["image"].widget.known = known


def _share_choices(rows: BaseInlineFormSet) -> None:
    """Fetch the choices of each field once, not once a row."""
    kept: dict[str, list[Any]] = {}
    for row in rows.forms:
        for name, field in row.fields.items():
            if isinstance(field, forms.ModelChoiceField) and not field.widget.is_hidden:
                if name not in kept:
                    choices: Any = field.choices
                    kept[name] = list(choices)
                field.choices = kept[name]


class FormWithRows(WagtailAdminModelForm):
    """A form with a few rows of another model below it. Only some may change the rows."""

    row_permission: ClassVar[str]
    row_formset: ClassVar[type[BaseInlineFormSet]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may = self.for_user is None or self.for_user.has_perm(self.row_permission)
        self.rows = (
            self.row_formset(
                self.data if self.is_bound else None, instance=self.instance, prefix="rows"
            )
            if may
            else None
        )

        if self.rows is not None:
            _share_choices(self.rows)

    def is_valid(self) -> bool:
        # Both are asked, so that every mistake is shown at once.
        rows_fit = self.rows is None or self.rows.is_valid()
        return bool(super().is_valid()) and rows_fit

    def has_changed(self) -> bool:
        return bool(super().has_changed()) or bool(self.rows and self.rows.has_changed())

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        """The object and its rows, and a trace of every price and pay that changed."""
        instance = super().save(commit=commit)
        if commit and self.rows is not None:
            self.rows.instance = instance
            self.rows.save()
            self.note_changes()
        return instance

    def note_changes(self) -> None:
        """Write down what changed in price or pay."""


class DesignForm(FormWithRows):
    """A design: how long it takes, what it pays, which wool it needs."""

    row_permission = "catalog.change_design"
    row_formset = inlineformset_factory(
        Design, DesignWool, fields=("yarn", "colour", "grams"), extra=3
    )

    motif = forms.ChoiceField(label=_("Motif"), choices=lazy(_motif_choices, list)())
    pattern = forms.CharField(
        label=_("Pattern, band by band from the top"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "One band a line. A stripe is its rows and its yarn: “2 cochineal”. A figure is its"
            " name and its yarns, the ground first: “andenes: cream, cochineal, qolle, indigo”."
        ),
    )
    rate_minor = MinorAmountField(
        label=_("Pay for one piece"),
        help_text=_("Work that somebody already took on keeps its pay."),
    )

    def clean_pattern(self) -> str:
        """As it was written, once every line of it can be knitted."""
        text: str = self.cleaned_data["pattern"]
        try:
            written.read(text)
        except written.UnreadablePattern as problem:
            raise forms.ValidationError(str(problem)) from problem
        return text

    def note_changes(self) -> None:
        if "rate_minor" in self.changed_data and self.for_user:
            note_rate(
                design=self.instance,
                before_minor=self.initial.get("rate_minor"),
                actor=self.for_user,
            )


class ProductForm(FormWithRows):
    """A product's words and picture, and its variants with their prices."""

    row_permission = "catalog.change_variant"
    # Variants are taken out of the shop, not deleted: orders and pieces name them.
    row_formset = inlineformset_factory(
        Product, Variant, form=VariantForm, extra=2, can_delete=False
    )

    picture_formset: ClassVar[type[BaseInlineFormSet]] = inlineformset_factory(
        Product,
        Variant,
        form=VariantPictureForm,
        formset=_VariantPictures,
        extra=0,
        can_delete=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who writes the words chooses the pictures too, whether or not she may touch prices. A
        # form that was opened before there was this part is still a whole form.
        is_sent = not self.is_bound or "pictures-TOTAL_FORMS" in self.data
        self.pictures = (
            self.picture_formset(
                self.data if self.is_bound else None, instance=self.instance, prefix="pictures"
            )
            if self.instance.pk and is_sent
            else None
        )

    @property
    def media(self) -> forms.Media:
        """With the script of the chooser."""
        own: forms.Media = super().media
        return own + self.pictures.media if self.pictures else own

    def is_valid(self) -> bool:
        pictures_fit = self.pictures is None or self.pictures.is_valid()
        return super().is_valid() and pictures_fit

    def has_changed(self) -> bool:
        return super().has_changed() or bool(self.pictures and self.pictures.has_changed())

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        instance = super().save(commit=commit)
        if commit and self.pictures is not None:
            self.pictures.save()
        return instance

    def note_changes(self) -> None:
        if self.rows is None or not self.for_user:
            return
        for row in self.rows.forms:
            variant: Any = row.instance
            for what, field in _PRICES.items():
                if variant.pk and field in row.changed_data:
                    note_price(
                        variant=variant,
                        what=what,
                        before_minor=row.initial.get(field),
                        actor=self.for_user,
                    )
