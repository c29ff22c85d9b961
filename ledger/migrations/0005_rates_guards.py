"""The database's own rules: rates stay as written."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.triggers import RATES


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rates' rules in place; the seal's come with `0009_handing_tables`."""
    triggers.install(schema_editor, RATES)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the rates' rules away."""
    triggers.uninstall(schema_editor, RATES)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_rates")]
    operations = [migrations.RunPython(install, uninstall)]
