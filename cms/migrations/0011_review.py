"""Who looks at a page that an editor hands over: the Junta, not Wagtail's group of moderators.

Source: design, "Who sees and does what" (the Junta reviews the site).
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.people import roles

#: One word, since the name of a workflow is not translated.
NAME = "Junta"
_WAGTAILS = "Moderators approval"


def hand_over(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Rename Wagtail's own workflow, and let the Junta's roles answer it."""
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=_WAGTAILS).update(name=NAME)
    groups = apps.get_model("auth", "Group").objects.filter(name__in=roles.JUNTA)
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(name=_WAGTAILS):
        task.name = NAME
        task.save(update_fields=["name"])
        task.groups.set(groups)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0010_window_technique"),
        ("people", "0002_roles"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(hand_over, migrations.RunPython.noop)]
