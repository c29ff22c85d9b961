"""Holds count the hours of active knitters alone, and wait for each other in the database too."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from coop.quotas.triggers import HOLDS


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place as they are now; 0005 may have written earlier ones."""
    triggers.install(schema_editor, HOLDS)


class Migration(migrations.Migration):
    dependencies = [("quotas", "0005_hold_triggers")]
    # Backwards 0005 takes all of them away.
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
