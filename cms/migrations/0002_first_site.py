"""Wagtail's welcome page gives way to a first page and a shop in each language.

So that an empty house answers on /es/ and /en/; `cms.services.build_site` fills in the words.
"""

import uuid
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LANGUAGES = ("es", "en")
TITLES = {"es": "Inicio", "en": "Home"}
SHOP_TITLES = {"es": "Tienda", "en": "Shop"}
HEADINGS = {"es": "Tejido a mano", "en": "Knitted by hand"}
SHOP_HEADINGS = {"es": "Todo lo que hay en la mesa", "en": "Everything on the table"}
STEP = 4


def _path(parent: str, number: int) -> str:
    return f"{parent}{number:0{STEP}d}"


def build(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the pages with the tables as they are at this migration."""
    page_model = apps.get_model("wagtailcore", "Page")
    site_model = apps.get_model("wagtailcore", "Site")
    types = apps.get_model("contenttypes", "ContentType").objects
    locale_model = apps.get_model("wagtailcore", "Locale")
    home_model, shop_model = apps.get_model("cms", "HomePage"), apps.get_model("cms", "ShopPage")
    home_type, _ = types.get_or_create(app_label="cms", model="homepage")
    shop_type, _ = types.get_or_create(app_label="cms", model="shoppage")

    site_model.objects.all().delete()
    page_model.objects.filter(depth__gt=1).delete()
    root = page_model.objects.get(depth=1)
    home_key, shop_key = uuid.uuid4(), uuid.uuid4()
    homes = {}
    for number, language in enumerate(LANGUAGES, start=1):
        locale, _ = locale_model.objects.get_or_create(language_code=language)
        home = home_model.objects.create(
            title=TITLES[language],
            draft_title=TITLES[language],
            heading=HEADINGS[language],
            slug=f"home-{language}",
            url_path=f"/home-{language}/",
            content_type=home_type,
            locale=locale,
            translation_key=home_key,
            path=_path(root.path, number),
            depth=2,
            numchild=1,
        )
        shop_model.objects.create(
            title=SHOP_TITLES[language],
            draft_title=SHOP_TITLES[language],
            heading=SHOP_HEADINGS[language],
            slug="shop",
            url_path=f"/home-{language}/shop/",
            show_in_menus=True,
            content_type=shop_type,
            locale=locale,
            translation_key=shop_key,
            path=_path(home.path, 1),
            depth=3,
            numchild=0,
        )
        homes[language] = home
    page_model.objects.filter(pk=root.pk).update(numchild=len(LANGUAGES))
    site_model.objects.create(
        hostname="localhost", root_page_id=homes["es"].pk, is_default_site=True
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]
    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
