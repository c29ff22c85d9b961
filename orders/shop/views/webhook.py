"""Where Stripe tells us that something happened. What it says is never believed, only looked at."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from orders.shop.providers.stripe import gateway, inbox

#: Stripe's largest messages are far smaller.
_MOST_BYTES = 512_000


# Stripe has no cookie of ours: the signature over the body takes the place of the CSRF token.
@csrf_exempt
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """200 for a message that was taken in, a silent 400 for anything else."""
    if not gateway.is_connected():
        return HttpResponseNotFound()
    if int(request.headers.get("Content-Length") or 0) > _MOST_BYTES:
        return HttpResponse(status=400)
    signature = request.headers.get("Stripe-Signature", "")
    return HttpResponse(status=200 if inbox.receive(request.body, signature) else 400)
