"""What a customer expects of a product's page: pictures, sizes, a day, and the way back."""

import itertools
import json
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from catalog.queries import Availability, Kind
from catalog.sizes import MEASURES, size_table
from cms.services import build_site
from tests.cms.html import Page as Html
from tests.factories import catalog as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _built_site():
    cache.clear()
    build_site()
    yield
    cache.clear()


def chullo(*sizes: str):
    """A chullo sold in these sizes."""
    product = make.product(slug="star", name_en="Star chullo", name_es="Chullo estrella")
    design = make.design()
    for size in sizes:
        make.variant(product, size=size, design=design, price="118.00")
    return product


def page(client: Client, path: str = "/en/shop/star/") -> str:
    html = client.get(path).content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")
    assert Html(html).problems == []
    return html


def test_a_customer_reads_in_centimetres_which_size_fits(client):
    chullo("S", "M")

    html = page(client)

    assert "Which size fits me?" in html
    assert "52–54 cm" in html
    assert "55–57 cm" in html
    # A size that is not sold is not offered.
    assert "58–60 cm" not in html


def test_what_has_one_size_has_no_table(client):
    chullo("")

    assert "Which size fits me?" not in page(client)


def test_sizes_follow_one_another_without_gap_or_overlap():
    for measure in MEASURES.values():
        spans = sorted(measure.centimetres.values())
        assert all(one[1] + 1 == other[0] for one, other in itertools.pairwise(spans))


def test_a_size_that_nobody_measured_is_left_out():
    product = chullo("S", "XXL")
    shown = list(product.variants.all())

    table = size_table(shown, shown[0])

    assert table is not None
    assert [row.size for row in table.rows] == ["S"]


def test_when_it_leaves_is_said_as_a_day():
    soon = Availability(Kind.TO_ORDER, 0, date(2026, 12, 8), 12)

    with translation.override("en"):
        assert soon.delivery == "It is knitted for you, and leaves around 8 December."
    with translation.override("es"):
        assert soon.delivery == "Se teje para ti y sale alrededor del 8 de diciembre."
    assert Availability(Kind.SOLD_OUT, 0, None).delivery == ""


def test_each_picture_can_be_chosen_without_script(client):
    chullo("S")

    html = page(client)

    targets = set(re.findall(r'id="(picture-\d)"', html))
    links = set(re.findall(r'href="#(picture-\d)"', html))
    assert targets
    assert links <= targets


def test_the_way_back_and_what_machines_read_agree(client):
    product = chullo("S")

    html = page(client)

    blocks = [json.loads(one) for one in re.findall(r'ld\+json">(.*?)</script>', html, re.DOTALL)]
    told, trail = blocks
    assert told["name"] == product.name_en
    assert told["offers"]["price"] == "118.00"
    steps = [one["item"] for one in trail["itemListElement"]]
    assert len(steps) == 3
    for step in steps[:2]:
        assert f'href="{step.removeprefix(settings.SITE_URL)}"' in html
    assert steps[2] == f"{settings.SITE_URL}/en/shop/star/"


def test_who_is_lost_can_search_the_shop(client):
    html = client.get("/en/nothing-here/").content.decode()

    assert 'action="/en/shop/"' in html
    assert 'type="search"' in html
    assert "/en/open-book/" in html


def test_machines_learn_which_language_to_show_by_default(client):
    chullo("S")

    html = page(client)
    xml = client.get("/sitemap.xml").content
    default = re.findall(r'hreflang="x-default" href="([^"]+)"', html)

    assert len(default) == 1
    assert default[0].endswith("/es/shop/star/")
    ElementTree.fromstring(xml)
    assert b'hreflang="x-default"' in xml
