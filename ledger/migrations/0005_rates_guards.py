"""The database's own rules: rates stay as written, and money takes the ways of `ledger.ways`."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.triggers import RATES, SEALS


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rates' rules in place, and the seal's anew: they know more ways now."""
    triggers.install(schema_editor, [*SEALS, *RATES])


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the rates' rules away; the seal keeps what it knows."""
    triggers.uninstall(schema_editor, RATES)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_rates")]
    operations = [migrations.RunPython(install, uninstall)]
