"""What each role may do with the membership. Source: design, "Who sees and does what"."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.people import roles

READ = ("members.member.view_member",)
ENROL = (*READ, "members.member.enrol_member")
PLACES = (
    "members.settlement.view_settlement",
    "members.settlement.add_settlement",
    "members.settlement.change_settlement",
)
GRANTS: dict[str, tuple[str, ...]] = {
    roles.PRESIDENT: (*ENROL, *PLACES),
    roles.SECRETARY: (*ENROL, *PLACES),
    roles.TREASURER: READ,
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
        group.permissions.remove(*group.permissions.filter(content_type__app_label="members"))


class Migration(migrations.Migration):
    dependencies = [("members", "0002_triggers"), ("people", "0002_roles")]
    operations = [migrations.RunPython(grant, revoke)]
