"""A small catalogue for the tests, made by the services."""

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any

from djmoney.money import Money

from catalog.models import Category, Design, Piece, Product, Variant
from catalog.services import (
    WoolNeed,
    create_category,
    create_design,
    create_product,
    create_variant,
    publish_piece_tag,
    register_piece,
    reserve_piece,
)
from coop.kit.money import from_minor
from coop.members.models import Member
from coop.people.models import User
from coop.quotas.models import Technique
from tests.factories.ledger import person, soles
from tests.factories.members import member
from tests.factories.wool import colour, yarn

_numbers = count(1)


def keeper() -> User:
    """Who keeps the catalogue: the president."""
    return User.objects.filter(first_name="Petra").first() or person("Petra", "president")


def shelf(slug: str = "chullos") -> Category:
    """A shelf of the shop."""
    return Category.objects.filter(slug=slug).first() or create_category(
        slug=slug, name_es=slug.capitalize(), name_en=f"{slug.capitalize()} (en)"
    )


def design(wool: Mapping[str, int] | None = None, **changes: Any) -> Design:
    """A chullo that takes four hours and pays 40.00; `wool` in grams by colour."""
    number = next(_numbers)
    technique = Technique.objects.get_or_create(
        key="hats", defaults={"name_es": "chullos", "name_en": "hats"}
    )[0]
    values: dict[str, Any] = {
        "code": f"D-{number}",
        "name_es": f"Diseño {number}",
        "name_en": f"Design {number}",
        "technique": technique,
        "minutes": 240,
        "rate": soles("40.00"),
        "motif": "zorro",
        "wool": [WoolNeed(yarn(), colour(key), grams) for key, grams in (wool or {}).items()],
        "actor": keeper(),
    }
    return create_design(**values | changes)


def product(kind: str = Product.Kind.STOCK, **changes: Any) -> Product:
    """A product without variants."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "slug": f"product-{number}",
        "category": shelf(),
        "kind": kind,
        "name_es": f"Producto {number}",
        "name_en": f"Product {number}",
    }
    return create_product(**values | changes)


def variant(
    of: Product | None = None, *, price: str = "100.00", dye: str = "", **changes: Any
) -> Variant:
    """A variant at 100.00, of a product of its own unless one is given."""
    values: dict[str, Any] = {
        "sku": f"SKU-{next(_numbers)}",
        "product": of or product(),
        "price": soles(price),
        "colour": colour(dye) if dye else None,
        "actor": keeper(),
    }
    values |= changes
    values.setdefault("design", None)
    values["design"] = values["design"] or design()
    return create_variant(**values)


def knitter() -> Member:
    """The one who knitted every piece of these tests."""
    return Member.objects.filter(code="T-01").first() or member("T-01")


def waiting_piece(of: Variant | None = None, on: date | None = None) -> Piece:
    """A piece that waits for the checker."""
    return register_piece(
        variant=of or variant(),
        maker=knitter(),
        assignment_ref=f"assignment:{next(_numbers)}",
        actor=keeper(),
        on=on,
    )


def piece(of: Variant | None = None, *, cost: Money | None = None) -> Piece:
    """A piece that passed and lies in the store."""
    return publish_piece_tag(piece=waiting_piece(of), cost=cost or from_minor(4500), actor=keeper())


def promised_piece(key: str = "line:1", of: Variant | None = None) -> Piece:
    """A piece in the store that is promised to an order line."""
    return reserve_piece(piece=piece(of), key=key)
