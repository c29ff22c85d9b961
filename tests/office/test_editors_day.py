"""The editor's first page: what of the shop and its pages lacks words, pictures or a voice."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from catalog.models import Product
from cms.models import HomePage
from cms.services import build_site
from coop.people import roles
from coop.portal.models import Recording
from tests.factories import catalog as make
from tests.factories.office import browser
from tests.factories.pictures import picture

pytestmark = pytest.mark.django_db
PRODUCTS = "/office/snippets/catalog/product/"


def told(role: str = roles.EDITOR) -> dict[str, str]:
    """What her first page says, and where each line leads."""
    lines = browser("Somebody", role).get("/office/").context["lines"]
    with translation.override("en"):
        return {line.sentence: line.url for line in lines}


def found(url: str) -> list[str]:
    page = browser("Reader", roles.EDITOR).get(url)
    assert page.status_code == 200
    return [one.slug for one in page.context["object_list"]]


def whole(slug: str, **changes: str) -> Product:
    """A product that lacks nothing but what `changes` take away."""
    words = {f"{one}_{tongue}": "x" for one in ("lead", "story") for tongue in ("es", "en")}
    has_picture = changes.pop("image", "yes") != ""
    product = make.product(slug=slug, **words | changes)
    if has_picture:
        product.image = picture()
        product.save()
    return product


@pytest.mark.parametrize(
    ("changes", "sentence", "key"),
    [
        ({"image": ""}, "1 product in the shop has no picture.", "picture"),
        ({"story_en": ""}, "1 product lacks words in English.", "en"),
        ({"lead_es": ""}, "1 product lacks words in Spanish.", "es"),
        ({"story_es": "", "story_en": ""}, "1 product has no story yet.", "story"),
    ],
)
def test_what_a_product_lacks_is_told_and_leads_to_it(
    changes: dict[str, str], sentence: str, key: str
) -> None:
    whole("whole")
    whole("poor", **changes)

    lines = told()

    assert lines[sentence] == f"{PRODUCTS}?missing={key}&is_listed=true"
    assert found(lines[sentence]) == ["poor"]


def test_what_is_not_in_the_shop_needs_no_words_yet() -> None:
    product = whole("poor", image="")
    Product.objects.filter(pk=product.pk).update(is_listed=False)

    assert not any("picture" in one for one in told())


def test_a_picture_of_one_variant_is_a_picture() -> None:
    product = whole("poor", image="")
    variant = make.variant(product)
    variant.image = picture()
    variant.save()

    assert not any("no picture" in one for one in told())


def test_the_junta_is_told_of_designs_and_not_of_words() -> None:
    whole("poor", story_es="", story_en="")
    make.design(pattern="")

    lines = told(roles.SECRETARY)

    assert not any("story" in one for one in lines)
    (url,) = [url for one, url in lines.items() if "knitting chart" in one]
    assert browser("Reader", roles.SECRETARY).get(url).status_code == 200


def test_sentences_without_a_voice_lead_to_the_list_of_them() -> None:
    (url,) = [url for one, url in told().items() if "have no voice yet" in one]

    page = browser("Reader", roles.EDITOR).get(url)

    assert page.context["state"] == "missing"
    assert page.context["page"].paginator.count > 100
    assert not Recording.objects.exists()


def test_a_draft_waits_for_her() -> None:
    build_site()
    home = HomePage.objects.get(locale__language_code="en")
    home.heading = "Another heading"
    home.save_revision()

    (url,) = [url for one, url in told().items() if "changes that no visitor sees yet" in one]

    assert url == f"/office/pages/{home.pk}/edit/"
    assert browser("Reader", roles.EDITOR).get(url).status_code == 200


def test_a_first_page_whose_picture_says_nothing_is_told() -> None:
    build_site()
    home = HomePage.objects.get(locale__language_code="en")
    HomePage.objects.filter(pk=home.pk).update(hero=picture(), hero_alt="")

    (url,) = [url for one, url in told().items() if "does not see it" in one]

    assert url == f"/office/pages/{home.pk}/edit/"


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("New", "Nuevo"),
        ("Type", "Tipo"),
        ("Undo", "Deshacer"),
        ("Save schedule", "Guardar las fechas"),
        ("Exploring", "Explorando"),
        ("slug", "dirección corta"),
    ],
)
def test_the_shops_words_do_not_stand_in_for_those_of_the_page_editor(
    english: str, spanish: str
) -> None:
    with translation.override("es"):
        assert gettext(english) == spanish
