"""What each role may do with the rules. Source: design, "Who sees and does what"."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.people import roles

READ = ("rules.ruleset.view_ruleset",)
ADOPT = ("rules.ruleset.view_ruleset", "rules.ruleset.adopt_ruleset")
GRANTS: dict[str, tuple[str, ...]] = {
    roles.PRESIDENT: ADOPT,
    roles.SECRETARY: ADOPT,
    roles.TREASURER: READ,
    roles.VOCAL: READ,
    roles.STOREKEEPER: READ,
    roles.CHECKER: READ,
    roles.AUDITOR: READ,
    roles.COMPANION: READ,
}


def grant(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the roles their permissions."""
    for role, permissions in GRANTS.items():
        roles.grant(apps, role, permissions)


def revoke(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them back."""
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTS):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="rules"))


class Migration(migrations.Migration):
    dependencies = [("rules", "0002_triggers"), ("people", "0002_roles")]
    operations = [migrations.RunPython(grant, revoke)]
