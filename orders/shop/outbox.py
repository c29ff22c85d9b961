"""How a notice goes out: put down with its order, taken by one worker, sent, marked.

Taking and marking are committed each for itself, and the mail server is spoken to between them,
so that no lock is held meanwhile. A worker that is killed there leaves a row that says
"sending"; when the time it was given is over, the sweep lets another worker take it. The copy
that may then arrive twice has the same Message-ID.
"""

import logging
import smtplib
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from orders.shop.mail import Notice, compose, is_overtaken
from orders.shop.models import Order, OrderMail

logger = logging.getLogger(__name__)

# How long after each try in vain comes the next one; after the last of them it is given up.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
MOST_ATTEMPTS = len(PAUSES) + 1
# Whoever took a mail and has not come back by then was killed.
GIVEN_TO_SEND = timedelta(minutes=10)
# The queue's clock and ours may differ a little.
_SLACK = timedelta(seconds=5)

_Status, _Problem = OrderMail.Status, OrderMail.Problem


def put_down(order: Order, notice: Notice, key: str) -> OrderMail | None:
    """The row of a notice, in the caller's transaction; None if it is there already."""
    mail, is_new = OrderMail.objects.get_or_create(
        order=order,
        notice=notice.value,
        key=key,
        defaults={
            "message_id": _message_id(order, notice, key),
            "next_try_at": timezone.now(),
        },
    )
    return mail if is_new else None


def _message_id(order: Order, notice: Notice, key: str) -> str:
    # The order's token is a secret: nobody gets it back out of this.
    name = uuid5(NAMESPACE_URL, f"{order.token}/{notice.value}/{key}")
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{name}@{domain or 'localhost'}>"


def due() -> Iterable[int]:
    """The keys of the mails that should have gone out by now."""
    return OrderMail.objects.due(timezone.now()).values_list("pk", flat=True)


def deliver(mail_id: int) -> datetime | None:
    """Send a mail if it is due and nobody else has it; when to try again if it did not go."""
    mail = take(mail_id)
    if mail is None:
        return None
    problem = hand_over(mail)
    if problem is None:
        mark_sent(mail)
        return None
    return mark_problem(mail, problem)


@transaction.atomic
def take(mail_id: int) -> OrderMail | None:
    """Take a mail that is due, for as long as GIVEN_TO_SEND; None if there is nothing to send.

    The other worker with the same mail waits for the lock, and then reads that it is taken.
    """
    now = timezone.now()
    mails = OrderMail.objects.select_related("order__delivery").select_for_update(of=("self",))
    mail = mails.filter(pk=mail_id).due(now + _SLACK).first()
    if mail is None:
        return None
    if mail.status == _Status.SENDING:
        mail.last_problem = _Problem.INTERRUPTED
    if _is_needless(mail):
        _close(mail, _Status.DROPPED)
        return None
    if mail.attempts >= MOST_ATTEMPTS:
        _close(mail, _Status.FAILED)
        return None
    mail.status = _Status.SENDING
    mail.attempts += 1
    mail.next_try_at = now + GIVEN_TO_SEND
    mail.save(update_fields=["status", "attempts", "last_problem", "next_try_at"])
    return mail


def _is_needless(mail: OrderMail) -> bool:
    return not mail.order.customer_email or is_overtaken(mail.order, Notice(mail.notice))


def _close(mail: OrderMail, status: str) -> None:
    mail.status = status
    mail.next_try_at = None
    mail.save(update_fields=["status", "last_problem", "next_try_at"])


def hand_over(mail: OrderMail) -> OrderMail.Problem | None:
    """Speak to the mail server; why it did not go, if it did not."""
    message = compose(mail.order, Notice(mail.notice), mail.message_id)
    try:
        message.send()
    except OSError as problem:  # smtplib's own are OSErrors as well
        # What a server answers may hold addresses and names: the log has its number only.
        code = getattr(problem, "smtp_code", problem.errno)
        logger.warning("mail %s not sent: %s %s", mail.pk, type(problem).__name__, code)
        return _named(problem)
    return None


def _named(problem: OSError) -> OrderMail.Problem:
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        return _Problem.LOGIN
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return _Problem.ADDRESS
    unreachable = (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected)
    if isinstance(problem, smtplib.SMTPException) and not isinstance(problem, unreachable):
        return _Problem.REFUSED
    return _Problem.NO_CONNECTION


@transaction.atomic
def mark_sent(mail: OrderMail) -> None:
    """It has gone out, whatever else is thought of it meanwhile."""
    mail = OrderMail.objects.select_for_update().get(pk=mail.pk)
    if mail.status == _Status.SENT:
        return
    mail.status = _Status.SENT
    mail.sent_at = timezone.now()
    mail.next_try_at = None
    mail.last_problem = ""
    mail.save(update_fields=["status", "sent_at", "next_try_at", "last_problem"])


@transaction.atomic
def mark_problem(mine: OrderMail, problem: OrderMail.Problem) -> datetime | None:
    """Note why it did not go; when to try again, or None when it is given up or not ours."""
    mail = OrderMail.objects.select_for_update().get(pk=mine.pk)
    # Came back too late: another worker has it, or even sent it.
    if (mail.status, mail.next_try_at) != (_Status.SENDING, mine.next_try_at):
        return None
    mail.last_problem = problem
    if mail.attempts >= MOST_ATTEMPTS:
        _close(mail, _Status.FAILED)
        return None
    mail.status = _Status.WAITING
    mail.next_try_at = timezone.now() + PAUSES[mail.attempts - 1]
    mail.save(update_fields=["status", "last_problem", "next_try_at"])
    return mail.next_try_at
