"""Who saw that cash was handed over says so herself, with her own PIN."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.triggers import WITNESSES


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rule in place."""
    triggers.install(schema_editor, WITNESSES)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0018_budgets")]
    operations = [
        # Rows of before stay as they are: whoever paid named the witness.
        migrations.AddField(
            "handing",
            "witness_proof",
            models.CharField(
                blank=True,
                choices=[("pin", "with her own PIN")],
                max_length=7,
                null=True,
                verbose_name="how",
            ),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
