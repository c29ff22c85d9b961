"""A bank charges what lies in a bank: never a cash box."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.triggers import SEALS


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the seal's rules in place anew: the table of ways says less (`ledger.ways`)."""
    triggers.install(schema_editor, SEALS)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0014_traces")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
