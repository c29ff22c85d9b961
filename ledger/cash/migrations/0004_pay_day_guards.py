"""The database's own rules of pay days."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.cash.triggers import PAY_DAYS


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, PAY_DAYS)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    triggers.uninstall(schema_editor, PAY_DAYS)


class Migration(migrations.Migration):
    dependencies = [("cash", "0003_pay_days")]
    operations = [migrations.RunPython(install, uninstall)]
