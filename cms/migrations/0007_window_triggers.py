"""Triggers on every table that the shop window shows."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from cms.triggers import ALL, CAME_LATER
from coop.kit import triggers

FIRST = [one for one in ALL if one.table not in CAME_LATER]


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Note changes from now on."""
    triggers.install(schema_editor, FIRST)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Note none any more."""
    triggers.uninstall(schema_editor, FIRST)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0006_window_change"),
        ("catalog", "0007_design_pattern"),
        ("rules", "0003_roles"),
        ("shop", "0009_not_paid"),
        ("wagtailimages", "0027_image_description"),
        ("wool", "0003_roles"),
    ]
    operations = [migrations.RunPython(install, uninstall)]
