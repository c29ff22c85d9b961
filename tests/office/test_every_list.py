"""Every list of the office: sorted by its heads, narrowed by its address, taken away safely."""

import csv
import re
from html import unescape
from io import StringIO

import pytest
from django.test import Client

from coop.members.models import Member
from coop.wool.models import WoolLot
from tests.factories import catalog as make
from tests.factories.members import member, settlement
from tests.factories.office import browser, browser_of
from tests.factories.shop import Shop
from tests.factories.wool import Store

pytestmark = pytest.mark.django_db

WOOL = "/office/wool/"
MEMBERS, TAGS = "/office/members/", "/office/tags/"
#: The list, who reads it, and how a search narrows it.
LISTS = (
    (MEMBERS, "secretary", "words=T-0"),
    (TAGS, "checker", "q=zzz"),
    (WOOL, "storekeeper", "of=wool"),
    (f"{WOOL}lots/", "storekeeper", "words=zzz"),
    (f"{WOOL}members/", "storekeeper", "words=zzz"),
    ("/office/shop/orders/", "secretary", "search=zzz"),
    ("/office/work/", "secretary", "search=zzz"),
    ("/office/ledger/payments/all/", "treasurer", "who=zzz"),
)


def table(client: Client, address: str) -> list[list[str]]:
    """The rows that a spreadsheet opens, without their head."""
    answer = client.get(address)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))[1:]


def names(client: Client, query: str) -> list[str]:
    return [row[1] for row in table(client, f"{MEMBERS}?as=csv&{query}")]


@pytest.mark.parametrize(("address", "role", "search"), LISTS)
def test_its_heads_sort_and_keep_what_was_looked_for(address: str, role: str, search: str) -> None:
    store = Store()
    store.issue(store.lot(), 100)
    make.piece()
    client = browser("Somebody", role)

    page = client.get(f"{address}?{search}").content.decode()
    heads = re.findall(r'class="office-sort" href="([^"]+)"', page)
    if not heads:  # nothing found: the heads stand above the rows that there are
        page = client.get(address).content.decode()
        heads = re.findall(r'class="office-sort" href="([^"]+)"', page)
    assert len(heads) >= 3 or "office-empty" in page

    for head in heads:
        assert client.get(address + unescape(head)).status_code == 200
    taken = re.search(r'href="(\?[^"]*as=csv)"', client.get(f"{address}?{search}").content.decode())
    assert taken
    assert search in unescape(taken[1])
    assert client.get(address + unescape(taken[1]))["Content-Type"].startswith("text/csv")


def test_members_are_sorted_and_narrowed() -> None:
    member("T-01", name="Zoila", place=settlement("Alto"))
    member("T-02", name="Ana", place=settlement("Bajo"), kind=Member.Kind.HONORARY)
    client = browser("Secretaria", "secretary")

    assert names(client, "sort=name") == ["Ana", "Zoila"]
    assert names(client, "sort=-name") == ["Zoila", "Ana"]
    assert names(client, "sort=settlement") == ["Zoila", "Ana"]
    assert names(client, "sort=password") == ["Zoila", "Ana"]
    assert names(client, "kind=honorary") == ["Ana"]
    # What makes no sense narrows nothing, and the rest still holds.
    assert names(client, "settlement=999&words=ana") == ["Ana"]


def test_a_new_search_keeps_the_order() -> None:
    member("T-01")

    page = browser("Secretaria", "secretary").get(f"{MEMBERS}?sort=-name").content.decode()

    assert '<input type="hidden" name="sort" value="-name">' in page


def test_tags_are_found_by_day_and_say_no_name() -> None:
    piece = make.piece()
    client = browser("Calidad", "checker")

    day = piece.passed_on
    assert [row[0] for row in table(client, f"{TAGS}?as=csv&since={day}")] == [piece.tag]
    assert table(client, f"{TAGS}?as=csv&until=2001-01-01") == []
    assert piece.maker.name not in client.get(f"{TAGS}?as=csv").content.decode()


def test_lots_are_those_that_are_left_unless_all_are_asked_for() -> None:
    store = Store()
    used, left = store.lot(), store.lot(colour_key="indigo")
    store.issue(used, used.store_g)
    keeper = browser_of(store.keeper)

    codes = [row[0] for row in table(keeper, f"{WOOL}lots/?as=csv")]
    every = [row[0] for row in table(keeper, f"{WOOL}lots/?as=csv&show=all&sort=lot")]

    assert codes == [left.code]
    assert every == sorted([used.code, left.code])
    of_one = table(keeper, f"{WOOL}lots/?as=csv&colour={left.colour_id}&yarn={left.yarn_id}")
    assert [row[0] for row in of_one] == [left.code]


def test_the_heaps_of_wool_are_sorted_by_weight() -> None:
    store = Store()
    light, heavy = store.lot(), store.lot(colour_key="indigo")
    store.issue(light, 500)

    rows = table(browser_of(store.keeper), f"{WOOL}?as=csv&sort=-store")

    assert [row[1] for row in rows] == [str(heavy.colour), str(light.colour)]


def test_a_sellers_name_is_no_formula() -> None:
    store = Store()
    lot = store.lot()
    WoolLot.objects.filter(pk=lot.pk).update(supplier='=HYPERLINK("http://x.example")')

    (row,) = table(browser_of(store.keeper), f"{WOOL}lots/?as=csv")

    assert row[3] == '\'=HYPERLINK("http://x.example")'


def test_movements_are_narrowed_by_kind_and_name() -> None:
    store = Store()
    store.issue(store.lot(), 100)
    keeper = browser_of(store.keeper)

    assert len(table(keeper, f"{WOOL}movements/?as=csv")) == 2
    assert [row[2] for row in table(keeper, f"{WOOL}movements/?as=csv&kind=issued")] == ["100"]
    assert table(keeper, f"{WOOL}movements/?as=csv&words=zzz") == []


def test_the_table_of_orders_tells_our_day_from_the_customers_and_what_is_still_open(
    shop: Shop,
) -> None:
    order = shop.order((shop.chullo, 1))
    shop.president.language = "es"
    shop.president.save()

    answer = browser_of(shop.president).get("/office/shop/orders/?as=csv")

    head, row = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    told = dict(zip(head, row, strict=True))
    assert 'filename="pedidos.csv"' in answer["Content-Disposition"]
    assert {"Prometido por nosotras para el", "La clienta lo quiere para el"} <= set(head)
    assert told["Falta pagar"] == str(order.outstanding.amount)
