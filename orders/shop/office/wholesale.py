"""A buyer's list, sent in by the office on her behalf."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop.kit.errors import Refusal
from coop.kit.office import office_page
from coop.people.access import person, requires
from orders.shop import services, uploads
from orders.shop.errors import FileRefused, StaleUpload
from orders.shop.models import Buyer
from orders.shop.office import ICON, MANAGE, trail
from orders.shop.office.forms import BuyerUploadForm


@requires(MANAGE)
def upload(request: HttpRequest) -> HttpResponse:
    """Read a list and show what it would order."""
    is_sent = request.method == "POST"
    form = BuyerUploadForm(request.POST, request.FILES) if is_sent else BuyerUploadForm()
    preview = buyer = None
    if is_sent and form.is_valid():
        buyer = form.cleaned_data["buyer"]
        preview = uploads.preview(buyer=buyer, file=form.cleaned_data["file"])
    return office_page(
        request,
        "shop/office/upload.html",
        title=_("Wholesale list"),
        trail=trail(),
        icon=ICON,
        form=BuyerUploadForm(initial={"buyer": buyer}) if preview else form,
        preview=preview,
        buyer=buyer,
    )


@require_POST
@requires(MANAGE)
def confirm(request: HttpRequest) -> HttpResponse:
    """Order the list that was shown."""
    try:
        buyer = _buyer(request.POST.get("buyer", ""))
        kept = uploads.unseal(buyer=buyer, sealed=request.POST.get("sealed", ""))
        order = services.order_from_csv(
            buyer=buyer,
            data=kept.data,
            reference=kept.reference,
            seen_total_minor=kept.total_minor,
            actor=person(request),
        )
    except FileRefused as refusal:
        messages.error(request, " ".join([str(refusal), *refusal.problems[:3]]))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Order #%d is in the books.") % order.number)
        return redirect("shop_office:order", order.number)
    return redirect("shop_office:upload")


def _buyer(key: str) -> Buyer:
    """The buyer of the preview. Raises StaleUpload."""
    is_key = key.isascii() and key.isdigit() and len(key) < 19
    found = Buyer.objects.select_related("user").filter(pk=key).first() if is_key else None
    if found is None:
        raise StaleUpload
    return found
