"""The journal's rules ask once for all rows that a statement writes, and ordinary entries quickly."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.triggers import JOURNAL, SEALS


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules of the journal and of seals in place anew."""
    triggers.install(schema_editor, [*JOURNAL, *SEALS])


class Migration(migrations.Migration):
    dependencies = [("ledger", "0016_papers")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
