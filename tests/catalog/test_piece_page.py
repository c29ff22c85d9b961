"""A piece's page says what it is, of which wool, how to care for it; never who, when, how much."""

import pytest

from tests.cms.html import Page as Html
from tests.factories import catalog as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece():
    design = make.design({"cochineal": 46, "cream": 40}, motif="zorro")
    product = make.product(slug="fox-hat", name_es="Chullo Zorro", name_en="Fox hat")
    return make.piece(make.variant(product, size="M", dye="indigo", design=design))


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_answers_in_both_languages(client, piece, language):
    response = client.get(f"/{language}/piece/{piece.tag}/")

    page = Html(response.content.decode())
    assert response.status_code == 200
    assert page.problems == []
    assert page.lang == language


def test_the_page_tells_what_it_is_and_of_which_wool(client, piece):
    html = client.get(f"/en/piece/{piece.tag}/").content.decode()

    for word in ("Fox hat", "M, indigo", "Passing fox", "cochineal", "cream", piece.tag):
        assert word in html
    assert "/en/shop/fox-hat/" in Html(html).links


def test_the_page_says_neither_who_nor_when_nor_what_this_one_cost(client, piece):
    html = client.get(f"/en/piece/{piece.tag}/").content.decode()

    maker = piece.maker
    for secret in (maker.name, maker.code, str(piece.passed_on.year), "45.00"):
        assert secret not in html
    assert "noindex" in html


def test_where_the_price_goes_is_told_by_design_the_same_for_every_piece(client, piece):
    other = make.piece(piece.variant)

    pages = [client.get(f"/en/piece/{one.tag}/").content.decode() for one in (piece, other)]

    for page in pages:
        assert "Where its price goes" in page
        assert "S/\u00a040.00" in page
    money = [page[page.index('class="hundred"') : page.index("Wool and care")] for page in pages]
    assert money[0] == money[1]


def test_a_tag_typed_in_small_letters_is_found(client, piece):
    response = client.get(f"/en/piece/{piece.tag.lower()}/")

    assert response["Location"] == f"/en/piece/{piece.tag}/"


def test_the_address_in_the_tag_leads_to_the_visitors_language(client, piece):
    response = client.get(f"/piece/{piece.tag}/", headers={"accept-language": "en"})

    assert response["Location"] == f"/en/piece/{piece.tag}/"


@pytest.mark.parametrize("tag", ["ZZZZZZZZ", "a%00b", "x" * 300])
def test_an_unknown_tag_is_said_kindly(client, tag):
    response = client.get(f"/en/piece/{tag}/")

    assert response.status_code == 404
    assert Html(response.content.decode()).problems == []
    assert "We do not know this tag" in response.content.decode()


def test_a_piece_that_did_not_pass_has_no_page(client):
    make.waiting_piece()

    assert client.get("/en/piece/None/").status_code == 404


def test_a_piece_of_a_product_no_longer_sold_keeps_its_page(client, piece):
    piece.variant.product.is_listed = False
    piece.variant.product.save()

    page = Html(client.get(f"/en/piece/{piece.tag}/").content.decode())

    assert "/en/shop/fox-hat/" not in page.links
