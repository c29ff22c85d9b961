"""The database's own rules: traces stay as written, pieces do not vanish."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from catalog.triggers import ALL
from coop.kit import triggers


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, ALL)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the rules away."""
    triggers.uninstall(schema_editor, ALL)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_prices_and_words")]
    operations = [migrations.RunPython(install, uninstall)]
