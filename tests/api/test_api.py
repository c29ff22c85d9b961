"""The public API: both languages, exact amounts, no maker, answers that can be cached."""

import json

import pytest

from catalog.models import Product
from ledger.services import install_chart
from tests.factories import catalog as make
from tests.factories.ledger import Books

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


def get(client, path: str, status: int = 200):
    response = client.get(f"{ROOT}/{path}")
    assert response.status_code == status, response.content
    return response.json()


@pytest.fixture
def chullo() -> Product:
    product = make.product(slug="fox-hat", name_es="Chullo Zorro", name_en="Fox hat")
    design = make.design({"cochineal": 40})
    make.variant(product, size="M", price="128.00", design=design, sku="CH-M")
    make.piece(make.variant(product, size="L", price="138.00", design=design, sku="CH-L"))
    return product


def test_the_description_names_every_address(client):
    api = get(client, "openapi.json")

    assert set(api["paths"]) == {
        f"{ROOT}/categories",
        f"{ROOT}/products",
        f"{ROOT}/products/{{slug}}",
        f"{ROOT}/pieces/{{tag}}",
        f"{ROOT}/open-book",
    }
    assert all(set(one) == {"get"} for one in api["paths"].values())


def test_the_list_tells_names_in_both_languages_and_the_lowest_price(client, chullo):
    answer = get(client, "products")

    assert (answer["count"], answer["page"], answer["pages"]) == (1, 1, 1)
    [item] = answer["items"]
    assert item["name"] == {"es": "Chullo Zorro", "en": "Fox hat"}
    assert item["path"]["en"] == "/en/shop/fox-hat/"
    assert item["price"] == {"amount": "128.00", "currency": "PEN"}
    assert (item["availability"]["kind"], item["availability"]["in_stock"]) == ("ready", 1)


def test_the_list_is_filtered_and_paged(client, chullo):
    make.variant(make.product(slug="puppet", category=make.shelf("puppets")), price="18.00")

    assert [one["slug"] for one in get(client, "products?category=puppets")["items"]] == ["puppet"]
    assert [one["slug"] for one in get(client, "products?q=zorros")["items"]] == ["fox-hat"]
    page = get(client, "products?page_size=1&page=2&sort=price")
    assert (page["pages"], [one["slug"] for one in page["items"]]) == (2, ["fox-hat"])
    assert get(client, "products?page=3", status=404) == {"detail": "There is no such page."}


@pytest.mark.parametrize("asked", ["page=0", "page_size=1000", "sort=x", "when=never", "page=x"])
def test_a_wrong_question_is_refused_by_its_field(client, asked):
    [mistake] = get(client, f"products?{asked}", status=422)["detail"]

    assert mistake["loc"][-1] == asked.partition("=")[0]


def test_a_product_tells_where_the_money_of_each_variant_goes(client, chullo):
    product = get(client, "products/fox-hat")

    medium, large = product["variants"]
    assert (medium["sku"], medium["size"], large["availability"]["kind"]) == ("CH-M", "M", "ready")
    amounts = [part["amount"]["amount"] for part in medium["where_the_money_goes"]]
    assert amounts == ["40.00", "0.00", "88.00"]


def test_what_is_not_sold_is_not_found(client, chullo):
    Product.objects.update(is_listed=False)

    assert "detail" in get(client, "products/fox-hat", status=404)
    assert "detail" in get(client, "products/n%00o", status=404)
    assert get(client, "products")["items"] == []


def test_a_piece_is_told_without_its_maker(client, chullo):
    piece = chullo.variants.get(sku="CH-L").pieces.get()

    answer = get(client, f"pieces/{piece.tag}")

    assert answer["name"]["en"] == "Fox hat"
    assert answer["motif"]["key"] == "zorro"
    assert answer["wool"][0]["colour"]["en"] == "cochineal"
    text = json.dumps(answer)
    assert piece.maker.name not in text
    assert piece.maker.code not in text
    assert str(piece.passed_on) not in text


def test_an_unknown_piece_is_not_found(client):
    assert "detail" in get(client, "pieces/ZZZZZZZZ", status=404)


def test_the_open_book_tells_totals_to_the_cent(client):
    books = Books()
    books.put_in_cash("150.00")
    books.earned("40.00")
    books.publish()

    book = get(client, "open-book")

    assert book["money"] == {"amount": "150.00", "currency": "PEN"}
    assert book["owed_to_members"]["amount"] == "40.00"
    assert "Rosa" not in json.dumps(book)


@pytest.mark.parametrize("path", ["categories", "products", "products/fox-hat", "open-book"])
def test_answers_can_be_cached_and_set_no_cookie(client, chullo, path):
    install_chart(chart="pe", currency="PEN")

    response = client.get(f"{ROOT}/{path}")

    assert "public" in response["Cache-Control"]
    assert "max-age=" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_is_read_only(client, chullo, method):
    assert getattr(client, method)(f"{ROOT}/products").status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_five_queries(client, count, django_assert_num_queries):
    for _number in range(count):
        make.piece(make.variant())

    with django_assert_num_queries(5):
        client.get(f"{ROOT}/products")
