"""What the demo knits and sells: techniques, yarns, colours, designs, products."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalog.models import Category, Product, Variant
from catalog.services import (
    WoolNeed,
    create_category,
    create_design,
    create_product,
    create_variant,
)
from coop.demo import read
from coop.demo.read import ProductData, VariantData
from coop.demo.variety import more_products
from coop.kit.knitting import written
from coop.kit.knitting.patterns import pattern_of
from coop.people.models import User
from coop.quotas.models import Technique
from coop.wool.models import Colour, Yarn

_PAIRED = ("name_es", "name_en")


@dataclass(frozen=True)
class Catalogue:
    """What the designs are made of, by key, and who wrote it down when."""

    techniques: Mapping[str, Technique]
    yarns: Mapping[str, Yarn]
    colours: Mapping[str, Colour]
    categories: Mapping[str, Category]
    actor: User
    on: date


def build_catalogue(*, products: int, actor: User, on: date) -> Catalogue:
    """Write down the demo's catalogue with so many products."""
    tables = [table["category"] for table in read.categories()]
    wool = read.data("wool")
    made = Catalogue(
        techniques={one["technique"]: _technique(one) for one in tables},
        yarns={
            one["key"]: Yarn.objects.create(key=one["key"], **_names(one)) for one in wool["yarns"]
        },
        colours={
            one["key"]: Colour.objects.create(key=one["key"], hex=one["hex"], **_names(one))
            for one in wool["colours"]
        },
        categories={
            one["slug"]: create_category(slug=one["slug"], position=one["position"], **_names(one))
            for one in tables
        },
        actor=actor,
        on=on,
    )
    # The shop shows what is newest first: so what stands in front is written down last.
    for product in sorted(more_products(products), key=read.window_rank, reverse=True):
        _build_product(product, made)
    return made


def _names(one: Mapping[str, Any]) -> dict[str, str]:
    return {name: one[name] for name in _PAIRED}


def _technique(one: Mapping[str, Any]) -> Technique:
    names = {name: one[name.replace("name", "technique")] for name in _PAIRED}
    return Technique.objects.create(key=one["technique"], **names)


def _build_product(data: ProductData, made: Catalogue) -> None:
    product = create_product(
        slug=data.slug,
        category=made.categories[data.category],
        kind=data.kind,
        name_es=data.words["name_es"],
        name_en=data.words["name_en"],
        lead_es=data.words["lead_es"],
        lead_en=data.words["lead_en"],
        story_es=data.words["story_es"],
        story_en=data.words["story_en"],
    )
    for position, variant in enumerate(data.variants, start=1):
        _build_variant(data, variant, product, made, position)


def _build_variant(
    data: ProductData, one: VariantData, product: Product, made: Catalogue, position: int
) -> Variant:
    colour = made.colours.get(one.colour)
    yarn = made.yarns[data.yarn]
    design = create_design(
        code=one.code,
        name_es=_design_name(data.words["name_es"], one.size, colour.name_es if colour else ""),
        name_en=_design_name(data.words["name_en"], one.size, colour.name_en if colour else ""),
        technique=made.techniques[data.technique],
        minutes=one.minutes,
        rate=one.rate,
        motif=data.motif,
        pattern=written.write(pattern_of(data.slug, tuple(one.wool), data.motif)),
        wool=[WoolNeed(yarn, made.colours[key], grams) for key, grams in one.wool.items()],
        actor=made.actor,
        level=data.level,
        on=made.on,
    )
    return create_variant(
        sku=one.code,
        product=product,
        design=design,
        price=one.price,
        actor=made.actor,
        wholesale_price=one.wholesale,
        size=one.size,
        colour=colour,
        position=position,
        on=made.on,
    )


def _design_name(name: str, size: str, colour: str) -> str:
    return ", ".join(word for word in (name, size, colour) if word)[:80]
