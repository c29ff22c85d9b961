"""Who counts as the second, or signs for a box, proves that it is she."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.cash.triggers import BOXES

HOW = [("session", "on her own screen"), ("pin", "with her own PIN, on another's screen")]


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules of boxes in place anew."""
    triggers.install(schema_editor, BOXES)


class Migration(migrations.Migration):
    dependencies = [("cash", "0009_undone_parts")]
    operations = [
        # Rows of before stay as they are: nothing is known of them but the drawing.
        *(
            migrations.AddField(
                model,
                "proof",
                models.CharField(choices=HOW, max_length=7, null=True, verbose_name="how"),
            )
            for model in ("agreement", "handingsign")
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
