"""Who records what the screens say, and who answers questions about pay."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.people import roles

RECORD = "portal.recording.record_sounds"
ANSWER = "portal.payquestion.answer_pay_question"
GRANTS: dict[str, tuple[str, ...]] = {
    roles.PRESIDENT: (RECORD, ANSWER),
    roles.SECRETARY: (RECORD,),
    roles.VOCAL: (RECORD,),
    roles.EDITOR: (RECORD,),
    roles.TREASURER: (RECORD, ANSWER),
}


def grant(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the roles their permissions."""
    for role, permissions in GRANTS.items():
        roles.grant(apps, role, permissions)


def revoke(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them back."""
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTS):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="portal"))


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_voices_and_questions"), ("people", "0009_cards_guards")]
    operations = [migrations.RunPython(grant, revoke)]
