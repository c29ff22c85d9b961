"""What the database itself refuses of refunds, cards and orders; and who may give money back."""

import django.db.models.expressions
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from orders.shop.triggers import CARDS


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, CARDS)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the rules away."""
    triggers.uninstall(schema_editor, CARDS)


class Migration(migrations.Migration):
    dependencies = [("shop", "0006_refunds_filled")]
    operations = [
        migrations.AlterField(
            model_name="refund",
            name="key",
            field=models.CharField(max_length=80, unique=True),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount_minor__gt", 0),
                    (
                        "amount_minor",
                        django.db.models.expressions.CombinedExpression(
                            models.F("goods_minor"), "+", models.F("shipping_minor")
                        ),
                    ),
                ),
                name="refund_is_goods_and_shipping",
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("credit_note__isnull", True), ("is_after_shipping", False)),
                    models.Q(("credit_note__isnull", False), ("is_after_shipping", True)),
                    _connector="OR",
                ),
                name="refund_after_shipping_is_a_credit_note",
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "done"), _negated=True),
                    ("done_on__isnull", False),
                    _connector="OR",
                ),
                name="refund_done_has_its_day",
            ),
        ),
        migrations.RunPython(install, uninstall),
    ]
