"""What is seen of a product: photographs by colour, else fabric in its motif and colour."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.images.models import AbstractImage, SourceImageIOError

from catalog.models import Product, Variant
from coop.kit import motifs
from coop.kit.pictures import PORTRAIT, SECOND_LOOK, Picture, images, picture_of

CARD_WIDTH, PAGE_WIDTH = 480, 800
#: More than these nobody looks at; it bounds what a page fetches.
MOST_PICTURES = 12


def image_id(product: Product, variant: Variant | None = None) -> int | None:
    """The key of the photograph: the variant's own, else the product's; None without one."""
    return (variant.image_id if variant else None) or product.image_id


def swatch_picture(variant: Variant) -> Picture:
    """Fabric in the variant's motif and colour, for products without a photograph."""
    motif = motifs.motifs().get(variant.design.motif)
    colour = motifs.colour_key(variant.colour.key if variant.colour else None)
    address = f"{reverse('motif-swatch', args=[variant.design.motif, colour])}?v={motifs.version()}"
    name = motif.name if motif else ""
    return Picture(address, 250, 312, name, label=_("Motif"), thumbnail=address)


def picture(
    product: Product, variant: Variant, image: AbstractImage | None, *, width: int = CARD_WIDTH
) -> Picture:
    """The photograph if there is one, else a swatch."""
    if image is None:
        return swatch_picture(variant)
    colour = variant.colour.name if variant.colour else ""
    alt = ", ".join(word for word in (product.name, colour) if word)
    return picture_of(image, alt, width=width, label=colour or product.name)


def piece_picture(variant: Variant) -> Picture:
    """What a piece of the variant looks like."""
    key = image_id(variant.product, variant)
    return picture(
        variant.product, variant, images([key], PORTRAIT).get(key or 0), width=PAGE_WIDTH
    )


def with_pictures(variants: Iterable[Variant]) -> None:
    """Give each variant its `shown_picture`. `variant.product` must be fetched; two queries."""
    shown = list(variants)
    found = images((image_id(one.product, one) for one in shown), PORTRAIT)
    for one in shown:
        image = found.get(image_id(one.product, one) or 0)
        # Its name always stands beside it: who does not see it hears that once.
        one.shown_picture = replace(picture(one.product, one, image), alt="")


def photograph_of(variant: Variant) -> bytes | None:
    """The variant's photograph as a small WebP, for a paper; None without one."""
    key = image_id(variant.product, variant)
    size = next(one for one in PORTRAIT if one.format == "webp")
    image = images([key], [size]).get(key or 0)
    if image is None:
        return None
    try:
        with image.get_rendition(size.spec).file.open("rb") as file:
            content: bytes = file.read()
    except (FileNotFoundError, SourceImageIOError):
        return None
    return content


def product_pictures(product: Product, chosen: Variant) -> list[Picture]:
    """Every picture for the product's page: the chosen variant's first, then other colours, then
    what else there is to look at, its fabric last.

    `product.shown` must be fetched. In five queries however many there are.
    """
    first_of = _one_for_each_image(product, [chosen, *product.shown])
    found = images(first_of, PORTRAIT)
    photographs = [
        picture(product, variant, found[key], width=PAGE_WIDTH)
        for key, variant in first_of.items()
        if key in found
    ]
    return [*photographs, *_further(product, seen=first_of), swatch_picture(chosen)]


def _further(product: Product, *, seen: Container[int]) -> list[Picture]:
    more = [one for one in product.more_pictures.all()[:MOST_PICTURES] if one.image_id not in seen]
    found = images((one.image_id for one in more), SECOND_LOOK)
    return [
        picture_of(
            found[one.image_id],
            ": ".join(word for word in (product.name, one.shows) if word),
            shape=SECOND_LOOK,
            label=one.shows or product.name,
        )
        for one in more
    ]


def _one_for_each_image(product: Product, variants: Sequence[Variant]) -> dict[int, Variant]:
    first_of: dict[int, Variant] = {}
    for variant in variants:
        key = image_id(product, variant)
        if key is not None:
            first_of.setdefault(key, variant)
    return first_of
