"""The open book says for what somebody paid: a hotel by its name, a customer never."""

from django.utils import translation

from coop.kit.money import format_money
from ledger import queries as ledger
from ledger.models import JournalEntry
from orders.shop.models import Order, OrderLine
from orders.shop.services import order_for_buyer, ship_order
from orders.shop.telling import of_order, things_of
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


def names(order: Order) -> list[str]:
    return [one.description_en for one in order.lines.order_by("pk")]


def test_several_things_are_counted_and_said_the_most_first(shop: Shop) -> None:
    order = sold(shop, (shop.chullo, 1), (shop.puppet, 2))

    [paid] = told(Kind.DEPOSIT_RECEIVED)

    chullo, puppet = names(order)
    assert paid.endswith(f" in advance for 3 pieces (2 × {puppet}; 1 × {chullo}).")


def test_of_many_things_the_most_are_said_and_the_rest_counted() -> None:
    lines = [OrderLine(quantity=10 + one, description_en=f"Thing {one}") for one in range(9)]

    with translation.override("en"):
        what = things_of(lines)

    named = "; ".join(f"{10 + one} × Thing {one}" for one in (8, 7, 6, 5, 4, 3))
    assert what == f"126 pieces ({named} and 33 more)"


def test_two_lines_of_one_thing_are_one_number() -> None:
    lines = [OrderLine(quantity=one, description_en="Llama") for one in (200, 100)]

    with translation.override("en"):
        assert things_of(lines) == "300 × Llama"


def test_each_thing_of_an_order_of_several_finds_it_in_either_language(shop: Shop) -> None:
    order = sold(shop, (shop.chullo, 1), (shop.puppet, 2))
    line = order.lines.first()
    assert line is not None
    type(line).objects.filter(pk=line.pk).update(description_es="Zorrito", description_en="Foxlet")

    for words in ("zorrito", "foxlets"):
        found = ledger.looking_for(ledger.entries(), words)
        assert {one.kind for one in found} >= {Kind.DEPOSIT_RECEIVED, Kind.SALE}, words
    assert not ledger.looking_for(ledger.entries(), "vicuñita")


def test_all_entries_of_an_order_are_found_by_it_and_no_others(shop: Shop) -> None:
    order, other = sold(shop, (shop.puppet, 2)), sold(shop, (shop.puppet, 1))

    found = ledger.about(ledger.entries(), of_order(order.pk))

    assert {one.kind for one in found} >= {Kind.DEPOSIT_RECEIVED, Kind.SALE, Kind.COST_OF_SALE}
    assert {one.reference.split(":")[1] for one in found} == {str(order.pk)}
    assert other.pk != order.pk


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
