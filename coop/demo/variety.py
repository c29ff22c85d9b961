"""More products and more members than are written down, for houses bigger than the demo's."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

from coop.demo import read
from coop.demo.read import MemberData, ProductData, VariantData
from coop.kit import motifs

#: Four of the Junta, a storekeeper, two checkers, an honorary member, and three who only knit.
FEWEST_MEMBERS = 11
#: Twelve puppets, and those of which the story tells.
FEWEST_PRODUCTS = 12 + len(read.FIRST_PRODUCTS)


# Products ----------------------------------------------------------------------------------

#: From so many products on, a second one of a kind is among them.
ENOUGH_FOR_TWO = 15


def more_products(count: int) -> list[ProductData]:
    """The first `count` products; beyond those written down, the same in other motifs and dyes."""
    written = read.products()
    if count <= len(written):
        return _with_a_sold_one(written[:count], written)
    return written + list(islice(_other_products(written), count - len(written)))


def _with_a_sold_one(chosen: list[ProductData], written: list[ProductData]) -> list[ProductData]:
    """Among some products are two of a kind of their own: one in the window, one that is gone."""
    unique = [one for one in written if one.kind == "unique"]
    there = [one for one in chosen if one.kind == "unique"]
    if len(there) != 1 or len(chosen) < ENOUGH_FOR_TWO:
        return chosen
    return [*chosen[:-1], next(one for one in unique if one not in there)]


def _other_products(written: list[ProductData]) -> Iterator[ProductData]:
    """Knitted again and again with another motif in another dye; never one of a kind."""
    patterns = [one for one in written if one.kind != "unique" and one.category != "finger-puppets"]
    looks = product(motifs.motifs(), motifs.dyes())
    for number, ((motif, dye), one) in enumerate(product(looks, patterns), start=1):
        yield _in_another_look(one, motif, dye, number)
    raise ValueError("the demo has no more than some thousands of products")


def _in_another_look(one: ProductData, motif: str, dye: str, number: int) -> ProductData:
    chart = motifs.motif(motif)
    words = dict(one.words)
    words["name_es"] = f"{one.words['name_es']} · {chart.name_es} {number}"[:80]
    words["name_en"] = f"{one.words['name_en']} · {chart.name_en} {number}"[:80]
    return replace(
        one,
        slug=f"{one.slug}-{motif}-{dye.replace('_', '-')}-{number}"[:80],
        code=f"X{number}",
        motif=motif,
        words=words,
        variants=tuple(
            _dyed(variant, dye, f"X{number}-{place}")
            for place, variant in enumerate(one.variants, start=1)
        ),
    )


def _dyed(one: VariantData, dye: str, code: str) -> VariantData:
    """The same piece with its main yarn in another dye."""
    main = max(one.wool, key=lambda key: one.wool[key])
    wool = {key: grams for key, grams in one.wool.items() if key != main}
    wool[dye] = wool.get(dye, 0) + one.wool[main]
    return replace(one, code=code, wool=wool)


# Members -----------------------------------------------------------------------------------
def more_members(count: int) -> list[MemberData]:
    """The first members and the honorary one; beyond those written down, invented from names."""
    written = read.named_members()
    knitters = [one for one in written if not one.is_honorary]
    honorary = [one for one in written if one.is_honorary]
    if count <= len(written):
        return knitters[: count - len(honorary)] + honorary
    return written + list(islice(_other_members(written), count - len(written)))


def _other_members(written: list[MemberData]) -> Iterator[MemberData]:
    names = read.data("people")["names"]
    places = read.data("people")["settlements"]
    taken = {one.picture for one in written}
    pictures = (one for one in product(motifs.motifs(), motifs.dyes()) if one not in taken)
    patterns = [one for one in written if not one.post and not one.is_honorary]
    people = product(names["last"], names["last"], names["first"])
    for number, (last, second, first) in enumerate(people):
        pattern = patterns[number % len(patterns)]
        yield replace(
            pattern,
            code=f"M{len(written) + number + 1:03}",
            name=f"{first} {last} {second}",
            settlement=places[number % len(places)],
            # Beyond as many pictures as there are, a member has none, and no phone.
            picture=next(pictures, ("", "")),
        )
