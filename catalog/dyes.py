"""Which dyes a product is seen in: the colour a variant is sold in, and the yarn it is knitted of."""

from collections.abc import Collection

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum

from catalog.models import DesignWool, Product, Variant
from coop.kit.words import printable

#: A yarn that is one part of so many, or more, is seen; less is an eye or a seam.
SEEN_PART = 8


def seen_wool() -> QuerySet[DesignWool]:
    """The yarns of designs of which there is enough to be seen."""
    whole = DesignWool.objects.filter(design=OuterRef("design")).order_by().values("design")
    total = whole.annotate(total=Sum("grams")).values("total")
    return DesignWool.objects.annotate(whole=Subquery(total)).filter(
        whole__lte=F("grams") * SEEN_PART
    )


def worn(keys: Collection[str]) -> Q:
    """Variants that are seen in any of the dyes `keys`."""
    asked = [printable(one) for one in keys]
    wool = seen_wool().filter(colour__key__in=asked).values("design")
    return Q(colour__key__in=asked) | Q(design__in=wool)


def dyed(keys: Collection[str]) -> Q:
    """Products with a listed variant that is seen in any of the dyes `keys`."""
    found = Variant.objects.filter(worn(keys), is_listed=True)
    return Q(pk__in=found.order_by().values("product"))


def in_dyes(product: Product, keys: Collection[str], worn_by: Collection[int]) -> list[Variant]:
    """The shown variants of `product` in the dyes `keys`, first those that are sold as such.

    `worn_by` are the keys of all variants that are seen in them. All of them if none is.
    """
    sold_so = [one for one in product.shown if one.colour and one.colour.key in keys]
    knitted_so = [one for one in product.shown if one.pk in worn_by and one not in sold_so]
    return [*sold_so, *knitted_so] or product.shown
