"""What the shop's pages keep is never longer kept than it is true: no wrong price, no wrong stock."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image as Picture
from wagtail.images import get_image_model

from catalog.models import Product, Variant
from catalog.services import add_picture
from cms import triggers as window_triggers
from cms import window
from cms.apps import _put_back_triggers
from cms.changes import WindowChange
from cms.services import build_site
from cms.window import KEEP, forget_old_changes, kept, standing
from coop.kit import triggers
from tests.factories import catalog as make

# Nothing is kept inside a transaction, so these have a database of their own each.
pytestmark = pytest.mark.usefixtures("fresh_db")

LIST = "/en/shop/"
#: The site, its page and menu, and one word from the database: nothing was counted or fetched anew.
MOST_QUERIES_WHEN_KEPT = 13


@pytest.fixture
def puppet(fresh_db: Any) -> Variant:
    """A puppet in the shop window, of which one lies ready."""
    cache.clear()
    build_site()
    product = make.product(slug="fox", name_en="Fox puppet", name_es="Títere zorro")
    variant = make.variant(product, price="18.00")
    make.piece(variant)
    return variant


def page(path: str = LIST) -> str:
    """What a visitor sees."""
    return Client().get(path).content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("path", [LIST, "/en/shop/fox/"])
def test_the_second_visitor_asks_the_database_little(
    puppet: Variant, django_assert_max_num_queries: Any, path: str
) -> None:
    first = page(path)

    with django_assert_max_num_queries(MOST_QUERIES_WHEN_KEPT):
        second = page(path)

    assert "S/ 18.00" in first
    assert "S/ 18.00" in second


@pytest.mark.parametrize("path", [LIST, "/en/shop/fox/", "/en/"])
def test_a_new_price_is_seen_at_once_also_after_a_bulk_update(puppet: Variant, path: str) -> None:
    page(path)

    Variant.objects.filter(pk=puppet.pk).update(price_minor=2_100)

    seen = page(path)
    assert "S/ 21.00" in seen
    assert "S/ 18.00" not in seen


@pytest.mark.parametrize("path", [LIST, "/en/shop/fox/"])
def test_the_last_piece_is_gone_at_once_also_by_raw_sql(puppet: Variant, path: str) -> None:
    assert "status-tag--ready" in page(path)

    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_piece SET reserved_for = 'order:1'")

    assert "status-tag--ready" not in page(path)


def test_what_is_no_longer_listed_has_no_page(puppet: Variant) -> None:
    assert Client().get("/en/shop/fox/").status_code == 200

    Product.objects.update(is_listed=False)

    assert Client().get("/en/shop/fox/").status_code == 404
    assert "Fox puppet" not in page()


def test_each_language_is_kept_by_itself(puppet: Variant) -> None:
    english, spanish = page(), page("/es/shop/")

    assert "Fox puppet" in page()
    assert "Fox puppet" in english
    assert "Títere zorro" in page("/es/shop/")
    assert "Títere zorro" in spanish


def test_each_visitor_has_a_token_of_her_own_in_a_kept_page(puppet: Variant) -> None:
    one, other = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    one.get("/en/shop/fox/")
    seen = other.get("/en/shop/fox/").content.decode()
    token = seen.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    sent = {"csrfmiddlewaretoken": token, "variant": puppet.pk, "quantity": 1}

    assert "token-of-the-visitor" not in seen
    assert other.post("/en/cart/add/", sent).status_code == 302
    assert one.post("/en/cart/add/", sent).status_code == 403


def test_what_a_transaction_takes_back_is_kept_by_nobody(puppet: Variant) -> None:
    before = kept("price", lambda: Variant.objects.get().price_minor)
    with transaction.atomic():
        Variant.objects.update(price_minor=9_900)
        inside = kept("price", lambda: Variant.objects.get().price_minor)
        transaction.set_rollback(True)

    after = kept("price", lambda: Variant.objects.get().price_minor)

    assert (before, inside, after) == (1_800, 9_900, 1_800)


def test_whatever_a_kept_part_reads_notes_its_changes(
    puppet: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.piece(make.variant(make.product(slug="shawl", kind=Product.Kind.UNIQUE)))
    make.variant(make.product(slug="hat", kind=Product.Kind.TO_ORDER))
    read: set[str] = set()

    def watched(name: str, render: Any) -> Any:
        with CaptureQueriesContext(connection) as queries:
            part = render()
        for one in queries.captured_queries:
            read.update(re.findall(r'(?:FROM|JOIN) "(\w+)"', one["sql"]))
        return part

    monkeypatch.setattr(window, "kept", watched)
    for path in ("/en/", LIST, "/en/shop/fox/", "/en/shop/shawl/", "/en/shop/hat/"):
        page(path)

    assert read >= {"catalog_piece", "catalog_variant", "catalog_productpicture"}
    assert read <= set(window_triggers.SHOWN)


@pytest.mark.parametrize("table", window_triggers.SHOWN)
def test_each_table_of_the_window_notes_what_is_done_to_it(puppet: Variant, table: str) -> None:
    names = {one.name for one in window_triggers.ALL if one.table == table}

    assert len(names) == 3
    assert not [one for one in triggers.problems(connection, "cms") if table in one]


def test_a_trigger_that_a_migration_lost_is_put_back_and_the_window_stands_anew(
    puppet: Variant,
) -> None:
    lost = next(one for one in window_triggers.ALL if one.name == "window_catalog_variant_update")
    with connection.schema_editor() as schema_editor:
        triggers.uninstall(schema_editor, [lost])
    before = standing()
    Variant.objects.update(price_minor=2_000)
    assert standing() == before

    _put_back_triggers(using="default")

    assert standing() != before
    assert not list(triggers.problems(connection, "cms"))


def test_old_changes_are_forgotten(puppet: Variant) -> None:
    WindowChange.objects.bulk_create(WindowChange(table="test") for _ in range(KEEP + 20))

    forget_old_changes()

    assert WindowChange.objects.count() == KEEP


def test_one_more_picture_is_seen_at_once(puppet: Variant, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert "gallery__thumbs" not in page("/en/shop/fox/")
    content = BytesIO()
    Picture.new("RGB", (40, 50), "#94163A").save(content, "PNG")
    file = ImageFile(content, name="close.png")
    image = get_image_model().objects.create(title="close", file=file)

    add_picture(product=puppet.product, image=image, shows_en="From close by")

    assert "Fox puppet: From close by" in page("/en/shop/fox/")
