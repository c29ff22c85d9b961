"""Who gives out work, writes down deliveries, checks pieces.

Source: design, "Who sees and does what".
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.people import roles

READ = "production.workorder.read_work"
ASSIGN = "production.workorder.assign_work"
RECEIVE = "production.assignment.receive_pieces"
CHECK = "production.inspection.check_pieces"

GRANTS: dict[str, tuple[str, ...]] = {
    roles.STOREKEEPER: (READ, ASSIGN, RECEIVE),
    roles.CHECKER: (READ, RECEIVE, CHECK),
    **dict.fromkeys(roles.JUNTA, (READ, ASSIGN, RECEIVE)),
    roles.AUDITOR: (READ,),
}


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the roles their permissions, and the way into the office."""
    for role, permissions in GRANTS.items():
        roles.grant(apps, role, [*permissions, "wagtailadmin.admin.access_admin"])


def revoke(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take production's permissions back."""
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTS):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="production"))


class Migration(migrations.Migration):
    dependencies = [
        ("production", "0002_triggers"),
        ("people", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]
    operations = [migrations.RunPython(grant, revoke)]
