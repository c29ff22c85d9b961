"""A buyer's list as a file: all of it is ordered, or nothing."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from orders.production.models import WorkOrder
from orders.shop import wholesale_files
from orders.shop.errors import FileRefused, PricesChanged
from orders.shop.models import Order
from orders.shop.services import order_from_csv
from tests.factories.shop import Shop, findings, soles

TODAY = date(2026, 3, 10)


def problems(data: str | bytes, on: date = TODAY) -> list[str]:
    """What is wrong with a file."""
    raw = data if isinstance(data, bytes) else data.encode()
    return [str(one) for one in wholesale_files.read(raw, on=on).problems]


@pytest.fixture
def animals(shop: Shop) -> Shop:
    """A fox and a llama in two colours, sold wholesale under codes that tests can type."""
    for name, code in (("Fox", "FOX"), ("Llama", "LLAMA")):
        variant = shop.variant(name, "stock", "20.00", wholesale="15.00")
        variant.sku = f"{code}-1"
        variant.save()
        design = variant.design
        design.code = code
        design.save()
    variant.pk, variant.sku, variant.size = None, "LLAMA-2", "L"
    variant.save()
    return shop


def test_a_list_is_ordered_at_the_buyers_prices(animals: Shop) -> None:
    hotel = animals.buyer()
    day = animals.day + timedelta(days=30)

    order = order_from_csv(
        buyer=hotel,
        data=f"design,quantity,date\nFOX,25,{day}\nLLAMA-2,3,{day:%d/%m/%Y}\n".encode(),
        reference="csv:1",
        actor=hotel.user,
    )

    assert (order.kind, order.method, order.status) == ("wholesale", "terms", "confirmed")
    assert (order.total, order.wanted_on) == (soles("420.00"), day)
    assert [line.quantity for line in order.lines.all()] == [25, 3]
    assert {work.due_on for work in WorkOrder.objects.all()} == {day}
    assert findings() == []


def test_each_line_keeps_its_own_day(animals: Shop) -> None:
    hotel = animals.buyer()
    first, last = animals.day + timedelta(days=20), animals.day + timedelta(days=50)

    order = order_from_csv(
        buyer=hotel,
        data=f"design,quantity,date\nFOX,25,{first}\nLLAMA-2,3,{last}\n".encode(),
        reference="csv:1",
        actor=hotel.user,
    )

    assert [line.wanted_on for line in order.lines.all()] == [first, last]
    assert [work.due_on for work in WorkOrder.objects.order_by("due_on")] == [first, last]
    assert order.wanted_on == last


def test_confirmed_twice_it_is_one_order(animals: Shop) -> None:
    hotel = animals.buyer()
    data = f"design,quantity,date\nFOX,25,{animals.day}\n".encode()

    first = order_from_csv(buyer=hotel, data=data, reference="csv:1", actor=hotel.user)
    again = order_from_csv(buyer=hotel, data=data, reference="csv:1", actor=hotel.user)

    assert again == first
    assert Order.objects.count() == 1


def test_a_sum_that_changed_since_it_was_shown_is_refused(animals: Shop) -> None:
    hotel = animals.buyer()
    data = f"design,quantity,date\nFOX,2,{animals.day}\n".encode()

    with pytest.raises(PricesChanged):
        order_from_csv(
            buyer=hotel,
            data=data,
            reference="csv:1",
            actor=hotel.user,
            seen_total_minor=2999,
        )

    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        "design,quantity,date\nFOX,25,2026-04-01\n",
        "design;quantity;date\r\nFOX;25;01/04/2026\r\n",
        "design\tquantity\tdate\nfox\t25\t1.4.2026\n",
        "\ufeffFecha;Cantidad;Diseño;;\n2026-04-01;25; Fox ;;\n;;;;\n",
        "quantity,design,date\n+25,FOX-1,2026-4-1\nLLAMA-1,,\n".replace("LLAMA-1,,", ",LLAMA-1,"),
    ],
)
def test_files_as_spreadsheets_write_them_are_read(animals: Shop, data: str) -> None:
    reading = wholesale_files.read(data.encode(), on=TODAY)

    assert reading.problems == []
    (one,) = reading.wanted
    assert (one.variant.sku, one.quantity, one.wanted_on) == ("FOX-1", 25, date(2026, 4, 1))


def test_latin_1_is_read(animals: Shop) -> None:
    data = "diseño;cantidad;fecha\nFOX;25;2026-04-01\n".encode("latin-1")

    assert wholesale_files.read(data, on=TODAY).is_good


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("GOAT,25,2026-04-01", "Line 3: “GOAT” is not in your price list."),
        ("FOX,-25,2026-04-01", "Line 3: the quantity -25 is not possible"),
        ("FOX,0,2026-04-01", "Line 3: the quantity 0 is not possible"),
        ("FOX,99999999,2026-04-01", "Line 3: the quantity is too large"),
        ("FOX,99999999999999999999,2026-04-01", "Line 3: the quantity is too large"),
        ("FOX,-99999999999999999999,2026-04-01", "Line 3: the quantity -99999999999999999999 is"),
        ("FOX,2.5,2026-04-01", "Line 3: “2.5” is not a whole number"),
        ("FOX,NaN,2026-04-01", "Line 3: “NaN” is not a whole number"),
        ("FOX,1e3,2026-04-01", "Line 3: “1e3” is not a whole number"),
        ("FOX,٣,2026-04-01", "Line 3: “٣” is not a whole number"),
        ("FOX,many,2026-04-01", "Line 3: “many” is not a whole number"),
        ("FOX,,2026-04-01", "Line 3: the quantity is missing."),
        ("FOX,25,2026-03-09", "Line 3: the date 2026-03-09 has passed."),
        ("FOX,25,2036-03-09", "Line 3: the date 2036-03-09 is more than two years away."),
        ("FOX,25,2026-02-30", "Line 3: “2026-02-30” is not a date."),
        ("FOX,25,soon", "Line 3: “soon” is not a date."),
        ("FOX,25,", "Line 3: the date is missing."),
        (",25,2026-04-01", "Line 3: the design is missing."),
        ("LLAMA,25,2026-04-01", "Line 3: “LLAMA” comes in several: write which one, LLAMA-1, LLA"),
        ("FOX,25,2026-04-01,hello", "Line 3: there are more cells than columns."),
        ("LLAMA-2,1,2026-04-01", "Line 3: LLAMA-2 stands already in line 2."),
    ],
)
def test_a_mistake_is_named_with_its_line(animals: Shop, line: str, sentence: str) -> None:
    (found,) = problems(f"design,quantity,date\nLLAMA-2,5,2026-04-01\n{line}\n")

    assert found.startswith(sentence)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \n\n", "The file is empty."),
        (b"design,quantity,date\n", "The file has no lines to order."),
        (b"design,quantity,date\nFOX-1,,\n", "No quantity is filled in."),
        (b"design,quantity\nFOX,1\n", "The first line must name the columns"),
        (b"design,quantity,date,taste\nFOX,1,2026-04-01,sweet\n", "The column “taste” is not"),
        (b"design,design,date\nFOX,1,2026-04-01\n", "The column “design” is not known"),
        (b"FOX,25,2026-04-01\n", "The column “FOX” is not known"),
        (b"PK\x03\x04\x00\x00zip", "This is not a text file."),
        (b"\x89PNG\r\n\x1a\n\x00", "This is not a text file."),
        (b"design,quantity,date\n" + b"x" * 200_000, "The file is too big: 200 kB at most."),
        (b"design,quantity,date\n" + b"FOX,1,2026-04-01\n" * 501, "The file has more than 500"),
        (b'design,quantity,date\n"FOX,1,2026-04-01\n', "Line 2 cannot be read."),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(animals: Shop, data: bytes, sentence: str) -> None:
    (found,) = problems(data)

    assert found.startswith(sentence)


def test_every_mistake_is_named_at_once_and_nothing_is_ordered(animals: Shop) -> None:
    hotel = animals.buyer()
    day = animals.day + timedelta(days=3)

    with pytest.raises(FileRefused) as refused:
        order_from_csv(
            buyer=hotel,
            data=f"design,quantity,date\nFOX,5,{day}\nGOAT,x,never\nLLAMA-1,-1,{day}\n".encode(),
            reference="csv:1",
            actor=hotel.user,
        )

    assert [one.split(":")[0] for one in refused.value.problems] == [
        "Line 3",
        "Line 3",
        "Line 3",
        "Line 4",
    ]
    assert not Order.objects.exists()
    assert not WorkOrder.objects.exists()


def test_retail_only_and_one_of_a_kind_are_not_on_the_list(animals: Shop) -> None:
    skus = [variant.sku for variant in wholesale_files.price_list()]

    assert animals.puppet.sku in skus
    assert animals.chullo.sku not in skus
    assert animals.shawl.sku not in skus


def test_the_file_to_fill_in_works_when_filled_in(animals: Shop) -> None:
    filled = wholesale_files.template().replace("FOX-1;;;", "FOX-1;25;2026-04-01;")

    reading = wholesale_files.read(filled.encode(), on=TODAY)

    assert reading.problems == []
    assert [(one.variant.sku, one.quantity) for one in reading.wanted] == [("FOX-1", 25)]


def test_the_file_to_fill_in_says_what_each_code_is_in_the_language_of_the_reader(
    animals: Shop,
) -> None:
    with translation.override("es"):
        spanish = wholesale_files.template()
        (refused,) = problems("diseño;cantidad;sabor\nFOX;1;dulce\n")

    heading, *lines = spanish.removeprefix("\ufeff").splitlines()
    assert heading == "diseño;cantidad;fecha;nombre;talla;color;precio"
    assert "FOX-1;;;Fox;;;S/\xa015.00" in lines
    assert "diseño, cantidad, fecha" in refused
    with translation.override("es"):
        filled = spanish.replace("FOX-1;;", "FOX-1;25;2026-04-01")
        assert wholesale_files.read(filled.encode(), on=TODAY).is_good


def test_a_long_list_is_read_in_one_query(animals: Shop, django_assert_num_queries) -> None:
    data = "design,quantity,date\nFOX,1,2026-04-01\nLLAMA-1,1,2026-04-01\nLLAMA-2,1,2026-04-01\n"

    for lines in (2, 4):
        with django_assert_num_queries(1):
            wholesale_files.read("\n".join(data.split("\n")[:lines]).encode(), on=TODAY)
