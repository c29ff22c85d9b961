"""The database's own rules about statements and matches."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.bank.triggers import ALL


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, ALL)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    triggers.uninstall(schema_editor, ALL)


class Migration(migrations.Migration):
    dependencies = [("bank", "0001_initial")]
    operations = [migrations.RunPython(install, uninstall)]
