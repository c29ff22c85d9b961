"""The worker's daily task of the shop. Apart from `tasks`, which the services themselves use."""

from django_tasks import task

from orders.shop.services import forget_old_carts, release_unpaid


@task()
def sweep() -> None:
    """Let unpaid transfers go and forget old carts."""
    release_unpaid()
    forget_old_carts()
