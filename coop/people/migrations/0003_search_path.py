"""Where the database's own functions look for tables, for a house that has them already.

They belong to all apps; a house that is new gets them with it from the start.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers


def fix(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Tell each function that is there."""
    triggers.fix_search_paths(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_roles")]
    operations = [migrations.RunPython(fix, migrations.RunPython.noop)]
