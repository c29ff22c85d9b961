"""What the database itself keeps of printed cards."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from coop.people.triggers import OF_CARDS


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, OF_CARDS)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the rules away."""
    triggers.uninstall(schema_editor, OF_CARDS)


class Migration(migrations.Migration):
    dependencies = [("people", "0008_cards")]
    operations = [migrations.RunPython(install, uninstall)]
