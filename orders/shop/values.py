"""Plain values that travel between pages, files and services."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from djmoney.money import Money

from catalog.models import Product, Variant
from coop.kit.money import from_minor


@dataclass(frozen=True)
class Customer:
    """Who orders, as she wrote it."""

    name: str
    email: str
    phone: str = ""
    address: str = ""
    note: str = ""


@dataclass(frozen=True)
class Wanted:
    """So many of a variant at this price for one, for a day if one was named."""

    variant: Variant
    quantity: int
    unit_price_minor: int
    wanted_on: date | None = None

    @property
    def amount(self) -> Money:
        """All of them."""
        return from_minor(self.quantity * self.unit_price_minor)


@dataclass(frozen=True)
class NewPayment:
    """Money that comes in while something else is done (at the hand-over)."""

    amount: Money
    method: str
    reference: str


def can_be_knitted(variant: Variant) -> bool:
    """Whether more of it are knitted when the store has too few."""
    return variant.product.kind != Product.Kind.UNIQUE and not variant.design.is_retired


def fingerprint(
    rows: Iterable[tuple[int, int, int, int]],
    charges: Iterable[tuple[str, int]],
    knitted_by: date | None,
) -> str:
    """What a customer saw, in one word: variant, quantity, price and pieces ready of each line,
    the charge of each way of shipping by its key, and until when hours are free for the rest.
    If it differs later, she is asked again.
    """
    seen = [*sorted(rows), *sorted(charges), knitted_by]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]
