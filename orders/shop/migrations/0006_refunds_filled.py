"""Refunds from before were whole, by hand, and done at once."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each its key, its amount and its day."""
    for refund in apps.get_model("shop", "Refund").objects.select_related("payment"):
        refund.key = f"payment:{refund.payment_id}:cancelled"
        refund.amount_minor = refund.goods_minor = refund.payment.amount_minor
        refund.status, refund.done_on = "done", refund.on
        refund.save()


def leave(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nothing to take back: the columns go."""


class Migration(migrations.Migration):
    dependencies = [("shop", "0005_cards")]
    operations = [migrations.RunPython(fill, leave)]
