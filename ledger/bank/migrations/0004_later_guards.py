"""The database's own rules about what a batch was made of, and about what was forgotten."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.bank.triggers import LATER


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, LATER)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    triggers.uninstall(schema_editor, LATER)


class Migration(migrations.Migration):
    dependencies = [("bank", "0003_details_and_forgetting")]
    operations = [migrations.RunPython(install, uninstall)]
