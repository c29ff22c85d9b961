"""The roles of the house, as Django groups. Permissions hang on them by migrations.

Source: design, "Who sees and does what".
"""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEMBER = "member"
HONORARY = "honorary member"
FORMER = "former member"
SCRIBE = "scribe"
STOREKEEPER = "storekeeper"
CHECKER = "checker"
PRESIDENT = "president"
SECRETARY = "secretary"
TREASURER = "treasurer"
VOCAL = "vocal"
COMPANION = "companion"
AUDITOR = "auditor"
EDITOR = "editor"
BUYER = "buyer"
FACILITATOR = "facilitator"
COORDINATOR = "coordinator of circles"

JUNTA = (PRESIDENT, SECRETARY, TREASURER, VOCAL)
ALL = (
    MEMBER,
    HONORARY,
    FORMER,
    SCRIBE,
    STOREKEEPER,
    CHECKER,
    *JUNTA,
    COMPANION,
    AUDITOR,
    EDITOR,
    BUYER,
    FACILITATOR,
    COORDINATOR,
)

#: As people call those who come into the office.
_NAMES: dict[str, Promise] = {
    PRESIDENT: _("president"),
    SECRETARY: _("secretary"),
    TREASURER: _("treasurer"),
    VOCAL: _("vocal"),
    STOREKEEPER: _("storekeeper"),
    CHECKER: _("checker"),
    AUDITOR: _("auditor"),
    EDITOR: _("editor"),
    COMPANION: _("companion"),
}


def name_of(role: str) -> str:
    """The role in the reader's language."""
    return str(_NAMES.get(role, role))


def grant(apps: Any, role: str, permissions: Iterable[str]) -> None:
    """In a migration: give `role` permissions such as "ledger.journalentry.read_books".

    Permission rows are normally made after all migrations; here they are made at once, so that
    a role is complete as soon as its app is migrated.
    """
    group_model = apps.get_model("auth", "Group")
    type_model = apps.get_model("contenttypes", "ContentType")
    permission_model = apps.get_model("auth", "Permission")
    group, _ = group_model.objects.get_or_create(name=role)
    for dotted in permissions:
        app_label, model, codename = dotted.split(".")
        kind, _ = type_model.objects.get_or_create(app_label=app_label, model=model)
        found, _ = permission_model.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": codename.replace("_", " ")}
        )
        group.permissions.add(found)
