"""What each role may do with skills and hours. Source: design, "Who sees and does what"."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.people import roles

READ = ("quotas.skill.view_skill",)
SET = (*READ, "quotas.skill.set_skill")
TECHNIQUES = tuple(f"quotas.technique.{verb}_technique" for verb in ("view", "add", "change"))
GRANTS: dict[str, tuple[str, ...]] = {
    roles.PRESIDENT: SET,
    roles.SECRETARY: (*SET, *TECHNIQUES),
    roles.VOCAL: SET,
    roles.CHECKER: (*SET, *TECHNIQUES),
    roles.TREASURER: READ,
    roles.STOREKEEPER: READ,
    roles.AUDITOR: READ,
}


def grant(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the roles their permissions."""
    for role, permissions in GRANTS.items():
        roles.grant(apps, role, permissions)


def revoke(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them back."""
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTS):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="quotas"))


class Migration(migrations.Migration):
    dependencies = [("quotas", "0002_triggers"), ("people", "0002_roles")]
    operations = [migrations.RunPython(grant, revoke)]
