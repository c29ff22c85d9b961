"""Who may confirm a new PIN, and what the database itself keeps of it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from coop.people import roles
from coop.people.triggers import ALL


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The Junta, of whom two have to agree."""
    for role in roles.JUNTA:
        roles.grant(apps, role, ["people.pinrequest.confirm_pin"])


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, ALL)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the rules away."""
    triggers.uninstall(schema_editor, ALL)


class Migration(migrations.Migration):
    dependencies = [("people", "0004_pin_requests")]
    operations = [
        migrations.RunPython(grant, migrations.RunPython.noop),
        migrations.RunPython(install, uninstall),
    ]
