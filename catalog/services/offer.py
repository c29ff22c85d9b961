"""What is knitted and what is sold, and every change of a price or a pay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from djmoney.money import Money
from wagtail.images.models import AbstractImage

from catalog.errors import UnknownPicture, WrongAmount
from catalog.models import (
    Category,
    Design,
    DesignWool,
    PriceChange,
    Product,
    ProductPicture,
    Variant,
)
from coop.kit import motifs
from coop.kit.days import today
from coop.kit.knitting import written
from coop.kit.money import to_minor
from coop.people.models import User
from coop.quotas.models import Technique
from coop.wool.models import Colour, Yarn

What = PriceChange.What


@dataclass(frozen=True)
class WoolNeed:
    """So many grams of a yarn in a colour, for one piece."""

    yarn: Yarn
    colour: Colour
    grams: int


def create_category(*, slug: str, name_es: str, name_en: str, position: int = 0) -> Category:
    """A shelf of the shop."""
    return Category.objects.create(slug=slug, name_es=name_es, name_en=name_en, position=position)


@transaction.atomic
def create_design(
    *,
    code: str,
    name_es: str,
    name_en: str,
    technique: Technique,
    minutes: int,
    rate: Money,
    motif: str,
    wool: Sequence[WoolNeed],
    actor: User,
    level: int = 1,
    pattern: str = "",
    on: date | None = None,
) -> Design:
    """What is knitted: `minutes` of work at `rate` a piece, its wool, its pattern band by band.

    Raises WrongAmount, UnknownPicture or UnreadablePattern.
    """
    written.read(pattern)
    if motif not in motifs.motifs():
        raise UnknownPicture(motif=motif, known=", ".join(motifs.motifs()))
    design = Design.objects.create(
        code=code,
        name_es=name_es,
        name_en=name_en,
        technique=technique,
        level=level,
        minutes=minutes,
        rate_minor=_positive(rate),
        motif=motif,
        pattern=pattern,
    )
    DesignWool.objects.bulk_create(
        DesignWool(design=design, yarn=need.yarn, colour=need.colour, grams=need.grams)
        for need in wool
    )
    note_rate(design=design, before_minor=None, actor=actor, on=on)
    return design


def create_product(
    *,
    slug: str,
    category: Category,
    kind: str,
    name_es: str,
    name_en: str,
    lead_es: str = "",
    lead_en: str = "",
    story_es: str = "",
    story_en: str = "",
    is_listed: bool = True,
) -> Product:
    """What is sold, with a page of its own. `kind` is a `Product.Kind`."""
    return Product.objects.create(
        slug=slug,
        category=category,
        kind=kind,
        name_es=name_es,
        name_en=name_en,
        lead_es=lead_es,
        lead_en=lead_en,
        story_es=story_es,
        story_en=story_en,
        is_listed=is_listed,
    )


@transaction.atomic
def create_variant(
    *,
    sku: str,
    product: Product,
    design: Design,
    price: Money,
    actor: User,
    wholesale_price: Money | None = None,
    size: str = "",
    colour: Colour | None = None,
    position: int = 0,
    on: date | None = None,
) -> Variant:
    """One size and colour of a product, at its price. Raises WrongAmount."""
    variant = Variant.objects.create(
        sku=sku,
        product=product,
        design=design,
        size=size,
        colour=colour,
        price_minor=_positive(price),
        wholesale_price_minor=_positive(wholesale_price) if wholesale_price else None,
        position=position,
    )
    note_price(variant=variant, what=What.PRICE, before_minor=None, actor=actor, on=on)
    if variant.wholesale_price_minor:
        note_price(variant=variant, what=What.WHOLESALE, before_minor=None, actor=actor, on=on)
    return variant


@transaction.atomic
def change_price(
    *,
    variant: Variant,
    price: Money,
    actor: User,
    is_wholesale: bool = False,
    on: date | None = None,
) -> Variant:
    """From now on a variant costs `price`. What was ordered before keeps its price.

    Raises WrongAmount.
    """
    field = "wholesale_price_minor" if is_wholesale else "price_minor"
    amount = _positive(price)
    variant = Variant.objects.select_for_update().get(pk=variant.pk)
    before = getattr(variant, field)
    if before == amount:
        return variant
    setattr(variant, field, amount)
    variant.save(update_fields=[field])
    what = What.WHOLESALE if is_wholesale else What.PRICE
    note_price(variant=variant, what=what, before_minor=before, actor=actor, on=on)
    return variant


@transaction.atomic
def change_rate(*, design: Design, rate: Money, actor: User, on: date | None = None) -> Design:
    """From now on a piece of `design` pays `rate`. Work already taken on keeps its rate.

    Raises WrongAmount. Source: invariant 7.
    """
    amount = _positive(rate)
    design = Design.objects.select_for_update().get(pk=design.pk)
    before = design.rate_minor
    if before == amount:
        return design
    design.rate_minor = amount
    design.save(update_fields=["rate_minor"])
    note_rate(design=design, before_minor=before, actor=actor, on=on)
    return design


def note_price(
    *, variant: Variant, what: str, before_minor: int | None, actor: User, on: date | None = None
) -> None:
    """Write down that a variant's price changed (`None` before: it had none)."""
    field = "wholesale_price_minor" if what == What.WHOLESALE else "price_minor"
    PriceChange.objects.create(
        variant=variant,
        what=what,
        before_minor=before_minor,
        after_minor=getattr(variant, field),
        on=on or today(),
        actor=actor,
    )


def note_rate(
    *, design: Design, before_minor: int | None, actor: User, on: date | None = None
) -> None:
    """Write down that a design's pay changed (`None` before: it is new)."""
    PriceChange.objects.create(
        design=design,
        what=What.RATE,
        before_minor=before_minor,
        after_minor=design.rate_minor,
        on=on or today(),
        actor=actor,
    )


def _positive(amount: Money) -> int:
    minor = to_minor(amount)
    if minor <= 0:
        raise WrongAmount
    return minor


def add_picture(
    *, product: Product, image: AbstractImage, shows_es: str = "", shows_en: str = ""
) -> ProductPicture:
    """Show one more picture on the product's page, after those that stand there.

    The same picture twice is one, with the words that came last.
    """
    position = product.more_pictures.count()
    words = {"shows_es": shows_es, "shows_en": shows_en}
    return ProductPicture.objects.update_or_create(
        product=product,
        image=image,
        defaults=words,
        create_defaults={**words, "sort_order": position},
    )[0]
