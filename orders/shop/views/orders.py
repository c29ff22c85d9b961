"""The customer's page of her order, behind a secret link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from orders.shop import queries
from orders.shop.models import ShopSettings
from orders.shop.providers import provider_of
from orders.shop.steps import steps_of
from orders.shop.views.paying import order_behind


@require_safe
@never_cache
def order(request: HttpRequest, token: str) -> HttpResponse:
    """What was ordered, what is ready, how to pay. No maker is named here."""
    found = order_behind(request, token)
    if isinstance(found, HttpResponse):
        return found
    context = {
        "order": found,
        "steps": steps_of(found),
        "days": queries.days_from_payment(found),
        "words": ShopSettings.current(),
        "refunded": any(payment.refunds.all() for payment in found.payments.all()),
        "how": provider_of(found).how_template,
        "session": found.card_sessions.last(),
        "claims": found.claims.all(),
    }
    response = render(request, "shop/order.html", context)
    # The address is the key: no other site may learn it. Our own forms on it must still say where
    # they come from, or a browser's "Origin: null" is refused as forged.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
