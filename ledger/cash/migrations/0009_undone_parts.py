"""A receipt of an advance that was undone counts no longer."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.cash.triggers import ADVANCES


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules of advances in place anew."""
    triggers.install(schema_editor, ADVANCES)


class Migration(migrations.Migration):
    dependencies = [("cash", "0008_quick_seals")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
