"""What the database itself keeps of held hours."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from coop.quotas.triggers import HOLDS


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, HOLDS)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the rules away."""
    triggers.uninstall(schema_editor, HOLDS)


class Migration(migrations.Migration):
    dependencies = [("quotas", "0004_holds")]
    operations = [migrations.RunPython(install, uninstall)]
