"""What the worker does for the shop in the background."""

from django_tasks import task

from orders.shop import mail
from orders.shop.models import Order


@task()
def send_order_mail(order_id: int, notice: str) -> None:
    """Tell the customer of an order about `notice` (a `mail.Notice`)."""
    order = Order.objects.select_related("delivery").get(pk=order_id)
    mail.send(order, mail.Notice(notice))
