"""The worker's own rounds of the shop. Apart from `tasks`, which the services themselves use."""

from datetime import timedelta

from django_tasks import task

from coop.kit.chores import do_daily, forget_old_task_results
from coop.kit.rounds import keep_going
from orders.shop import outbox
from orders.shop.services import forget_old_carts, release_unpaid
from orders.shop.tasks import deliver_mail

MAILS_EVERY = timedelta(minutes=5)


@task()
def sweep() -> None:
    """Forget what tasks left behind long ago, and old carts; let unpaid transfers go (last: in a
    house without rules yet that is refused).
    """
    forget_old_task_results()
    forget_old_carts()
    do_daily()
    release_unpaid()


@task()
def sweep_mails() -> int:
    """Queue the mails that should have gone out and did not: their task was lost, or its worker
    was killed; how many. The next round is set first, so that a round that fails does not end
    the series. One that is queued twice is still sent once.
    """
    keep_sweeping_mails(after=MAILS_EVERY)
    late = list(outbox.due())
    for mail_id in late:
        deliver_mail.enqueue(mail_id)
    return len(late)


def keep_sweeping_mails(*, after: timedelta = timedelta(0)) -> bool:
    """Set the next round, unless one is set already; whether it was set."""
    return keep_going(sweep_mails, after=after)
