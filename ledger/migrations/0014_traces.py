"""Rows of the books leave traces, and blocks vouch for them."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.traces import OWN_RULES
from ledger.triggers import SEALS


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the traces' rules in place, and the seal's anew: PostgreSQL asks them all at once.

    The triggers that write traces follow from the tables' columns; they are put in place after
    all migrations (`ledger.apps`).
    """
    triggers.install(schema_editor, [*SEALS, *OWN_RULES])


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the traces' rules away."""
    triggers.uninstall(schema_editor, OWN_RULES)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0013_more_accounts")]
    operations = [
        migrations.AddField("block", "trace_count", models.PositiveBigIntegerField(null=True)),
        migrations.AddField("block", "trace_root", models.CharField(max_length=64, null=True)),
        migrations.CreateModel(
            name="RowTrace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=40)),
                (
                    "verb",
                    models.CharField(
                        max_length=6,
                        choices=[
                            ("insert", "Insert"),
                            ("update", "Update"),
                            ("delete", "Delete"),
                            ("found", "Found"),
                        ],
                    ),
                ),
                ("row", models.TextField()),
                ("salt", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                (
                    "block",
                    models.ForeignKey(
                        "ledger.block",
                        django.db.models.deletion.PROTECT,
                        db_index=False,
                        null=True,
                        related_name="traces",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["table", "key", "id"], name="trace_by_row"),
                    models.Index(
                        condition=models.Q(block=None), fields=["id"], name="trace_not_gathered"
                    ),
                    models.Index(fields=["block", "id"], name="trace_by_block"),
                ],
            },
        ),
        migrations.RunPython(install, uninstall),
    ]
