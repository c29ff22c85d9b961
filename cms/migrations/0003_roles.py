"""Who writes pages and keeps pictures. Source: design, "Who sees and does what"."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.people import roles

WRITERS = (roles.EDITOR, *roles.JUNTA)
ON_PAGES = ("add_page", "change_page", "publish_page")
IN_COLLECTIONS = (
    "wagtailimages.image.add_image",
    "wagtailimages.image.change_image",
    "wagtailimages.image.choose_image",
    "wagtaildocs.document.add_document",
    "wagtaildocs.document.change_document",
    "wagtaildocs.document.choose_document",
)


def grant(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """On every page, and in the collection of all pictures and documents."""
    groups = apps.get_model("auth", "Group").objects.filter(name__in=WRITERS)
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    on_pages = apps.get_model("wagtailcore", "GroupPagePermission").objects
    in_collections = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for group in groups:
        for codename in ON_PAGES:
            permission = _permission(apps, f"wagtailcore.page.{codename}")
            on_pages.get_or_create(group=group, page=root, permission=permission)
        for dotted in IN_COLLECTIONS:
            in_collections.get_or_create(
                group=group, collection=collection, permission=_permission(apps, dotted)
            )
        roles.grant(apps, group.name, ["cms.cooperativesettings.change_cooperativesettings"])


def _permission(apps: Any, dotted: str) -> Any:
    app_label, model, codename = dotted.split(".")
    types = apps.get_model("contenttypes", "ContentType").objects
    kind, _ = types.get_or_create(app_label=app_label, model=model)
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": codename.replace("_", " ")}
    )
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_first_site"),
        ("people", "0002_roles"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
