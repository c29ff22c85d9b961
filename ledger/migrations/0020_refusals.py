"""A payment can be refused, with a reason chosen or written; who asked for it has read it."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.triggers import PAYMENTS

VERBS = [
    ("requested", "has asked for it"),
    ("signed", "has signed it"),
    ("paid", "has paid it"),
    ("voided", "has called it off"),
    ("refused", "has refused it"),
    ("heard", "has read why it was refused"),
]
WHY = [
    ("amount", "The amount is not right"),
    ("receiver", "It is for somebody else"),
    ("purpose", "I do not know what it is for"),
    ("twice", "It was paid already"),
]


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules of payments in place anew."""
    triggers.install(schema_editor, PAYMENTS)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0019_witnesses")]
    operations = [
        migrations.AlterField(
            "paymentevent", "verb", models.CharField(choices=VERBS, max_length=9)
        ),
        migrations.AddField(
            "paymentevent",
            "why",
            models.CharField(blank=True, choices=WHY, max_length=8, null=True),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
