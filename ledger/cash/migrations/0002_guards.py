"""The database's own rules of cash, and who counts boxes."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from coop.people import roles
from ledger.cash.triggers import BOXES, ON_THE_CORE


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, [*BOXES, *ON_THE_CORE])


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    triggers.uninstall(schema_editor, [*BOXES, *ON_THE_CORE])


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The Junta counts."""
    for role in roles.JUNTA:
        roles.grant(apps, role, ["cash.box.count_box"])


def revoke(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the permission back."""
    for group in apps.get_model("auth", "Group").objects.filter(name__in=roles.JUNTA):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="cash"))


class Migration(migrations.Migration):
    dependencies = [
        ("cash", "0001_initial"),
        ("ledger", "0013_more_accounts"),
        ("people", "0002_roles"),
    ]
    operations = [
        migrations.RunPython(install, uninstall),
        migrations.RunPython(grant, revoke),
    ]
