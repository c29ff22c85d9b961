"""The open book says for what somebody paid: a hotel by its name, a customer never."""

from django.utils import translation

from coop.kit.money import format_money
from ledger import queries as ledger
from ledger.models import JournalEntry
from orders.shop.models import Order
from orders.shop.services import order_for_buyer, ship_order
from orders.shop.values import Wanted
from tests.factories.shop import Shop

Kind = JournalEntry.Kind


def told(kind: str) -> list[str]:
    with translation.override("en"):
        return list(ledger.described(ledger.entries(kind=kind)).values())


def sold(shop: Shop, *wanted: tuple[object, int]) -> Order:
    for variant, quantity in wanted:
        shop.knit(variant, quantity)
    order = shop.order(*wanted)
    shop.pay(order)
    order.refresh_from_db()
    ship_order(order=order, actor=shop.president)
    return order


def test_a_customer_is_not_named_and_what_she_bought_is(shop: Shop) -> None:
    order = sold(shop, (shop.puppet, 2))

    [paid] = told(Kind.DEPOSIT_RECEIVED)
    [sale] = told(Kind.SALE)

    what = f"2 × {order.lines.get().description_en}"
    assert paid == f"A customer paid {format_money(order.total)} in advance for {what}."
    assert sale.startswith(f"Sold and sent: {what}, for ")
    assert order.customer_name not in paid + sale


def test_several_things_are_counted(shop: Shop) -> None:
    sold(shop, (shop.puppet, 2), (shop.chullo, 1))

    [paid] = told(Kind.DEPOSIT_RECEIVED)

    assert paid.endswith(" in advance for 3 pieces.")


def test_a_hotel_is_named(shop: Shop) -> None:
    hotel = shop.buyer("Hotel Libertador")
    order = order_for_buyer(
        buyer=hotel, wanted=[Wanted(shop.puppet, 5, 1200)], reference="h:1", actor=hotel.user
    )
    shop.pay(order, "10.00")

    [paid] = told(Kind.DEPOSIT_RECEIVED)

    assert paid.startswith("Hotel Libertador paid S/\xa010.00 in advance for 5 × ")


def test_a_page_of_entries_costs_the_same_whatever_it_tells(
    shop: Shop, django_assert_max_num_queries
) -> None:
    sold(shop, (shop.puppet, 1))
    with django_assert_max_num_queries(9) as once:
        told("")
    for _number in range(3):
        sold(shop, (shop.puppet, 1))
    with django_assert_max_num_queries(len(once)):
        told("")
