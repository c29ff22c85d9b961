"""A customer says that she paid; the treasurer looks at the money itself."""

from django.db import transaction

from orders.shop.errors import TooManyClaims
from orders.shop.models import Order, PaymentClaim
from orders.shop.services.transitions import Status, locked, require

_MOST = 5


@transaction.atomic
def claim_payment(*, order: Order, operation: str) -> PaymentClaim:
    """Write down the operation number that she names. The same again is the one that is there.

    Raises WrongStatus unless the order waits for money, or TooManyClaims.
    """
    order, operation = locked(order), " ".join(operation.split())[:40]
    there = order.claims.filter(operation=operation).first()
    if there is not None:
        return there
    require(order, Status.PLACED, Status.CONFIRMED, Status.READY)
    if order.claims.count() >= _MOST:
        raise TooManyClaims(most=_MOST)
    return PaymentClaim.objects.create(order=order, operation=operation)
