"""What each role may do with the books. Source: design, "Who sees and does what"."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.people import roles

OPEN_BOOK = ("read_open_book",)
NAMES = ("read_open_book", "read_open_book_names")
GRANTS: dict[str, tuple[str, ...]] = {
    roles.MEMBER: OPEN_BOOK,
    roles.HONORARY: OPEN_BOOK,
    roles.STOREKEEPER: OPEN_BOOK,
    roles.CHECKER: OPEN_BOOK,
    roles.PRESIDENT: (*NAMES, "read_books", "request_payment", "sign_payment"),
    roles.SECRETARY: (*NAMES, "read_books", "request_payment", "sign_payment"),
    roles.VOCAL: (*NAMES, "read_books", "request_payment", "sign_payment"),
    roles.TREASURER: (*NAMES, "read_books", "write_books", "request_payment", "sign_payment"),
    roles.AUDITOR: (*NAMES, "read_books"),
}


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the roles their permissions."""
    for role, codenames in GRANTS.items():
        roles.grant(apps, role, [f"ledger.account.{one}" for one in codenames])


def revoke(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the permissions back."""
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTS):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="ledger"))


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards"), ("people", "0002_roles")]
    operations = [migrations.RunPython(grant, revoke)]
