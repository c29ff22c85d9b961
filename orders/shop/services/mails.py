"""Mails that the office asks to send again."""

from django.db import transaction
from django.utils import timezone

from coop.people.models import User
from orders.shop.errors import MailNotOpen
from orders.shop.models import OrderMail
from orders.shop.notices import send_after_commit


@transaction.atomic
def resend_mail(*, mail: OrderMail, actor: User) -> OrderMail:
    """Try again now, with as many tries as at first, and note who asked.

    A mail that is due already is left as it is: asked twice, it goes once. Raises MailNotOpen
    when it was sent, is being sent in this moment, or is no longer needed.
    """
    mail = OrderMail.objects.select_for_update().get(pk=mail.pk)
    if not mail.may_be_resent:
        raise MailNotOpen
    now = timezone.now()
    if mail.next_try_at and mail.next_try_at <= now:
        return mail
    mail.status = OrderMail.Status.WAITING
    mail.attempts = 0
    mail.next_try_at = now
    mail.resent_by = actor
    mail.resent_at = now
    mail.save(update_fields=["status", "attempts", "next_try_at", "resent_by", "resent_at"])
    send_after_commit(mail)
    return mail
