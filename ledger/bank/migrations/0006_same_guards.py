"""The database's own rules about lines that the bank told twice."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.bank.triggers import OF_SAME


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, OF_SAME)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    triggers.uninstall(schema_editor, OF_SAME)


class Migration(migrations.Migration):
    dependencies = [("bank", "0005_said_same")]
    operations = [migrations.RunPython(install, uninstall)]
