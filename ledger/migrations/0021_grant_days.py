"""A donor may give more time for a grant, or less: a version of its budget says until when."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.triggers import GRANT_DAYS


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rule in place."""
    triggers.install(schema_editor, GRANT_DAYS)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take it away."""
    triggers.uninstall(schema_editor, GRANT_DAYS)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0020_refusals")]
    operations = [
        migrations.AddField(
            "grantbudget",
            "ends_on",
            models.DateField(blank=True, null=True, verbose_name="until"),
        ),
        migrations.RunPython(install, uninstall),
    ]
