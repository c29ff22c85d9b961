"""Order by order: what she earned, what of it she was paid, what is owed. The oldest is paid first."""

import re

import pytest

from coop.kit.money import zero
from coop.portal.queries import orders_page, pay_of
from coop.portal.queries.orders import MOST_ORDERS, MOST_PIECES
from ledger import queries as books
from ledger.models import JournalEntry
from ledger.services import credit, debit, post_entry, reverse_entry
from orders.production.models import WorkOrder
from orders.production.services import deliver, pass_piece
from orders.shop.models import Order
from tests.factories.ledger import DAY, soles
from tests.factories.production import Workshop
from tests.factories.wool import reference
from tests.portal.test_pay import earn, pay


def sums(row) -> tuple[str, ...]:
    return tuple(str(one.amount) for one in (row.earned, row.paid, row.owed, row.to_come))


def page_of(workshop: Workshop, **asked):
    return orders_page(workshop.rosa, workshop.rosa.account, **asked)


def by_hand(workshop: Workshop, earned: str, taken_off: str = "") -> None:
    """Something on her account that no piece brought."""
    other, hers = books.account("finished_pieces"), workshop.rosa.account
    lines = (
        [debit(hers, soles(taken_off)), credit(other, soles(taken_off))]
        if taken_off
        else [debit(other, soles(earned)), credit(hers, soles(earned))]
    )
    post_entry(
        day=DAY,
        kind=JournalEntry.Kind.HAND,
        memo="",
        lines=lines,
        reference=reference(),
        created_by=workshop.treasurer,
    )


def test_what_is_paid_pays_the_oldest_order_first(workshop):
    """Five llamas of one order (40.00), then three of another (24.00). 44.00 are paid: the first
    order whole, of the second 4.00, half a llama; 20.00 are owed.
    """
    earn(workshop, 5)
    earn(workshop, 3)
    pay(workshop, "44.00")

    newest, oldest = page_of(workshop).rows

    assert sums(oldest) == ("40.00", "40.00", "0.00", "0.00")
    assert sums(newest) == ("24.00", "4.00", "20.00", "0.00")
    assert (newest.paid_pieces, newest.owed_pieces) == (0, 3)


def test_all_orders_and_the_rest_come_to_what_is_owed_to_her(workshop):
    by_hand(workshop, "10.00")
    earn(workshop, 5)
    by_hand(workshop, "7.35")
    earn(workshop, 3)
    by_hand(workshop, "", taken_off="2.20")
    pay(workshop, "11.17")

    page = page_of(workshop)

    parts = [*page.rows, page.rest]
    pay_ = pay_of(workshop.rosa.account)
    assert sum((one.owed for one in parts), zero()) == pay_.owed == soles("67.98")
    assert sum((one.paid for one in parts), zero()) == pay_.paid + soles("2.20")
    assert page.is_set_off


def test_work_that_goes_on_tells_what_is_still_to_earn(workshop):
    """Six llamas taken on for 8.00 each, two are good."""
    assignment = workshop.taken(6)
    for piece in deliver(assignment=assignment, quantity=2, actor=workshop.keeper, on=DAY):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    (row,) = page_of(workshop).rows

    assert sums(row) == ("16.00", "0.00", "16.00", "32.00")
    assert (row.owed_pieces, row.coming_pieces, row.count) == (2, 4, 6)


def test_what_was_undone_is_neither_earned_nor_paid(workshop):
    earn(workshop, 5)
    pay(workshop, "16.00")
    entry = JournalEntry.objects.filter(kind=JournalEntry.Kind.PIECE_PASSED).first()
    reverse_entry(entry=entry, reason="wrong design", day=DAY, actor=workshop.treasurer)

    (row,) = page_of(workshop).rows

    assert sums(row) == ("32.00", "16.00", "16.00", "0.00")
    assert (row.paid_pieces, row.owed_pieces) == (2, 2)


def test_a_payment_that_was_undone_is_owed_again(workshop):
    earn(workshop, 2)
    paid = pay(workshop, "16.00")
    reverse_entry(entry=paid, reason="not received", day=DAY, actor=workshop.treasurer)

    (row,) = page_of(workshop).rows

    assert sums(row) == ("16.00", "0.00", "16.00", "0.00")


def test_whoever_got_too_much_is_owed_nothing_for_any_order(workshop):
    earn(workshop, 2)
    by_hand(workshop, "", taken_off="20.00")

    (row,) = page_of(workshop).rows

    assert sums(row) == ("16.00", "16.00", "0.00", "0.00")


def test_an_order_of_several_designs_is_one_row(new_shop_and_knitter):
    _shop, member, order = new_shop_and_knitter

    (row,) = orders_page(member, member.account).rows

    assert row.order == order
    assert {one.variant.design_id for one in row.works} == {
        line.variant.design_id for line in order.lines.all()
    }
    assert len(row.shown) == 2


@pytest.fixture
def new_shop_and_knitter(new_shop):
    """A customer's order of two designs, knitted by one woman."""
    first, second = (new_shop.variant(one, "made", "20.00") for one in ("Gorro", "Bolso"))
    order: Order = new_shop.order((first, 1), (second, 2))
    new_shop.pay(order)
    for line in order.lines.all():
        new_shop.begin(WorkOrder.objects.get(reference=line.key))
    member = WorkOrder.objects.first().assignments.get().member
    return new_shop, member, order


def test_nobody_reads_the_orders_of_another(workshop, phone):
    earn(workshop, 2)

    page = phone(workshop.another().user).get("/m/earnings/orders/").content.decode()

    assert 'class="nothing"' in page
    assert "S/\xa0" not in page


def test_the_screen_draws_a_stitch_for_each_piece_and_says_how_it_stands(workshop, phone):
    earn(workshop, 3)
    pay(workshop, "8.00")

    client = phone(workshop.rosa.user)
    assert 'href="/m/earnings/orders/"' in client.get("/m/earnings/").content.decode()
    page = client.get("/m/earnings/orders/").content.decode()

    drawn = page.split('class="ordered__stitches"')[1].split("</summary>")[0]
    assert (drawn.count("stitch--paid"), drawn.count("stitch--owed")) == (1, 2)
    said = re.findall(r'data-words="([^"]*)"', page)
    assert any("una pieza Ya te pagaron dos piezas Te deben su pago" in one for one in said)
    assert page.count('class="lot__piece"') == 3
    outside = "".join(part.split("</details>")[-1] for part in page.split("<details"))
    assert "S/" not in outside


def test_a_buyer_is_named_and_a_customer_is_not(new_shop_and_knitter, phone):
    _shop, member, order = new_shop_and_knitter

    page = phone(member.user).get("/m/earnings/orders/").content.decode()

    assert "Para una clienta o un cliente" in page
    assert order.customer_name not in page


def test_many_orders_lead_on_and_cost_the_same_as_one(
    workshop, phone, django_assert_num_queries, django_assert_max_num_queries
):
    client = phone(workshop.rosa.user)
    earn(workshop, 1)
    with django_assert_max_num_queries(20) as one:
        client.get("/m/earnings/orders/")
    for _ in range(MOST_ORDERS):
        earn(workshop, 1)
    earn(workshop, MOST_PIECES + 2)
    with django_assert_num_queries(len(one)):
        first = client.get("/m/earnings/orders/").content.decode()

    assert first.count('class="ordered__stitches"') == MOST_ORDERS
    assert first.count('class="lot__piece"') == MOST_PIECES + MOST_ORDERS - 1
    assert "+ 2" in first
    [on] = re.findall(r'rel="next" href="(\?from=\d+)"', first)
    second = client.get(f"/m/earnings/orders/{on}").content.decode()
    assert second.count('class="ordered__stitches"') == 2
    for nonsense in ("x", "-1", 30 * "9", "²"):
        assert client.get("/m/earnings/orders/", {"from": nonsense}).status_code == 200


def test_the_phone_keeps_it_without_amounts(workshop, phone):
    earn(workshop, 3)
    pay(workshop, "8.00")

    kept = phone(workshop.rosa.user).get("/m/kept/").json()["pages"]["/m/earnings/orders/"]

    assert "stitch--paid" in kept
    assert "S/" not in kept
    assert "soles" not in kept
