"""The first page: a shelf told large, where the money goes, and those who agreed to be named."""

import re

import pytest
from django.core.cache import cache
from django.utils import translation

from catalog.models import Category
from cms.home import money_heading
from cms.models import HomePage
from cms.services import build_site
from coop.kit.hundred import Part
from coop.members.services import set_consents
from coop.people.services import give_pin_card
from tests.cms.html import Page as Html
from tests.factories import catalog as make
from tests.factories.ledger import Books, soles
from tests.factories.members import member
from tests.factories.rules import secretary as make_secretary

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _built_site():
    cache.clear()
    build_site()
    yield
    cache.clear()


def home(client) -> str:
    html = client.get("/en/").content.decode()
    assert Html(html).problems == []
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


def test_an_empty_house_says_nothing_of_money_or_makers(client):
    text = home(client)

    assert "Of every sol" not in text
    assert "signs with a motif" not in text


def test_the_money_that_went_out_is_told_in_stitches(client):
    books = Books()
    books.put_in_cash("150.00")
    books.earned("40.00")
    books.pay("25.00")
    books.publish("went-out")

    text = home(client)

    assert "Of every sol, 100 céntimos go to those who knit" in text
    assert "S/ 25.00" in text
    assert "Rosa" not in text


def test_the_heading_counts_as_the_stitches_do():
    parts = [Part("maker", "", soles("2.00")), Part("wool", "", soles("1.00"))]

    with translation.override("es"):
        assert money_heading(parts) == "De cada sol, 67 céntimos son de quien teje"


# Makers ------------------------------------------------------------------------------------
def knitter(code: str, name: str, motif: str, *, shows_name: bool, shows_place: bool):
    one = member(code, name=name)
    secretary = make_secretary()
    give_pin_card(user=one.user, motif=motif, colour="lake", pin="4711")
    set_consents(
        member=one, may_show_name=shows_name, may_show_settlement=shows_place, actor=secretary
    )
    return one


def test_only_who_agreed_is_named_and_her_village_only_if_she_agreed_to_that(client):
    open_one = knitter("T-11", "Basilia Quispe Mamani", "zorro", shows_name=True, shows_place=False)
    hidden = knitter("T-12", "Casimira Apaza", "olas", shows_name=False, shows_place=True)

    text = home(client)

    assert "Basilia Q." in text
    assert "Quispe" not in text
    assert "Casimira" not in text
    assert open_one.settlement.name not in text
    assert hidden.code not in text
    assert "more knit without it" in text or "more knits without it" in text


def test_a_maker_leads_to_no_piece_and_her_dye_is_not_told(client):
    knitter("T-13", "Basilia Quispe", "zorro", shows_name=True, shows_place=True)

    html = client.get("/en/").content.decode()

    arch = html[html.index('class="makers"') : html.index("</ul>", html.index('class="makers"'))]
    assert "<a" not in arch
    assert "/motif/zorro/plain-arch.svg" in arch


# A shelf told large ------------------------------------------------------------------------
def test_a_shelf_told_large_opens_the_page_with_three_of_its_products(client):
    shelf = make.shelf("puppets")
    for number in range(4):
        make.variant(make.product(slug=f"puppet-{number}", category=shelf))
    page = HomePage.objects.get(locale__language_code="en")
    value = {"heading": "Twelve puppets", "text": "", "label": "All", "shelf": shelf, "image": None}
    page.body = [("feature", value), ("quote", {"text": "Weighed.", "who": ""})]
    page.save_revision().publish()

    html = client.get("/en/").content.decode()

    assert Html(html).problems == []
    assert (
        html.index("Twelve puppets") < html.index("Fresh from the needles") < html.index("Weighed")
    )
    assert 'href="/en/shop/?category=puppets"' in html
    opening = html[html.index('class="feature"') : html.index("Fresh from the needles")]
    assert opening.count("<img") == 3


def test_a_shelf_that_is_gone_leaves_the_words(client):
    shelf = Category.objects.create(slug="gone", name_es="x", name_en="x")
    page = HomePage.objects.get(locale__language_code="en")
    value = {"heading": "Twelve puppets", "text": "", "label": "All", "shelf": shelf, "image": None}
    page.body = [("feature", value)]
    page.save_revision().publish()
    shelf.delete()

    assert "Twelve puppets" in home(client)
