"""The demo's data files, read into plain values; amounts become Money, wool whole grams."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from djmoney.money import Money

from coop.kit.money import books_currency

FOLDER = Path(__file__).with_name("data")

#: What even the smallest demo sells; further products follow in the order of the files.
FIRST_PRODUCTS = ("CHAL-NOCHE", "CH-AND", "AN-LLAMA", "MI-FLOR", "BU-ORILLA", "MA-CAMPOS")


def soles(text: str) -> Money:
    """Such as "7.90" as Money in the books' currency."""
    return Money(Decimal(text), books_currency())


@cache
def data(name: str) -> Mapping[str, Any]:
    """One data file, such as "people"."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


# People ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class MemberData:
    """A woman of the demo: `skills` are levels by technique, `hours` what she offers a month."""

    code: str
    name: str
    settlement: str
    picture: tuple[str, str]
    hours: int = 0
    skills: Mapping[str, int] | None = None
    post: str = ""
    email: str = ""
    is_honorary: bool = False
    may_show: tuple[str, ...] = ()


def named_members() -> list[MemberData]:
    """The thirty who are written down by name."""
    return [
        MemberData(
            code=one["code"],
            name=one["name"],
            settlement=one["settlement"],
            picture=(one["picture"][0], one["picture"][1]),
            hours=one.get("hours", 0),
            skills=one.get("skills", {}),
            post=one.get("post", ""),
            email=one.get("email", ""),
            is_honorary=one.get("kind") == "honorary",
            may_show=tuple(one.get("may_show", ())),
        )
        for one in data("people")["members"]
    ]


# Products ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class VariantData:
    """One size and colour: a design with its wool (grams by colour), and its prices."""

    code: str
    size: str
    colour: str
    minutes: int
    rate: Money
    price: Money
    wholesale: Money | None
    wool: Mapping[str, int]


@dataclass(frozen=True)
class ProductData:
    """A product with its words in both languages and every variant of it."""

    slug: str
    code: str
    category: str
    technique: str
    yarn: str
    level: int
    kind: str
    motif: str
    words: Mapping[str, str]
    variants: tuple[VariantData, ...]


@cache
def categories() -> tuple[Mapping[str, Any], ...]:
    """The tables `[category]` of the catalogue's files, in the order of the shop."""
    files = sorted((FOLDER / "catalogue").glob("*.toml"))
    tables = [data(f"catalogue/{file.stem}") for file in files]
    return tuple(sorted(tables, key=lambda table: table["category"]["position"]))


def products() -> list[ProductData]:
    """Every product of the files; those that no demo goes without come first."""
    found = [
        _read_product(table["category"], one) for table in categories() for one in table["products"]
    ]
    return sorted(found, key=_rank)


def _rank(product: ProductData) -> int:
    if product.category == "finger-puppets":
        return 0
    return 1 + (
        FIRST_PRODUCTS.index(product.code)
        if product.code in FIRST_PRODUCTS
        else len(FIRST_PRODUCTS)
    )


def window_rank(product: ProductData) -> int:
    """Where a product stands in the shop window: the most varied first, the puppets last."""
    if product.code in FIRST_PRODUCTS:
        return FIRST_PRODUCTS.index(product.code)
    return len(FIRST_PRODUCTS) + (product.category == "finger-puppets")


def _read_product(category: Mapping[str, Any], one: Mapping[str, Any]) -> ProductData:
    words = {
        name: value.strip().replace("\n", " ") for name, value in one.items() if _is_word(name)
    }
    return ProductData(
        slug=one["slug"],
        code=one["code"],
        category=category["slug"],
        technique=category["technique"],
        yarn=one.get("yarn", category["yarn"]),
        level=one.get("level", category["level"]),
        kind=one.get("kind", category["kind"]),
        motif=one["motif"],
        words=words,
        variants=tuple(_read_variants(one)),
    )


def _is_word(name: str) -> bool:
    return name.endswith(("_es", "_en"))


def _read_variants(one: Mapping[str, Any]) -> Iterator[VariantData]:
    for colour in one["colours"]:
        for size in one["sizes"]:
            parts = [one["code"], size.get("size", ""), _colour_code(colour.get("colour", ""))]
            scale = size.get("scale", 100)
            yield VariantData(
                code="-".join(part for part in parts if part),
                size=size.get("size", ""),
                colour=colour.get("colour", ""),
                minutes=size["minutes"],
                rate=soles(size["rate"]),
                price=soles(size["price"]),
                wholesale=soles(size["wholesale"]) if "wholesale" in size else None,
                # Rounded up: a gram too much comes back, a gram too little does not finish it.
                wool={key: -(-grams * scale // 100) for key, grams in colour["wool"].items()},
            )


# Wool --------------------------------------------------------------------------------------
def _colour_code(key: str) -> str:
    """How an article number names a colour: "INDIGO"; nothing for no colour."""
    return next((one["code"] for one in data("wool")["colours"] if one["key"] == key), "")


def price_of(*, yarn: str, colour: str, grams: int) -> Money:
    """What `grams` of a yarn in a colour cost in Arequipa, to the céntimo."""
    per_kilo = next(one["per_kilo"] for one in data("wool")["yarns"] if one["key"] == yarn)
    dye = next(one["dye_per_kilo"] for one in data("wool")["colours"] if one["key"] == colour)
    exact = (Decimal(per_kilo) + Decimal(dye)) * grams / 1000
    return Money(exact.quantize(Decimal("0.01")), books_currency())
