"""The customer's page of her order, behind a secret link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from orders.shop import guesses, queries, sessions
from orders.shop.models import ShopSettings
from orders.shop.steps import steps_of


@require_safe
@never_cache
def order(request: HttpRequest, token: str) -> HttpResponse:
    """What was ordered, what is ready, how to pay. No maker is named here.

    Whoever tries links that do not exist too often has to wait; the orders of her own session
    stay open.
    """
    is_own = token in sessions.own_orders(request)
    if not is_own and guesses.too_many(request):
        return render(request, "429.html", status=429)
    found = queries.order_by_token(token)
    if found is None:
        guesses.count_wrong(request)
        sentence = _(
            "There is no order behind this link. Perhaps a piece of it was lost: copy the whole"
            " link from our e-mail."
        )
        return render(request, "shop/no_order.html", {"sentence": sentence}, status=404)
    context = {
        "order": found,
        "steps": steps_of(found),
        "words": ShopSettings.current(),
        "refunded": any(hasattr(payment, "refund") for payment in found.payments.all()),
    }
    response = render(request, "shop/order.html", context)
    # The address is the key: no other site may learn it.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
