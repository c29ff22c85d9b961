"""The database's own rules for wishes: what was asked stays, an answer is given once."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from orders.production.triggers import WISHES


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, WISHES)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the rules away."""
    triggers.uninstall(schema_editor, WISHES)


class Migration(migrations.Migration):
    dependencies = [("production", "0005_day_wishes")]
    operations = [migrations.RunPython(install, uninstall)]
