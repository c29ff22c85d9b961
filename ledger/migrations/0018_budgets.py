"""The budget of a grant can change: versions of it, and what each plans."""

import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.triggers import BUDGETS


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, BUDGETS)


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    triggers.uninstall(schema_editor, BUDGETS)


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0017_quick_seals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GrantBudget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why")),
                ("agreed_on", models.DateField(verbose_name="agreed on")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budgets",
                        to="ledger.grant",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grant_budgets",
                        to="ledger.voucher",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "budget of a grant",
                "verbose_name_plural": "budgets of grants",
                "ordering": ["grant", "number"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="GrantPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("planned_minor", models.PositiveBigIntegerField()),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="ledger.grantbudget",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="ledger.grantline",
                    ),
                ),
            ],
            options={
                "ordering": ["budget", "line__position"],
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="grantbudget",
            constraint=models.UniqueConstraint(
                fields=("grant", "number"), name="grant_budget_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="grantbudget",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number", 1),
                    models.Q(("number__gt", 1), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="grant_budget_changes_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="grantplan",
            constraint=models.UniqueConstraint(
                fields=("budget", "line"), name="grant_plan_line_once"
            ),
        ),
        migrations.RunPython(install, uninstall),
    ]
