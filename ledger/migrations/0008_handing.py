"""A signature holds what the payment is for; how payments are handed over is written down.

The rules that read a signature are taken away for a moment: SQLite makes its table anew.
"""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery

from coop.kit import triggers
from ledger.triggers import PAYMENTS, SEALS


def open_up(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the rules away that read signatures, or keep them as they are."""
    triggers.uninstall(schema_editor, [*SEALS, *PAYMENTS])


def close(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put them back."""
    triggers.install(schema_editor, [*SEALS, *PAYMENTS])


def copy_purposes(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Who signed saw the purpose, which a payment never changes: it is that of today."""
    of_payment = apps.get_model("ledger", "Payment").objects.filter(pk=OuterRef("payment_id"))
    approvals = apps.get_model("ledger", "Approval").objects
    approvals.update(purpose=Subquery(of_payment.values("purpose")[:1]))


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_audits")]
    operations = [
        migrations.RunPython(open_up, close),
        migrations.AddField(
            "approval",
            "purpose",
            models.CharField(default="", max_length=300),
            preserve_default=False,
        ),
        migrations.RunPython(copy_purposes, migrations.RunPython.noop),
    ]
