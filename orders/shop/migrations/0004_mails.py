"""A row for each notice to a customer, and the database's own rules for it."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from orders.shop.triggers import MAILS


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, MAILS)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the rules away."""
    triggers.uninstall(schema_editor, MAILS)


class Migration(migrations.Migration):
    dependencies = [
        ("shop", "0003_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("notice", models.CharField(max_length=20)),
                ("key", models.CharField(blank=True, max_length=80)),
                ("message_id", models.CharField(max_length=200, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("failed", "given up"),
                            ("dropped", "no longer needed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "last_problem",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("connection", "The mail server could not be reached."),
                            ("login", "The mail server did not let us in."),
                            ("address", "The mail server refused the address."),
                            ("refused", "The mail server did not take it."),
                            ("interrupted", "The sending was interrupted."),
                        ],
                        max_length=12,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("resent_at", models.DateTimeField(null=True)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="shop.order",
                    ),
                ),
                (
                    "resent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["status", "next_try_at"], name="order_mail_due")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("order", "notice", "key"), name="order_mail_told_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("status", "sent")),
                            models.Q(
                                models.Q(("status", "sent"), _negated=True),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="order_mail_sent_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("next_try_at__isnull", False),
                                ("status__in", ["waiting", "sending"]),
                            ),
                            models.Q(
                                models.Q(("status__in", ["waiting", "sending"]), _negated=True),
                                ("next_try_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="order_mail_open_has_its_next_try",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resent_at__isnull", True), ("resent_by__isnull", True)),
                            models.Q(("resent_at__isnull", False), ("resent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="order_mail_asked_again_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunPython(install, uninstall),
    ]
