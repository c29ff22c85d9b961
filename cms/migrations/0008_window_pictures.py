"""Triggers also on the further pictures of a product."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from cms.triggers import ALL
from coop.kit import triggers

PICTURES = [one for one in ALL if one.table == "catalog_productpicture"]


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Note changes from now on."""
    triggers.install(schema_editor, PICTURES)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Note none any more."""
    triggers.uninstall(schema_editor, PICTURES)


class Migration(migrations.Migration):
    dependencies = [("cms", "0007_window_triggers"), ("catalog", "0008_product_picture")]
    operations = [migrations.RunPython(install, uninstall)]
