"""The database's own rules: two close days, an account stays, grants and shares are recognised."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.triggers import ACCOUNTS, BOOKS, SEALS


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the new tables' rules in place, and anew those that know more now."""
    triggers.install(schema_editor, [*ACCOUNTS, *SEALS, *BOOKS])


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the new tables' rules away; the others keep what they know."""
    triggers.uninstall(schema_editor, BOOKS)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0011_books")]
    operations = [migrations.RunPython(install, uninstall)]
