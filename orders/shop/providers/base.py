"""What the shop asks of every way to pay. A way is a folder beside this file, with its `provider`.

The shop never asks which way an order is paid; it asks the way what it does.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.functional import Promise

if TYPE_CHECKING:
    from orders.shop.models import Order, Refund, ShippingRate


@dataclass(frozen=True)
class Offer:
    """A way to pay as the checkout shows it."""

    key: str
    name: str | Promise
    words: str | Promise
    #: Only together with picking it up.
    only_pick_up: bool = False


class Provider(ABC):
    """One way to pay.

    `key` is the order's `method`. `waits_for_money`: the order is certain only when it is paid.
    `is_by_card`: money comes and goes back through a provider's programs, not by hand.
    """

    key: ClassVar[str]
    name: ClassVar[Promise]
    waits_for_money: ClassVar[bool] = True
    is_by_card: ClassVar[bool] = False
    #: What a customer reads while the money has not come.
    waiting: ClassVar[Promise | str] = ""
    #: Below the sums of the customer's page; reads `order` and `words` (ShopSettings).
    how_template: ClassVar[str] = ""

    @abstractmethod
    def offer(self, currency: str) -> Offer | None:
        """How a guest may choose it today for an order in `currency`; None if she may not."""

    def suits(self, delivery: "ShippingRate") -> bool:
        """Whether it goes with this way of getting the order."""
        return True

    def begin(self, order: "Order") -> str:
        """Where the customer goes to pay, after her order is committed; "" for her order's page.

        May speak with other machines: never call it inside a transaction. Repeating it is
        harmless. Raises ProviderError when the other side cannot be reached.
        """
        return ""

    def look(self, order: "Order") -> bool:
        """Ask the other side whether this order is paid by now; whether there was one to ask.

        May speak with other machines.
        """
        return False

    def close(self, order: "Order") -> bool:
        """See to it that no more money can come for this order, before it is let go.

        Whether something had to be closed. May speak with other machines. Raises PaymentUnderWay
        when money came or may still come.
        """
        return False

    def give_back(self, refund: "Refund") -> bool:
        """Send a refund on its way, after the commit in which it was asked for; whether it did.

        By hand there is nothing to send: whoever recorded it gave the money back.
        """
        return False


_registered: dict[str, Provider] = {}


def register(one: Provider) -> None:
    """Let the shop know of a way to pay."""
    _registered[one.key] = one


def provider(key: str) -> Provider:
    """The way to pay with this key."""
    return _registered[key]


def provider_of(order: "Order") -> Provider:
    """The way in which an order is paid."""
    return _registered[order.method]


def offers(currency: str) -> list[Offer]:
    """What a guest may choose today for an order in `currency`, in the order of registering."""
    found = (one.offer(currency) for one in _registered.values())
    return [offer for offer in found if offer is not None]
