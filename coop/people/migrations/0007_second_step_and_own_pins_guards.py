"""Who decides about the second step, whose PIN is known, and what the database keeps of both."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from coop.people import roles
from coop.people.triggers import PIN_EVENTS, SECOND_STEP


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Who signs first, and who keeps the accounts."""
    for role in (roles.PRESIDENT, roles.SECRETARY):
        roles.grant(apps, role, ["people.secondsteprule.decide_second_step"])


def vouch(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """People of the office had their address written down by the house: it is theirs."""
    address = apps.get_model("account", "EmailAddress")
    people = apps.get_model("people", "User").objects.filter(
        groups__permissions__codename="access_admin", email__isnull=False
    )
    for person in people.distinct():
        address.objects.update_or_create(
            user=person, email=person.email, defaults={"verified": True, "primary": True}
        )


def distrust(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now somebody else gave each woman of the Junta her PIN. The demo's are random."""
    cards = apps.get_model("people", "PinCard").objects.filter(
        user__groups__name__in=roles.JUNTA, user__is_demo=False
    )
    for card in cards.distinct():
        card.is_known = True
        card.save(update_fields=["is_known"])


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, [*SECOND_STEP, *PIN_EVENTS])


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the rules away."""
    triggers.uninstall(schema_editor, [*SECOND_STEP, *PIN_EVENTS])


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_second_step_and_own_pins"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [
        migrations.RunPython(grant, migrations.RunPython.noop),
        migrations.RunPython(vouch, migrations.RunPython.noop),
        migrations.RunPython(distrust, migrations.RunPython.noop),
        migrations.RunPython(install, uninstall),
    ]
