"""Cash is handed over out of a box, and out of a box goes nothing but cash."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.cash.triggers import ON_THE_CORE


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules on the core's tables in place anew."""
    triggers.install(schema_editor, ON_THE_CORE)


class Migration(migrations.Migration):
    dependencies = [("cash", "0010_proofs"), ("ledger", "0018_budgets")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
