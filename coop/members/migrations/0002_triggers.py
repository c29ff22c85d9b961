"""What the database itself keeps of this app's rules."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from coop.members.triggers import ALL


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, ALL)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the rules away."""
    triggers.uninstall(schema_editor, ALL)


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]
    operations = [migrations.RunPython(install, uninstall)]
