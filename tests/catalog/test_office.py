"""The catalogue in the office: words for editors, prices for the Junta, tags to print."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image as Picture
from wagtail.images import get_image_model

from catalog.models import Design, PriceChange, Product, Variant
from coop.people import roles
from coop.people.services import give_role, make_account
from tests.factories import catalog as make
from tests.factories.ledger import soles

pytestmark = pytest.mark.django_db
PRODUCTS = "/office/snippets/catalog/product"
DESIGNS = "/office/snippets/catalog/design"


def office(role: str) -> Client:
    user = make_account(
        name=role, email=f"{role.partition(' ')[0]}@example.org", password=None, language="en"
    )
    give_role(user=user, role=role)
    client = Client()
    client.force_login(user, backend="coop.people.backends.EmailBackend")
    return client


def words(product: Product, **changes) -> dict[str, str]:
    fields = ("name_es", "name_en", "lead_es", "lead_en", "story_es", "story_en", "slug", "kind")
    data = {field: getattr(product, field) for field in fields}
    data |= {"category": product.category.pk, "is_listed": "on", "image": ""}
    data |= {"more_pictures-TOTAL_FORMS": 0, "more_pictures-INITIAL_FORMS": 0}
    return data | changes


def rows(*variants: Variant, extra: int = 0, **changes) -> dict[str, str | int]:
    data: dict[str, str | int] = {
        "rows-TOTAL_FORMS": len(variants) + extra,
        "rows-INITIAL_FORMS": len(variants),
        "rows-MIN_NUM_FORMS": 0,
        "rows-MAX_NUM_FORMS": 1000,
    }
    for number, one in enumerate(variants):
        data |= {
            f"rows-{number}-id": one.pk,
            f"rows-{number}-sku": one.sku,
            f"rows-{number}-design": one.design_id,
            f"rows-{number}-size": one.size,
            f"rows-{number}-colour": one.colour_id or "",
            f"rows-{number}-price_minor": str(one.price.amount),
            f"rows-{number}-position": one.position,
            f"rows-{number}-is_listed": "on",
        }
    return data | changes


# Products ----------------------------------------------------------------------------------
def test_the_junta_changes_a_price_and_the_trace_says_who():
    variant = make.variant(price="100.00")
    client = office(roles.TREASURER)
    data = words(variant.product) | rows(variant, **{"rows-0-price_minor": "112.50"})

    response = client.post(f"{PRODUCTS}/edit/{variant.product_id}/", data)

    assert response.status_code == 302
    variant.refresh_from_db()
    assert variant.price == soles("112.50")
    last = PriceChange.objects.filter(variant=variant).last()
    assert (last.before_minor, last.after_minor) == (10000, 11250)
    assert last.actor.email == "treasurer@example.org"


def test_a_price_that_stays_leaves_no_trace():
    variant = make.variant(price="100.00")
    before = PriceChange.objects.count()

    data = words(variant.product, name_en="Other words") | rows(variant)
    office(roles.TREASURER).post(f"{PRODUCTS}/edit/{variant.product_id}/", data)

    assert Product.objects.get().name_en == "Other words"
    assert PriceChange.objects.count() == before


def test_an_editor_writes_words_and_cannot_touch_prices():
    variant = make.variant(price="100.00")
    client = office(roles.EDITOR)
    address = f"{PRODUCTS}/edit/{variant.product_id}/"

    assert "rows-0-price_minor" not in client.get(address).content.decode()
    data = words(variant.product, name_en="Warm hat")
    data |= rows(variant, **{"rows-0-price_minor": "1.00"})
    client.post(address, data)

    variant.refresh_from_db()
    assert variant.price == soles("100.00")
    assert Product.objects.get().name_en == "Warm hat"


@pytest.mark.parametrize("amount", ["0", "-3", "1.005", "much", ""])
def test_a_wrong_price_is_said_beside_its_field_and_nothing_is_saved(amount):
    variant = make.variant(price="100.00")
    data = words(variant.product, name_en="Other") | rows(variant, **{"rows-0-price_minor": amount})

    response = office(roles.PRESIDENT).post(f"{PRODUCTS}/edit/{variant.product_id}/", data)

    assert response.status_code == 200
    html = response.content.decode()
    assert "id_rows-0-price_minor-errors" in html or "error" in html
    assert f'value="{amount}"' in html or not amount
    variant.refresh_from_db()
    assert variant.price_minor == 10000
    assert Product.objects.get().name_en != "Other"


def test_a_new_product_comes_with_its_variants():
    design, shelf = make.design(), make.shelf()
    data = {
        "name_es": "Chullo",
        "name_en": "Hat",
        "slug": "hat",
        "kind": "stock",
        "category": shelf.pk,
        "is_listed": "on",
    }
    data |= {"more_pictures-TOTAL_FORMS": 0, "more_pictures-INITIAL_FORMS": 0}
    data |= rows(extra=2)
    data |= {
        "rows-0-sku": "HAT-M",
        "rows-0-design": design.pk,
        "rows-0-size": "M",
        "rows-0-price_minor": "128",
        "rows-0-position": "0",
        "rows-0-is_listed": "on",
        "rows-1-position": "0",
        "rows-1-is_listed": "on",
    }

    response = office(roles.SECRETARY).post(f"{PRODUCTS}/add/", data)

    assert response.status_code == 302
    assert [(one.sku, one.price_minor) for one in Product.objects.get().variants.all()] == [
        ("HAT-M", 12800)
    ]
    assert PriceChange.objects.filter(variant__sku="HAT-M", before_minor=None).count() == 1


def test_the_form_costs_the_same_however_many_variants(django_assert_max_num_queries):
    product = make.product()
    for size in "SMLX":
        make.variant(product, size=size)
    client = office(roles.TREASURER)
    client.get(f"{PRODUCTS}/edit/{product.pk}/")

    with django_assert_max_num_queries(44):
        client.get(f"{PRODUCTS}/edit/{product.pk}/")


# Designs -----------------------------------------------------------------------------------
def test_a_design_changes_its_pay_and_its_wool():
    design = make.design({"cochineal": 46})
    need = design.wool.get()
    data = {
        "name_es": design.name_es,
        "name_en": design.name_en,
        "code": design.code,
        "motif": "olas",
        "technique": design.technique_id,
        "level": 2,
        "minutes": 300,
        "rate_minor": "44.50",
        "rows-TOTAL_FORMS": 1,
        "rows-INITIAL_FORMS": 1,
        "rows-MIN_NUM_FORMS": 0,
        "rows-MAX_NUM_FORMS": 1000,
        "rows-0-id": need.pk,
        "rows-0-yarn": need.yarn_id,
        "rows-0-colour": need.colour_id,
        "rows-0-grams": 50,
    }

    response = office(roles.TREASURER).post(f"{DESIGNS}/edit/{design.pk}/", data)

    assert response.status_code == 302
    design = Design.objects.get()
    assert (design.rate, design.motif, design.minutes) == (soles("44.50"), "olas", 300)
    assert [one.grams for one in design.wool.all()] == [50]
    last = design.rate_changes.last()
    assert (last.before_minor, last.after_minor) == (4000, 4450)


@pytest.mark.parametrize("role", [roles.EDITOR, roles.STOREKEEPER, roles.AUDITOR])
def test_only_the_junta_changes_designs(role):
    design = make.design()

    response = office(role).post(f"{DESIGNS}/edit/{design.pk}/", {"rate_minor": "1.00"})

    assert response.status_code in {302, 403}
    assert Design.objects.get().rate_minor == 4000


# Tags --------------------------------------------------------------------------------------
def test_tags_are_listed_and_printed_with_their_address():
    piece = make.piece()
    make.waiting_piece()
    client = office(roles.CHECKER)

    page = client.get("/office/tags/").content.decode()
    sheet = client.get("/office/tags/sheet/").content.decode()
    picture = client.get(f"/office/tags/{piece.tag}.svg")

    assert str(piece.tag) in page
    assert sheet.count('class="tag"') == 1
    assert str(piece.tag) in sheet
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')


def test_tags_are_found_by_tag_product_and_place():
    piece = make.piece(make.variant(make.product(name_en="Fox hat")))
    make.promised_piece()
    client = office(roles.STOREKEEPER)

    for asked in (f"?q={piece.tag.lower()}", "?q=fox", "?q=fox&place=store"):
        page = client.get(f"/office/tags/{asked}").content.decode()
        assert page.count('.svg">') == 1, asked
        assert str(piece.tag) in page
    assert str(piece.tag) not in client.get("/office/tags/?place=sold").content.decode()


def test_a_customer_prints_no_tags():
    make.piece()

    assert office(roles.BUYER).get("/office/tags/").status_code in {302, 403}


# Pictures ----------------------------------------------------------------------------------
def a_picture(title: str):
    file = BytesIO()
    Picture.new("RGB", (40, 50), "#94163A").save(file, "PNG")
    image = get_image_model()
    return image.objects.create(title=title, file=ImageFile(file, name=f"{title}.png"))


@pytest.fixture
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.usefixtures("_uploads")
def test_an_editor_adds_pictures_to_a_product_and_says_what_they_show():
    product, close = make.variant().product, a_picture("close")
    data = words(product) | {
        "more_pictures-TOTAL_FORMS": 1,
        "more_pictures-0-id": "",
        "more_pictures-0-image": close.pk,
        "more_pictures-0-shows_es": "De cerca",
        "more_pictures-0-shows_en": "From close by",
        "more_pictures-0-ORDER": 1,
    }

    response = office(roles.EDITOR).post(f"{PRODUCTS}/edit/{product.pk}/", data)

    assert response.status_code == 302
    [added] = product.more_pictures.all()
    assert (added.image, added.shows_es, added.shows_en) == (close, "De cerca", "From close by")
