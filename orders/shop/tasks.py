"""What the worker does for the shop in the background."""

from django_tasks import task

from orders.shop import outbox


@task()
def deliver_mail(mail_id: int) -> None:
    """Send an `OrderMail`; when it does not go, set the next try.

    Where tasks run at once (in tests) there is no later: the mail waits for the sweep.
    """
    again_at = outbox.deliver(mail_id)
    if again_at is not None and deliver_mail.get_backend().supports_defer:
        deliver_mail.using(run_after=again_at).enqueue(mail_id)
