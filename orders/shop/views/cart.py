"""The cart: works with forms alone, no script."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from orders.shop import queries, services, sessions
from orders.shop.daily import sweep_once_a_day
from orders.shop.errors import ShopError
from orders.shop.forms import AddForm, QuantityForm


@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """What is in the cart."""
    sweep_once_a_day()
    view = queries.cart_view(sessions.current_cart(request), sessions.currency(request))
    context = {
        "view": view,
        "most": services.MOST_OF_EACH,
        # Beside a line stands what to change, with what was typed.
        **sessions.take_wrong_line(request),
    }
    return render(request, "shop/cart.html", context)


@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """Put something in, then show the cart."""
    if request.method != "POST":
        return redirect("cart")
    form = AddForm(request.POST)
    if not form.is_valid():
        sentences = [sentence for errors in form.errors.values() for sentence in errors]
        messages.error(request, str(sentences[0]))
        return redirect("cart")
    variant, quantity = form.cleaned_data["variant"], form.cleaned_data["quantity"]
    cart = sessions.cart_to_fill(request)
    try:
        services.add_to_cart(cart=cart, variant=variant, quantity=quantity)
    except ShopError as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext(
            "%(count)s × %(name)s is in your cart.",
            "%(count)s × %(name)s are in your cart.",
            quantity,
        )
        messages.success(request, words % {"count": quantity, "name": variant.product.name})
    sessions.count_pieces(request, cart)
    return redirect("cart")


@never_cache
def change(request: HttpRequest, line_id: int) -> HttpResponse:
    """Another number of a line."""
    cart = sessions.current_cart(request)
    if request.method != "POST" or cart is None:
        return redirect("cart")
    form = QuantityForm(request.POST)
    typed = request.POST.get("quantity", "")[:12]
    if not form.is_valid():
        sentence = str(form.errors["quantity"][0])
        sessions.keep_wrong_line(request, line_id=line_id, sentence=sentence, typed=typed)
        return redirect("cart")
    try:
        services.change_line(cart=cart, line_id=line_id, quantity=form.cleaned_data["quantity"])
    except ShopError as refusal:
        if cart.lines.filter(pk=line_id).exists():
            sessions.keep_wrong_line(request, line_id=line_id, sentence=str(refusal), typed=typed)
        else:
            messages.error(request, str(refusal))
        return redirect("cart")
    sessions.count_pieces(request, cart)
    return redirect("cart")


@never_cache
def remove(request: HttpRequest, line_id: int) -> HttpResponse:
    """Take a line out; back to the checkout if it was taken out there."""
    cart = sessions.current_cart(request)
    if request.method != "POST" or cart is None:
        return redirect("cart")
    try:
        services.remove_line(cart=cart, line_id=line_id)
        messages.success(request, _("It is out of your cart."))
    except ShopError as refusal:
        messages.error(request, str(refusal))
    sessions.count_pieces(request, cart)
    return redirect("checkout" if request.POST.get("back") == "checkout" else "cart")
