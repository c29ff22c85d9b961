"""What each role may do with the wool. Source: design, "Who sees and does what"."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.people import roles

READ = ("wool.woollot.read_all_wool",)
BUY = ("wool.purchasetrip.buy_wool",)
ISSUE = ("wool.woollot.issue_wool",)
KINDS = tuple(
    f"wool.{model}.{verb}_{model}"
    for model in ("yarn", "colour")
    for verb in ("view", "add", "change")
)
GRANTS: dict[str, tuple[str, ...]] = {
    roles.STOREKEEPER: (*READ, *BUY, *ISSUE, *KINDS),
    roles.PRESIDENT: (*READ, *BUY),
    roles.TREASURER: (*READ, *BUY),
    roles.SECRETARY: READ,
    roles.VOCAL: READ,
    roles.AUDITOR: READ,
}


def grant(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the roles their permissions."""
    for role, permissions in GRANTS.items():
        roles.grant(apps, role, permissions)


def revoke(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them back."""
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTS):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="wool"))


class Migration(migrations.Migration):
    dependencies = [("wool", "0002_triggers"), ("people", "0002_roles")]
    operations = [migrations.RunPython(grant, revoke)]
