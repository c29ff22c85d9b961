"""Buyers on account: a hotel, a museum shop."""

from django.db import transaction

from coop.people import roles
from coop.people.models import User
from coop.people.services import give_role
from orders.shop.models import Buyer


@transaction.atomic
def open_buyer(*, name: str, user: User, terms_days: int = 30, address: str = "") -> Buyer:
    """An account for a buyer: `user` sees her own prices and orders on account."""
    buyer = Buyer.objects.create(name=name, user=user, terms_days=terms_days, address=address)
    give_role(user=user, role=roles.BUYER)
    return buyer
