"""What each role may do with the catalogue. Source: design, "Who sees and does what"."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.people import roles

WORDS = (
    "product.view_product",
    "product.add_product",
    "product.change_product",
    "category.view_category",
    "category.add_category",
    "category.change_category",
    "design.view_design",
)
OFFER = (
    *WORDS,
    "design.add_design",
    "design.change_design",
    "variant.view_variant",
    "variant.add_variant",
    "variant.change_variant",
    "piece.view_piece",
)
READ = (
    "product.view_product",
    "category.view_category",
    "design.view_design",
    "piece.view_piece",
)
GRANTS: dict[str, tuple[str, ...]] = {
    roles.EDITOR: WORDS,
    **dict.fromkeys(roles.JUNTA, OFFER),
    roles.STOREKEEPER: READ,
    roles.CHECKER: READ,
    roles.AUDITOR: READ,
}


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the roles their permissions."""
    for role, permissions in GRANTS.items():
        roles.grant(apps, role, [f"catalog.{one}" for one in permissions])


def revoke(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the permissions back."""
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTS):
        group.permissions.remove(*group.permissions.filter(content_type__app_label="catalog"))


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_triggers"), ("people", "0002_roles")]
    operations = [migrations.RunPython(grant, revoke)]
