"""The database's own rules of advances."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.cash.triggers import ADVANCES


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, ADVANCES)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    triggers.uninstall(schema_editor, ADVANCES)


class Migration(migrations.Migration):
    dependencies = [("cash", "0005_advances")]
    operations = [migrations.RunPython(install, uninstall)]
