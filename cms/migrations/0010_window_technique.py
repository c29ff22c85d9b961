"""Triggers also on the techniques, whose sizes a product's page shows."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from cms.triggers import ALL
from coop.kit import triggers

TECHNIQUES = [one for one in ALL if one.table == "quotas_technique"]


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Note changes from now on."""
    triggers.install(schema_editor, TECHNIQUES)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Note none any more."""
    triggers.uninstall(schema_editor, TECHNIQUES)


class Migration(migrations.Migration):
    dependencies = [("cms", "0009_text_blocks"), ("quotas", "0006_holds_wait")]
    operations = [migrations.RunPython(install, uninstall)]
