"""The e-mails of an order: the office asks to send one again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop.kit.errors import Refusal
from coop.people.access import person, requires
from orders.shop import services
from orders.shop.models import OrderMail
from orders.shop.office import MANAGE


@require_POST
@requires(MANAGE)
def send_again(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Try again now. Pressed twice, it goes once."""
    mail = get_object_or_404(OrderMail, pk=pk, order__number=number)
    try:
        services.resend_mail(mail=mail, actor=person(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The e-mail is being sent. Look here again in a minute."))
    return redirect("shop_office:order", number)
