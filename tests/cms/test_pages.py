"""Every public page answers in both languages, works without script, and asks nobody else."""

import json
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from wagtail.models import Locale, Page, Site

from catalog.models import Product
from cms import shop_list
from cms.models import CooperativeSettings, HomePage, ShopPage, TextPage
from cms.services import House, build_site
from tests.cms.html import Page as Html
from tests.factories import catalog as make

pytestmark = pytest.mark.django_db
LANGUAGES = ("es", "en")


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Wagtail keeps the tree's root paths in the cache, which outlives a test's database."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def goods() -> Product:
    """A chullo in two sizes and two colours, one of them ready, and its shelf."""
    product = make.product(Product.Kind.TO_ORDER, slug="star-chullo")
    design = make.design({"cochineal": 40})
    for size in ("M", "L"):
        for dye in ("cochineal", "indigo"):
            make.variant(product, size=size, dye=dye, design=design, sku=f"CH-{size}-{dye[:3]}")
    make.piece(product.variants.get(sku="CH-L-ind"))
    return product


def see(client: Client, path: str, status: int = 200) -> Html:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    html = Html(response.content.decode())
    assert html.problems == [], path
    return html


# An empty house ----------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "shop/", "open-book/", "account/login/", "account/signup/"])
def test_an_empty_house_answers_in_both_languages(client, language, path):
    page = see(client, f"/{language}/{path}")

    assert page.lang == language
    assert page.title


def test_the_first_address_leads_to_the_visitors_language(client):
    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/en/"
    assert client.get("/", headers={"accept-language": "qu"})["Location"] == "/es/"


def test_there_is_one_site_with_a_tree_for_each_language():
    assert Page.find_problems() == ([], [], [], [], [])
    assert Site.objects.get().root_page.specific == HomePage.objects.get(locale__language_code="es")
    homes, shops = HomePage.objects.all(), ShopPage.objects.all()
    assert len({one.translation_key for one in homes}) == 1
    assert len({one.translation_key for one in shops}) == 1
    assert {one.get_parent().specific for one in shops} == set(homes)


# Building the site -------------------------------------------------------------------------
HOUSE = House(name="Mink’a Titilaca", place_es="Puno, Perú", place_en="Puno, Peru", email="a@b.pe")


def test_a_built_site_has_its_pages_in_both_languages(client):
    build_site(house=HOUSE)

    assert Page.find_problems() == ([], [], [], [], [])
    for path in ("/es/como-trabajamos/", "/en/how-we-work/", "/es/visitanos/", "/en/visit-us/"):
        assert see(client, path).lang == path[1:3]
    assert "Puno, Peru" in client.get("/en/").content.decode()


def test_building_twice_changes_nothing_that_an_editor_wrote():
    build_site(house=HOUSE)
    home = HomePage.objects.get(locale__language_code="en")
    home.heading = "Our own words"
    home.save_revision().publish()
    before = Page.objects.count()

    build_site(house=House(name="Other", email="c@d.pe"))

    home.refresh_from_db()
    assert home.heading == "Our own words"
    assert Page.objects.count() == before
    assert CooperativeSettings.for_site(Site.objects.get()).name == "Mink’a Titilaca"


# Languages ---------------------------------------------------------------------------------
def switch(page: Html, language: str) -> set[str]:
    return {link for link in page.links if link.startswith(f"/{language}/")}


def test_the_language_switch_keeps_the_page(client, goods):
    build_site()
    for here, there in [
        ("/es/", "/en/"),
        ("/es/shop/", "/en/shop/"),
        ("/es/shop/star-chullo/", "/en/shop/star-chullo/"),
        ("/en/how-we-work/", "/es/como-trabajamos/"),
        ("/es/open-book/", "/en/open-book/"),
        ("/en/account/login/", "/es/account/login/"),
        ("/es/shop/?category=chullos", "/en/shop/?category=chullos"),
    ]:
        assert there in see(client, here).links, here


def test_the_switch_works_on_a_missing_page_too(client):
    assert "/en/nothing/here/" in see(client, "/es/nothing/here/", status=404).links


def test_a_page_without_translation_leads_to_the_first_page(client):
    home = HomePage.objects.get(locale__language_code="es")
    home.add_child(instance=TextPage(title="Sola", slug="sola", locale=Locale.get_default()))

    assert "/en/" in see(client, "/es/sola/").links


def test_machines_are_told_of_both_languages(client, goods):
    html = client.get("/es/shop/star-chullo/?variant=CH-M-ind").content.decode()

    base = "http://127.0.0.1:8000"
    assert f'<link rel="canonical" href="{base}/es/shop/star-chullo/">' in html
    assert f'hreflang="es" href="{base}/es/shop/star-chullo/">' in html
    assert f'hreflang="en" href="{base}/en/shop/star-chullo/">' in html


# The menu ----------------------------------------------------------------------------------
def test_the_menu_comes_from_the_tree_with_the_open_book_after_the_shop(client):
    build_site()

    links = see(client, "/en/").links

    menu = ["/en/shop/", "/en/open-book/", "/en/how-we-work/", "/en/visit-us/"]
    assert links[links.index("/en/shop/") :][:4] == menu


def test_a_page_taken_out_of_the_menu_is_no_longer_in_it(client):
    build_site()
    page = TextPage.objects.get(slug="visit-us")
    page.show_in_menus = False
    page.save_revision().publish()

    assert "/en/visit-us/" not in see(client, "/en/").links


# The shop ----------------------------------------------------------------------------------
def test_the_list_is_searched_filtered_and_sorted_by_its_address(client, goods):
    make.variant(make.product(name_en="Fox puppet", slug="fox", category=make.shelf("puppets")))

    assert "/en/shop/fox/" in see(client, "/en/shop/?q=FOXES puppet").links
    assert "/en/shop/star-chullo/" not in see(client, "/en/shop/?q=fox").links
    assert "/en/shop/fox/" not in see(client, "/en/shop/?category=chullos").links
    assert "/en/shop/fox/" in see(client, "/en/shop/?sort=price&when=to_order").links


@pytest.mark.parametrize(
    "nonsense", ["?page=x", "?page=999", "?page=-1", "?sort=a&when=b&category=c", "?q=%00%FF"]
)
def test_nonsense_in_the_address_is_read_as_no_wish(client, goods, nonsense):
    assert "/en/shop/star-chullo/" in see(client, f"/en/shop/{nonsense}").links


def test_what_was_searched_stands_in_the_field_escaped(client):
    html = client.get("/en/shop/", {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in html
    assert "Nothing here answers that" in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(client, count, django_assert_num_queries):
    for _number in range(count):
        product = make.product()
        for size in "SM":
            make.piece(make.variant(product, size=size))
    client.get("/en/shop/")

    with django_assert_num_queries(LIST_QUERIES):
        client.get("/en/shop/")


# Wagtail finds the page in eight, the frame takes three, the list itself five.
LIST_QUERIES = 17


# A product ---------------------------------------------------------------------------------
def test_a_product_shows_the_first_that_is_for_sale_and_leads_to_the_others(client, goods):
    page = see(client, "/en/shop/star-chullo/")

    assert "?variant=CH-L-coc" in page.links
    assert "?variant=CH-M-ind" in page.links


def test_choosing_a_colour_keeps_the_size(client, goods):
    html = client.get("/en/shop/star-chullo/?variant=CH-L-coc").content.decode()

    assert 'href="?variant=CH-L-ind"' in html
    assert 'href="?variant=CH-M-coc"' in html
    variant = goods.variants.get(sku="CH-L-coc")
    assert f'name="variant" value="{variant.pk}"' in html


def test_an_unknown_variant_is_read_as_none_chosen(client, goods):
    assert client.get("/en/shop/star-chullo/?variant=NOPE").status_code == 200


def test_a_product_that_is_not_in_the_shop_is_not_found(client, goods):
    Product.objects.update(is_listed=False)

    assert see(client, "/es/shop/star-chullo/", status=404)
    assert see(client, "/es/shop/none/", status=404)


def test_the_page_says_where_the_money_goes_to_the_cent(client, goods):
    html = client.get("/en/shop/star-chullo/").content.decode()

    assert "Where your money goes" in html
    assert "S/\u00a040.00" in html
    assert "S/\u00a060.00" in html


def test_a_one_of_a_kind_that_is_gone_cannot_be_put_into_a_cart(client):
    make.variant(make.product(Product.Kind.UNIQUE, slug="shawl"))

    html = client.get("/en/shop/shawl/").content.decode()

    assert "Sold out" in html
    assert 'name="variant"' not in html


@pytest.mark.parametrize("count", [1, 3])
def test_a_product_costs_the_same_however_many_variants(client, count, django_assert_num_queries):
    product, design = make.product(slug="one"), make.design({"cochineal": 10, "cream": 5})
    for number in range(count):
        make.piece(make.variant(product, size=f"{number}", design=design))
    client.get("/en/shop/one/")

    with django_assert_num_queries(PRODUCT_QUERIES):
        client.get("/en/shop/one/")


# The page and its frame eleven; the product, what is free of it, wool, delivery, its shelf the rest.
PRODUCT_QUERIES = 22


# Machines ----------------------------------------------------------------------------------
def test_the_sitemap_lists_pages_and_products_with_their_translations(client, goods):
    build_site()

    response = client.get("/sitemap.xml")

    xml = response.content.decode()
    assert response["Content-Type"] == "application/xml"
    base = "http://127.0.0.1:8000"
    for path in ("/es/", "/en/shop/", "/es/como-trabajamos/", "/en/shop/star-chullo/"):
        assert f"<loc>{base}{path}</loc>" in xml
    assert f'hreflang="en" href="{base}/en/how-we-work/"' in xml


def test_machines_stay_out_of_what_is_private(client):
    text = client.get("/robots.txt").content.decode()

    for path in ("/office/", "/m/", "/es/cart/", "/en/order/", "/en/account/"):
        assert f"Disallow: {path}\n" in text
    assert text.endswith("Sitemap: http://127.0.0.1:8000/sitemap.xml\n")


# Policy ------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/es/", "/en/shop/", "/es/account/login/", "/en/none/"])
def test_pages_forbid_whatever_is_not_ours(client, path):
    policy = client.get(path)["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_names_of_products_are_told_in_the_visitors_language(client):
    make.variant(make.product(name_es="Chullo Zorro", name_en="Fox hat", slug="fox"))

    assert "Fox hat" in client.get("/en/shop/").content.decode()
    assert "Chullo Zorro" in client.get("/es/shop/").content.decode()
    with translation.override("es"):
        assert Product.objects.get().get_absolute_url() == "/es/shop/fox/"


def test_the_second_page_of_the_shop_has_other_products(
    goods: Product, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.variant()
    monkeypatch.setattr(shop_list, "PRODUCTS_ON_A_PAGE", 1)

    first, second = client.get("/en/shop/"), client.get("/en/shop/?page=2")

    urls = [[card.url for card in page.context["cards"]] for page in (first, second)]
    assert len(urls[0]) == len(urls[1]) == 1
    assert urls[0] != urls[1]


# What is passed on -------------------------------------------------------------------------
def linked_data(client: Client, path: str) -> list[dict]:
    html = client.get(path).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [json.loads(one) for one in found]


def test_a_product_tells_machines_its_price_and_how_soon_it_is_had(client, goods):
    product, trail = linked_data(client, "/en/shop/star-chullo/?variant=CH-L-ind")

    assert product["offers"]["price"] == "100.00"
    assert product["offers"]["priceCurrency"] == "PEN"
    assert product["offers"]["availability"].endswith("/InStock")
    assert trail["itemListElement"][0]["name"] == "Shop"
    told = linked_data(client, "/en/shop/star-chullo/?variant=CH-M-coc")[0]
    assert told["offers"]["availability"].endswith("/MadeToOrder")


def test_words_of_an_editor_cannot_leave_the_block_of_data(client):
    product = make.product(slug="odd", name_en="</script><script>alert(1)</script> & co")
    make.variant(product)

    html = client.get("/en/shop/odd/").content.decode()

    assert "<script>alert" not in html
    assert linked_data(client, "/en/shop/odd/")[0]["name"] == product.name_en


def test_the_first_page_tells_machines_who_we_are_and_how_to_search(client):
    organisation, site = linked_data(client, "/es/")

    assert organisation["@type"] == "Organization"
    assert site["potentialAction"]["target"].endswith("/es/shop/?q={search_term_string}")


@pytest.mark.parametrize("path", ["/es/", "/en/shop/", "/en/shop/star-chullo/", "/es/open-book/"])
def test_a_page_that_is_passed_on_has_a_name_an_address_and_a_picture(client, goods, path):
    html = client.get(path).content.decode()

    for name in ("og:title", "og:url", "og:image", "og:site_name"):
        assert f'property="{name}" content="' in html
    assert 'property="og:image" content="http://127.0.0.1:8000/' in html


# Pages of text -------------------------------------------------------------------------------
def test_the_way_stands_from_far_to_near_and_beside_it_when_the_door_is_open(client):
    build_site(house=HOUSE)
    page = TextPage.objects.get(slug="visit-us")
    page.body = [
        (
            "visit",
            {
                "heading": "How to get here",
                "stops": [
                    {"place": "Puno", "words": "By minibus, an hour."},
                    {"place": "The workshop", "words": "The red door."},
                ],
                "hours_heading": "When we are open",
                "hours": [{"label": "Monday to Friday", "value": "9 to 4"}],
                "note": "",
            },
        ),
        ("beside", {"heading": "Knit with us", "text": "<p>Needles to spare.</p>", "image": None}),
    ]
    page.save_revision().publish()

    html = client.get("/en/visit-us/").content.decode()

    assert html.index("Puno</h3>") < html.index("The workshop</h3>")
    assert re.search(r"Monday to Friday</th>\s*<td>9 to 4", html)
    assert 'href="mailto:a@b.pe"' in html
    assert "beside--words" in html
