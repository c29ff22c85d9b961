"""The roles of the house, and who of them works in the office."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.people import roles

IN_THE_OFFICE = (
    *roles.JUNTA,
    roles.STOREKEEPER,
    roles.CHECKER,
    roles.AUDITOR,
    roles.EDITOR,
    roles.COMPANION,
)


def make_roles(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    group = apps.get_model("auth", "Group")
    for role in roles.ALL:
        group.objects.get_or_create(name=role)
    for role in IN_THE_OFFICE:
        roles.grant(apps, role, ["wagtailadmin.admin.access_admin"])
    roles.grant(
        apps,
        roles.SECRETARY,
        ["people.user.view_user", "people.user.add_user", "people.user.change_user"],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
