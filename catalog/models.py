"""What is knitted (designs), what is sold (products, variants), and each piece made."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, Panel
from wagtail.models import Orderable

from catalog.vocabulary import indexed
from coop.kit.money import from_minor
from coop.kit.pictures import Picture
from coop.kit.translated import translated

_WORDS = ("name", "lead", "story")


class Design(models.Model):
    """What is knitted: how long it takes, which wool it needs, what is paid for it."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name_es = models.CharField(_("name (Spanish)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    technique = models.ForeignKey("quotas.Technique", models.PROTECT, related_name="designs")
    level = models.PositiveSmallIntegerField(_("level needed"), default=1)
    minutes = models.PositiveIntegerField(_("minutes to knit one"))
    rate_minor = models.PositiveBigIntegerField(_("pay for one piece"))
    motif = models.CharField(_("motif"), max_length=40)
    # Band by band from the top, as `coop.kit.knitting.written` reads it; empty: the motif alone.
    pattern = models.TextField(_("pattern"), blank=True, default="", max_length=4000)
    is_retired = models.BooleanField(_("retired"), default=False)

    name = translated("name")

    class Meta:
        verbose_name = _("design")
        verbose_name_plural = _("designs")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gt=0, rate_minor__gt=0, level__gte=1, level__lte=3),
                name="design_takes_time_and_pays",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def rate(self) -> Money:
        """Pay for one piece today; a member's rate is fixed when she takes the work on."""
        return from_minor(self.rate_minor)


class DesignWool(models.Model):
    """How much of which wool a design needs."""

    design = models.ForeignKey(Design, models.CASCADE, related_name="wool")
    yarn = models.ForeignKey("wool.Yarn", models.PROTECT, related_name="+")
    colour = models.ForeignKey("wool.Colour", models.PROTECT, related_name="+")
    grams = models.PositiveIntegerField(_("grams"))

    class Meta:
        ordering = ["design", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["design", "yarn", "colour"], name="design_wool_once"),
            models.CheckConstraint(condition=Q(grams__gt=0), name="design_wool_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.design.code}: {self.yarn} {self.colour} {self.grams} g"


class Category(models.Model):
    """Finger puppets, little animals, chullos, gloves, shawls."""

    slug = models.SlugField(max_length=40, unique=True)
    name_es = models.CharField(_("name (Spanish)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    name = translated("name")

    # How many products stand on it, where `queries.categories` counted them.
    count: int

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name


class ProductQuerySet(models.QuerySet["Product"]):
    """What visitors see."""

    def listed(self) -> "ProductQuerySet":
        """In the shop window."""
        return self.filter(is_listed=True)


# `models.Model` once more, here and below: what comes from Wagtail has no types.
class Product(ClusterableModel, models.Model):
    """What is sold, with a page of its own."""

    class Kind(models.TextChoices):
        STOCK = "stock", _("ready, or knitted again")
        TO_ORDER = "to_order", _("knitted for you")
        UNIQUE = "unique", _("one of a kind")

    slug = models.SlugField(max_length=80, unique=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="products")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name_es = models.CharField(_("name (Spanish)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    lead_es = models.CharField(_("in one line (Spanish)"), max_length=160, blank=True)
    lead_en = models.CharField(_("in one line (English)"), max_length=160, blank=True)
    story_es = models.TextField(_("story (Spanish)"), blank=True)
    story_en = models.TextField(_("story (English)"), blank=True)
    image = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_listed = models.BooleanField(_("in the shop"), default=True)
    created_on = models.DateField(auto_now_add=True)
    # Stems of names, lines and stories in both languages: what a search looks through.
    search_words = models.TextField(editable=False, default="")

    name = translated("name")
    lead = translated("lead")
    story = translated("story")

    # Its listed variants, where `queries.with_variants` fetched them.
    shown: "list[Variant]"

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["category__position", "slug"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        words = [getattr(self, f"{one}_{language}") for one in _WORDS for language in ("es", "en")]
        self.search_words = indexed([*words, self.category.name_es, self.category.name_en])
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Its page in the shop, in the visitor's language."""
        language = (get_language() or "es").split("-")[0]
        return f"/{language}/shop/{self.slug}/"


class ProductPicture(Orderable, models.Model):
    """One more picture of a product: from close by, its back, folded, beside a tape."""

    product = ParentalKey(Product, on_delete=models.CASCADE, related_name="more_pictures")
    # Deleting an image from the library takes it off the page.
    image = models.ForeignKey(
        "wagtailimages.Image", models.CASCADE, related_name="+", verbose_name=_("picture")
    )
    shows_es = models.CharField(_("what it shows (Spanish)"), max_length=80, blank=True)
    shows_en = models.CharField(_("what it shows (English)"), max_length=80, blank=True)

    shows = translated("shows")

    panels: ClassVar[list[Panel]] = [
        FieldPanel("image"),
        FieldRowPanel([FieldPanel("shows_es"), FieldPanel("shows_en")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("one more picture")
        verbose_name_plural = _("more pictures")
        constraints = [
            models.UniqueConstraint(fields=["product", "image"], name="product_picture_once")
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.shows_es}"


class Variant(models.Model):
    """One size and colour of a product: what goes into a cart, at its price."""

    sku = models.CharField(_("article number"), max_length=30, unique=True)
    product = models.ForeignKey(Product, models.PROTECT, related_name="variants")
    design = models.ForeignKey(Design, models.PROTECT, related_name="variants")
    size = models.CharField(_("size"), max_length=20, blank=True)
    colour = models.ForeignKey(
        "wool.Colour", models.PROTECT, related_name="+", null=True, blank=True
    )
    # Its own photograph, such as in its colour; without one the product's is shown.
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    # What it looks like, where `pictures.with_pictures` fetched it.
    shown_picture: Picture

    price_minor = models.PositiveBigIntegerField(_("price"))
    wholesale_price_minor = models.PositiveBigIntegerField(
        _("wholesale price"), null=True, blank=True
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_listed = models.BooleanField(_("in the shop"), default=True)

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["product", "position", "sku"]
        constraints = [
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="variant_has_a_price"),
            models.CheckConstraint(
                condition=Q(wholesale_price_minor__isnull=True) | Q(wholesale_price_minor__gt=0),
                name="variant_wholesale_price_positive",
            ),
            # Two constraints: to SQLite two missing colours are never the same.
            models.UniqueConstraint(fields=["product", "size", "colour"], name="variant_once"),
            models.UniqueConstraint(
                fields=["product", "size"],
                condition=Q(colour__isnull=True),
                name="variant_without_colour_once",
            ),
        ]

    def __str__(self) -> str:
        return self.sku

    @property
    def price(self) -> Money:
        """What a customer pays for one."""
        return from_minor(self.price_minor)

    @property
    def options(self) -> str:
        """Size and colour, as far as the variant has them: 'M, cochineal'."""
        words = [self.size, self.colour.name if self.colour else ""]
        return ", ".join(word for word in words if word)


class PieceQuerySet(models.QuerySet["Piece"]):
    """Where pieces are."""

    def in_store(self) -> "PieceQuerySet":
        """Passed and here, whether or not promised to somebody."""
        return self.filter(place=Piece.Place.STORE)

    def free(self) -> "PieceQuerySet":
        """In the store and promised to nobody."""
        return self.in_store().filter(reserved_for="")


class Piece(models.Model):
    """One knitted piece. It is in exactly one place, and promised to at most one order line."""

    class Place(models.TextChoices):
        CHECKER = "checker", _("to be checked")
        MAKER = "maker", _("being mended")
        STORE = "store", _("in the store")
        CONSIGNED = "consigned", _("on consignment")
        SOLD = "sold", _("sold")
        LOST = "lost", _("lost")

    variant = models.ForeignKey(Variant, models.PROTECT, related_name="pieces")
    maker = models.ForeignKey("members.Member", models.PROTECT, related_name="pieces")
    # Which assignment it was knitted for: "assignment:12"; production's own key, kept as a word.
    source = models.CharField(max_length=60, db_index=True)
    place = models.CharField(max_length=9, choices=Place.choices, default=Place.CHECKER)
    # Random, given when it passes; it says nothing about who or when.
    tag = models.CharField(max_length=12, unique=True, null=True, blank=True)
    # Pay plus wool at lot cost, from the moment it passes.
    cost_minor = models.PositiveBigIntegerField(default=0)
    # The order line that has it: "line:34"; empty when it is free.
    reserved_for = models.CharField(max_length=60, blank=True, default="", db_index=True)
    delivered_on = models.DateField()
    passed_on = models.DateField(null=True, blank=True)

    objects = PieceQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece")
        verbose_name_plural = _("pieces")
        ordering = ["pk"]
        indexes = [models.Index(fields=["variant", "place", "reserved_for"], name="piece_stock")]
        constraints = [
            models.CheckConstraint(
                condition=Q(place__in=["checker", "maker"], tag__isnull=True, cost_minor=0)
                | Q(
                    place__in=["store", "consigned", "sold", "lost"],
                    tag__isnull=False,
                    passed_on__isnull=False,
                ),
                name="piece_has_a_tag_once_passed",
            ),
            models.CheckConstraint(
                condition=Q(reserved_for="") | Q(place__in=["store", "consigned", "sold"]),
                name="piece_promised_only_when_here",
            ),
            models.CheckConstraint(
                condition=~Q(place="sold") | ~Q(reserved_for=""), name="piece_sold_to_a_line"
            ),
        ]

    def __str__(self) -> str:
        return self.tag or f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("piece", args=[self.tag])


class PieceMove(models.Model):
    """Where a piece went: from, to, who, when, why. Append-only."""

    WHY_LENGTH = 120

    piece = models.ForeignKey(Piece, models.PROTECT, related_name="moves")
    from_place = models.CharField(max_length=9, blank=True)
    to_place = models.CharField(max_length=9, choices=Piece.Place.choices)
    why = models.CharField(max_length=WHY_LENGTH, blank=True)
    on = models.DateField()
    actor = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.from_place} → {self.to_place}"


class PriceChange(models.Model):
    """A price or a pay that changed: from what to what, who, when. Append-only."""

    class What(models.TextChoices):
        PRICE = "price", _("price")
        WHOLESALE = "wholesale", _("wholesale price")
        RATE = "rate", _("pay for one piece")

    variant = models.ForeignKey(
        Variant, models.PROTECT, related_name="price_changes", null=True, blank=True
    )
    design = models.ForeignKey(
        Design, models.PROTECT, related_name="rate_changes", null=True, blank=True
    )
    what = models.CharField(max_length=9, choices=What.choices)
    before_minor = models.PositiveBigIntegerField(null=True, blank=True)
    after_minor = models.PositiveBigIntegerField(null=True, blank=True)
    on = models.DateField()
    actor = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what="rate", design__isnull=False, variant__isnull=True)
                | Q(what__in=["price", "wholesale"], design__isnull=True, variant__isnull=False),
                name="price_change_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.before_minor} → {self.after_minor}"
