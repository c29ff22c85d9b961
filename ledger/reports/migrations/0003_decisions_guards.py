"""The database's own rules: a decision of the assembly stays as it was typed."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.reports.triggers import TRIGGERS


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, TRIGGERS)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    triggers.uninstall(schema_editor, TRIGGERS)


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_decisions")]
    operations = [migrations.RunPython(install, uninstall)]
