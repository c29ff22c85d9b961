"""The database's own rules: an entry needs its seal, and what is written stays."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.triggers import ALL

# SQLite has this in the column's type (`ledger.models.journal.SealedIdField`).
NEEDS_SEAL = (
    "ALTER TABLE ledger_journalentry ADD CONSTRAINT ledger_journalentry_is_sealed"
    " FOREIGN KEY (id) REFERENCES ledger_seal (entry_id) DEFERRABLE INITIALLY DEFERRED"
)
NEEDS_NO_SEAL = "ALTER TABLE ledger_journalentry DROP CONSTRAINT ledger_journalentry_is_sealed"

# Rules on these read columns that `0008_handing` adds: `0009_handing_tables` puts them in place.
# SQLite renames no table while a trigger names a column that is not there yet.
LATER = {"ledger_seal", "ledger_payment", "ledger_approval"}


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    if schema_editor.connection.vendor == triggers.POSTGRESQL:
        schema_editor.execute(NEEDS_SEAL)
    triggers.install(schema_editor, [one for one in ALL if one.table not in LATER])


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the rules away."""
    triggers.uninstall(schema_editor, ALL)
    if schema_editor.connection.vendor == triggers.POSTGRESQL:
        schema_editor.execute(NEEDS_NO_SEAL)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(install, uninstall)]
