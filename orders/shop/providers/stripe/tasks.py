"""Work with Stripe in the background. Each task fetches by id and calls one service."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from coop.kit.rounds import keep_going
from orders.shop.models import CardSession, ProviderEvent, Refund
from orders.shop.providers.stripe import handling, refunds, rounds, sync

#: When a message that could not be handled is looked at again, by how often it was.
_AGAIN = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]
#: Stripe closes a page at its hour; a little later it says so.
_AFTER_CLOSING = timedelta(seconds=90)
ROUND = timedelta(minutes=5)
_LOOK_BACK = timedelta(days=35)


@task()
def handle_event(event_id: int) -> None:
    """Do what follows from a message of Stripe; again later if it cannot be done yet."""
    event = ProviderEvent.objects.get(pk=event_id)
    if not handling.handle(event) and handle_event.get_backend().supports_defer:
        wait = _AGAIN[min(event.attempts, len(_AGAIN)) - 1]
        if event.attempts <= 3 * len(_AGAIN):
            handle_event.using(run_after=timezone.now() + wait).enqueue(event_id)


@task()
def send_refund(refund_id: int) -> None:
    """Ask Stripe for a refund. If it does not answer, the next round asks again."""
    refunds.send_kindly(Refund.objects.get(pk=refund_id))


@task()
def look_at_session(session_id: int) -> None:
    """The hour of a card page is over: was it paid?"""
    rounds.look_at(CardSession.objects.get(pk=session_id))


def look_again_after(row: CardSession) -> None:
    """Look at a page once more when its hour is over. Where tasks run at once, nothing is set."""
    if look_at_session.get_backend().supports_defer:
        after = row.expires_at + _AFTER_CLOSING
        look_at_session.using(run_after=after).enqueue(row.pk)


@task()
def compare_now() -> None:
    """Hold the books against Stripe, as `manage.py sync_stripe` does."""
    sync.sync(since=timezone.now() - _LOOK_BACK)


@task()
def look_after_cards() -> int:
    """A round: what was left lying. The next one is set first, so that a failing one ends nothing."""
    keep_looking(after=ROUND)
    return rounds.go_round()


def keep_looking(*, after: timedelta = timedelta(0)) -> bool:
    """Set the next round, unless one is set already; whether it was set."""
    return keep_going(look_after_cards, after=after)
