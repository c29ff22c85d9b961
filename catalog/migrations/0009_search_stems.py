"""Search by whole words: the stems of a product's words, each between two spaces."""

from typing import Any

from django.db import migrations

from catalog.vocabulary import indexed

_TEXTS = ("name_es", "name_en", "lead_es", "lead_en", "story_es", "story_en")


def index(apps: Any, schema_editor: Any) -> None:
    """Write the words of every product anew."""
    products = apps.get_model("catalog", "Product").objects.using(schema_editor.connection.alias)
    for product in list(products.select_related("category")):
        words = [getattr(product, one) for one in _TEXTS]
        words += [product.category.name_es, product.category.name_en]
        products.filter(pk=product.pk).update(search_words=indexed(words))


class Migration(migrations.Migration):
    dependencies = [("catalog", "0008_product_picture")]

    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
