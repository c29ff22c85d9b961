"""What the demo says and charges is fair, complete in both languages, and about nobody real."""

from collections import Counter
from decimal import Decimal

import pytest

from coop.demo import read
from coop.demo.read import ProductData, VariantData
from coop.kit import motifs
from coop.kit.money import total

# Peru: 1,130 soles a month since 1 January 2025 (D.S. 006-2024-TR), in 30 days of 8 hours.
MINIMUM_WAGE_AN_HOUR = Decimal(1130) / 240
# A woman who knits for us must be clearly better off than at the minimum.
FAIR_AN_HOUR = MINIMUM_WAGE_AN_HOUR * Decimal("1.35")

PRODUCTS = read.products()
VARIANTS = [(product, variant) for product in PRODUCTS for variant in product.variants]
EACH_VARIANT = pytest.mark.parametrize(
    ("product", "variant"), VARIANTS, ids=[variant.code for _, variant in VARIANTS]
)


def cost_of(product: ProductData, variant: VariantData) -> Decimal:
    """Pay and wool of one piece, in soles."""
    wool = total(
        read.price_of(yarn=product.yarn, colour=colour, grams=grams)
        for colour, grams in variant.wool.items()
    )
    return (variant.rate + wool).amount


@EACH_VARIANT
def test_an_hour_of_knitting_pays_well_above_the_minimum_wage(
    product: ProductData, variant: VariantData
) -> None:
    assert variant.rate.amount * 60 / variant.minutes >= FAIR_AN_HOUR


@EACH_VARIANT
def test_every_price_covers_pay_and_wool_and_leaves_something_for_all(
    product: ProductData, variant: VariantData
) -> None:
    cost = cost_of(product, variant)

    assert variant.price.amount >= cost * Decimal("1.4")
    if variant.wholesale is not None:
        assert cost * Decimal("1.15") <= variant.wholesale.amount < variant.price.amount


def test_article_numbers_are_short_and_none_comes_twice() -> None:
    codes = [variant.code for _, variant in VARIANTS]

    assert max(map(len, codes)) <= 20
    assert len(set(codes)) == len(codes)
    assert len({product.slug for product in PRODUCTS}) == len(PRODUCTS)


def test_twelve_finger_puppets_come_first_each_with_another_motif() -> None:
    puppets = [product for product in PRODUCTS if product.category == "finger-puppets"]

    assert PRODUCTS[:12] == puppets
    assert len({product.motif for product in puppets}) == 12


def test_every_product_is_told_in_both_languages_within_its_lines() -> None:
    for product in PRODUCTS:
        for language in ("es", "en"):
            assert 3 <= len(product.words[f"name_{language}"]) <= 80
            assert 10 <= len(product.words[f"lead_{language}"]) <= 160
            assert 80 <= len(product.words[f"story_{language}"]) <= 400


def test_wool_motifs_and_colours_are_those_of_the_house() -> None:
    yarns = {one["key"] for one in read.data("wool")["yarns"]}
    dyes = {one["key"]: one["hex"] for one in read.data("wool")["colours"]}

    assert dyes == motifs.dyes()
    for product, variant in VARIANTS:
        assert product.yarn in yarns
        assert set(variant.wool) <= set(dyes)
        assert product.motif in motifs.motifs()


def test_thirty_members_of_six_settlements_each_with_a_picture_of_her_own() -> None:
    members = read.named_members()

    assert [one.code for one in members] == [f"M{number:03}" for number in range(1, 31)]
    assert len({one.picture for one in members}) == 30
    assert {one.settlement for one in members} == set(read.data("people")["settlements"])
    assert len(read.data("people")["settlements"]) == 6
    assert all(one.picture[0] in motifs.motifs() for one in members)
    assert all(one.picture[1] in motifs.dyes() for one in members)


def test_the_posts_are_filled_and_the_honorary_member_offers_no_hours() -> None:
    members = read.named_members()
    posts = Counter(one.post for one in members if one.post)

    assert posts == {
        "president": 1,
        "secretary": 1,
        "treasurer": 1,
        "vocal": 1,
        "storekeeper": 1,
        "checker": 2,
    }
    honorary = [one for one in members if one.is_honorary]
    assert len(honorary) == 1
    assert honorary[0].hours == 0
    assert not honorary[0].skills


def test_every_technique_and_level_is_mastered_by_at_least_two() -> None:
    for product in PRODUCTS:
        able = [
            one
            for one in read.named_members()
            if (one.skills or {}).get(product.technique, 0) >= product.level
        ]
        assert len(able) >= 2, product.code


def test_nobody_in_the_demo_can_get_mail() -> None:
    people = read.data("people")
    addresses = [one["email"] for one in people["members"] if "email" in one]
    addresses += [one["email"] for one in people["others"]] + [people["buyer"]["email"]]
    addresses += [one["email"] for one in read.data("customers")["customers"]]

    assert all(one.endswith((".example", "@example.org")) for one in addresses)
    assert len(set(addresses)) == len(addresses)
