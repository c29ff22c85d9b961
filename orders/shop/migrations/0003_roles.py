"""What each role may do with orders. Source: design, "Who sees and does what"."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.people import roles

MANAGES = (
    "shop.order.manage_orders",
    "shop.order.read_orders",
    "shop.shopsettings.change_shopsettings",
    *(
        f"shop.{model}.{verb}_{model}"
        for model in ("buyer", "shippingrate")
        for verb in ("view", "add", "change")
    ),
)
GRANTS: dict[str, tuple[str, ...]] = {
    roles.PRESIDENT: MANAGES,
    roles.SECRETARY: MANAGES,
    roles.VOCAL: MANAGES,
    roles.TREASURER: (*MANAGES, "shop.order.record_payments"),
    roles.AUDITOR: ("shop.order.read_orders",),
}


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the roles their permissions."""
    for role, permissions in GRANTS.items():
        roles.grant(apps, role, permissions)


def revoke(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them back."""
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTS):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="shop"))


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_triggers"), ("people", "0002_roles")]
    operations = [migrations.RunPython(grant, revoke)]
