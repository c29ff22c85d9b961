"""The pages of a buyer: her prices, her list as a file, her orders and what she owes."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from coop.kit.errors import Refusal
from coop.people.models import User
from orders.shop import queries, services, sessions, uploads, wholesale_files, wholesale_pages
from orders.shop.errors import FileRefused, StaleUpload
from orders.shop.forms import UploadForm
from orders.shop.models import Buyer

BuyerView = Callable[[HttpRequest, Buyer], HttpResponse]
_ON_A_PAGE = 20


def buyers_only(view: BuyerView) -> Callable[[HttpRequest], HttpResponse]:
    """Only for buyers who came in; others are told how one becomes one."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        buyer = Buyer.objects.select_related("user").filter(user=request.user).first()
        if buyer is None:
            return render(request, "shop/wholesale/not_a_buyer.html", status=403)
        return view(request, buyer)

    return guarded


@buyers_only
def home(request: HttpRequest, buyer: Buyer) -> HttpResponse:
    """Prices, orders and the account."""
    return _page(request, buyer, UploadForm())


def _page(request: HttpRequest, buyer: Buyer, form: UploadForm) -> HttpResponse:
    pages = Paginator(buyer.orders.select_related("shipment"), _ON_A_PAGE)
    context = {
        "buyer": buyer,
        "form": form,
        "shelves": wholesale_pages.shelves(),
        "page": pages.get_page(request.GET.get("page")),
        "statement": queries.statement(buyer),
    }
    return render(request, "shop/wholesale/home.html", context)


@buyers_only
def template(request: HttpRequest, buyer: Buyer) -> HttpResponse:
    """The file to fill in."""
    response = HttpResponse(wholesale_files.template(), content_type="text/csv; charset=utf-8")
    name = wholesale_files.template_name()
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@buyers_only
def upload(request: HttpRequest, buyer: Buyer) -> HttpResponse:
    """Read a list; then, by its own address, show what would be ordered or what is wrong."""
    if request.method != "POST":
        return _shown(request, buyer)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, buyer, form)
    seen = uploads.preview(buyer=buyer, file=form.cleaned_data["file"])
    problems = [(one.line, one.sentence) for one in seen.reading.problems]
    sessions.keep_list(request, sealed=seen.sealed, problems=problems)
    return redirect("wholesale-upload")


def _shown(request: HttpRequest, buyer: Buyer) -> HttpResponse:
    """The list that was read last."""
    kept = sessions.kept_list(request)
    if kept is None:
        return redirect("wholesale")
    sealed, problems = kept
    try:
        seen = (
            uploads.preview_again(buyer=buyer, sealed=sealed)
            if sealed
            else uploads.refused(problems)
        )
    except StaleUpload as refusal:
        messages.error(request, str(refusal))
        return redirect("wholesale")
    lines = wholesale_pages.lines(seen.reading.wanted) if seen.reading.is_good else []
    context = {
        "buyer": buyer,
        "preview": seen,
        "lines": lines,
        "early": [line for line in lines if line.is_early],
        "form": UploadForm(),
    }
    return render(request, "shop/wholesale/preview.html", context)


@buyers_only
def confirm(request: HttpRequest, buyer: Buyer) -> HttpResponse:
    """Order the list that was shown."""
    if request.method != "POST":
        return redirect("wholesale")
    try:
        kept = uploads.unseal(buyer=buyer, sealed=request.POST.get("sealed", ""))
        order = services.order_from_csv(
            buyer=buyer,
            data=kept.data,
            reference=kept.reference,
            seen_total_minor=kept.total_minor,
            actor=buyer.user,
        )
    except FileRefused as refusal:
        messages.error(request, " ".join([str(refusal), *refusal.problems[:3]]))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you: order #%d is in our books.") % order.number)
        return redirect("order", token=order.token)
    return redirect("wholesale")
