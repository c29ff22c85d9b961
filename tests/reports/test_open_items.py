"""Who owes what and whose hands money is in: the parts of a balance, as the floors above tell them."""

from datetime import timedelta

import pytest
from django.utils import translation

from coop.kit import days
from ledger.models import JournalEntry
from ledger.queries import account
from ledger.reports.asked import Asked
from ledger.reports.statements import STATEMENTS
from ledger.reports.statements.places import money_places_with_holders
from ledger.services import open_account
from orders.shop.open_items import orders_on_account
from orders.shop.services import Wanted, order_for_buyer, ship_order
from tests.factories.ledger import DAY, Books, person, soles
from tests.factories.shop import Shop

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


def cells(key: str, **asked) -> dict[object, tuple]:
    return {row.cells[0]: row.cells[1:] for row in STATEMENTS[key].build(Asked(**asked)).rows}


def test_debts_are_aged_by_the_newest_that_are_open(books: Books):
    """Rosa earned 10 long ago, 20 in the time between, 40 now, and was paid 25: oldest first."""
    for amount, ago in (("10", 200), ("20", 45), ("40", 5)):
        books.earned(amount, day=DAY - timedelta(days=ago))
    books.put_in_cash("100")
    books.pay("25")
    told = cells("payables", until=DAY)
    # Open 45: all of the newest 40, and 5 of the 20 that are 45 days old.
    assert told["Rosa"] == (soles("45"), soles("40"), soles("5"), None, None)
    before = cells("payables", until=DAY - timedelta(days=1))
    assert before["Rosa"] == (soles("70"), soles("40"), soles("20"), None, soles("10"))


def test_who_was_paid_too_much_stands_with_a_minus(books: Books):
    books.put_in_cash("100")
    books.post(books.rosas, "supplier", "8")
    told = cells("payables", until=DAY)
    assert told["Rosa"] == (soles("-8"), soles("-8"), None, None, None)


def test_every_place_says_who_holds_it(books: Books):
    keeper = person("Justina", "treasurer")
    box = open_account(
        code="1011.2",
        name_es="Caja de la feria",
        name_en="Fair box",
        kind="asset",
        currency="PEN",
        holder=keeper,
        is_money=True,
    )
    books.put_in_cash("100")
    books.post(box, "cash", "30", kind=Kind.TRANSFER)
    books.post("trip_advances", "supplier", "50")
    with translation.override("en"):
        places = money_places_with_holders(DAY)
        names = [one.name for one in places]
    assert names == ["Cash box", "Fair box", "Advances to account for"]
    assert [(one.account.code, one.holder, one.amount) for one in places] == [
        ("1011", "", soles("70")),
        ("1011.2", "Justina", soles("30")),
        ("1413", "", soles("50")),
    ]
    with translation.override("en"):
        told = cells("places", until=DAY)
    assert told["All our money"][-1] == soles("150")
    assert money_places_with_holders(DAY - timedelta(days=1)) == []


def test_a_hotel_that_pays_later_is_named_with_its_order(shop: Shop):
    buyer = shop.buyer()
    shop.knit(shop.puppet, 5)
    order = order_for_buyer(
        buyer=buyer,
        wanted=[Wanted(shop.puppet, 5, 1200)],
        reference="hotel:1",
        actor=buyer.user,
    )
    ship_order(order=order, actor=shop.president)
    order.refresh_from_db()
    receivable, today = account("receivable"), days.today()

    (item,) = orders_on_account(receivable, today)
    assert (item.who, item.amount) == (str(buyer), order.outstanding)
    assert item.due == today + timedelta(days=buyer.terms_days)
    told = cells("receivables")
    assert any(str(buyer) in str(name) for name in told)

    shop.pay(order)
    assert list(orders_on_account(receivable, today)) == []
