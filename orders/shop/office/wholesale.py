"""A buyer's list, sent in by the office on her behalf."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop.kit.errors import Refusal
from coop.people.access import requires
from orders.shop import services, uploads
from orders.shop.errors import FileRefused
from orders.shop.models import Buyer
from orders.shop.office.forms import BuyerUploadForm


@requires("shop.manage_orders")
def upload(request: HttpRequest) -> HttpResponse:
    """Read a list and show what it would order."""
    is_sent = request.method == "POST"
    form = BuyerUploadForm(request.POST, request.FILES) if is_sent else BuyerUploadForm()
    preview = None
    if is_sent and form.is_valid():
        buyer, file = form.cleaned_data["buyer"], form.cleaned_data["file"]
        preview = uploads.preview(buyer=buyer, file=file)
    context = {
        "form": form,
        "preview": preview,
        "buyer": form.cleaned_data["buyer"] if preview else None,
        "breadcrumbs": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("shop_office:orders"), "label": _("Orders")},
            {"url": "", "label": _("Wholesale list")},
        ],
    }
    is_wrong = is_sent and (preview is None or not preview.reading.is_good)
    return render(request, "shop/office/upload.html", context, status=422 if is_wrong else 200)


@require_POST
@requires("shop.manage_orders")
def confirm(request: HttpRequest) -> HttpResponse:
    """Order the list that was shown."""
    word = request.POST.get("buyer", "")
    is_key = word.isascii() and word.isdigit() and len(word) < 19
    buyer = Buyer.objects.select_related("user").filter(pk=word).first() if is_key else None
    try:
        if buyer is None:
            raise uploads.StaleUpload
        kept = uploads.unseal(buyer=buyer, sealed=request.POST.get("sealed", ""))
        order = services.order_from_csv(
            buyer=buyer,
            data=kept.data,
            reference=kept.reference,
            seen_total_minor=kept.total_minor,
            actor=request.user,
        )
    except uploads.StaleUpload:
        messages.error(request, _("This list is no longer at hand. Send the file once more."))
    except FileRefused as refusal:
        messages.error(request, " ".join([str(refusal), *refusal.problems[:3]]))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Order #%d is in the books.") % order.number)
        return redirect("shop_office:order", order.number)
    return redirect("shop_office:upload")
