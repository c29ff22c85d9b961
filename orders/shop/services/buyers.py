"""Buyers on account: a hotel, a museum shop."""

from django.db import transaction

from coop.people import roles
from coop.people.models import User
from coop.people.services import give_role, take_role
from orders.shop.models import Buyer


@transaction.atomic
def open_buyer(*, name: str, user: User, terms_days: int = 30, address: str = "") -> Buyer:
    """An account for a buyer: `user` sees her own prices and orders on account."""
    buyer = Buyer.objects.create(name=name, user=user, terms_days=terms_days, address=address)
    hand_to_buyer(buyer=buyer)
    return buyer


@transaction.atomic
def hand_to_buyer(*, buyer: Buyer, before: User | None = None) -> None:
    """Whoever has the account has the buyer's role; `before`, who had it until now, has it no more."""
    if before is not None and before.pk != buyer.user_id:
        take_role(user=before, role=roles.BUYER)
    give_role(user=buyer.user, role=roles.BUYER)
