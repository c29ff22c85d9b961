"""Tables of how payments were handed over, and every rule that reads signatures put back."""

import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coop.kit import triggers
from ledger.triggers import HANDINGS, PAYMENTS, SEALS


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the rules in place."""
    triggers.install(schema_editor, [*SEALS, *PAYMENTS, *HANDINGS])


def uninstall(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    triggers.uninstall(schema_editor, [*SEALS, *PAYMENTS, *HANDINGS])


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0008_handing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="account",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("bank", "Bank"),
                    ("cash", "Cash box"),
                    ("wallet", "Phone wallet"),
                    ("stripe", "Held by Stripe"),
                    ("partner", "Held by the partner"),
                    ("customer_deposits", "Customers' deposits"),
                    ("receivable", "Receivable"),
                    ("disputed", "Disputed payments"),
                    ("finished_pieces", "Finished pieces"),
                    ("wool_store", "Wool in store"),
                    ("wool_members", "Wool with members"),
                    ("pieces_consigned", "Pieces on consignment"),
                    ("trip_advances", "Advances to account for"),
                    ("member_advances", "Advances to members"),
                    ("supplier", "Suppliers"),
                    ("members_payable", "Owed to members"),
                    ("member_shares", "Members' shares"),
                    ("opening_equity", "Opening equity"),
                    ("common_fund", "Common fund"),
                    ("sales", "Sales"),
                    ("shipping_charged", "Shipping charged"),
                    ("sales_returned", "Sales returned"),
                    ("cost_of_sales", "Cost of pieces sold"),
                    ("wool_wasted", "Wool wasted"),
                    ("losses", "Losses"),
                    ("cash_short", "Cash short"),
                    ("cash_over", "Cash over"),
                    ("coordination_cost", "Coordination"),
                    ("shipping_cost", "Shipping paid"),
                    ("rent", "Workshop rent"),
                    ("transport", "Transport"),
                    ("payment_fees", "Payment fees"),
                    ("bank_charges", "Bank charges"),
                    ("exchange", "Exchange between currencies"),
                    ("exchange_gain", "Exchange gain"),
                    ("exchange_loss", "Exchange loss"),
                ],
                max_length=24,
                verbose_name="role",
            ),
        ),
        migrations.AlterField(
            model_name="journalentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("opening", "Opening"),
                    ("shares", "Shares and dues"),
                    ("grant", "Grant"),
                    ("deposit_received", "Paid in advance"),
                    ("sale", "Sale"),
                    ("cost_of_sale", "Cost of a sale"),
                    ("receivable_settled", "Paid on terms"),
                    ("sale_returned", "Sale returned"),
                    ("refund", "Refund"),
                    ("fee", "Fee of a provider"),
                    ("dispute", "Dispute"),
                    ("payout", "Payout of a provider"),
                    ("wool_bought", "Wool bought"),
                    ("wool_issued", "Wool issued"),
                    ("wool_returned", "Wool returned"),
                    ("wool_wasted", "Wool wasted"),
                    ("piece_passed", "Piece passed"),
                    ("premium", "Premium or deduction"),
                    ("member_paid", "Member paid"),
                    ("advance_paid", "Advance paid"),
                    ("supplier_paid", "Supplier paid"),
                    ("expense_paid", "Expense paid"),
                    ("advance_settled", "Advance accounted for"),
                    ("advance_returned", "Rest of an advance returned"),
                    ("transfer", "Transfer between our accounts"),
                    ("exchange", "Exchange between currencies"),
                    ("bank_charge", "Bank charge"),
                    ("cash_counted", "Cash count differs"),
                    ("loss", "Loss"),
                    ("surplus", "Surplus shared"),
                    ("reversal", "Reversal"),
                    ("hand", "Entry by hand"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="kind",
            field=models.CharField(
                choices=[
                    ("opening", "Opening"),
                    ("shares", "Shares and dues"),
                    ("grant", "Grant"),
                    ("deposit_received", "Paid in advance"),
                    ("sale", "Sale"),
                    ("cost_of_sale", "Cost of a sale"),
                    ("receivable_settled", "Paid on terms"),
                    ("sale_returned", "Sale returned"),
                    ("refund", "Refund"),
                    ("fee", "Fee of a provider"),
                    ("dispute", "Dispute"),
                    ("payout", "Payout of a provider"),
                    ("wool_bought", "Wool bought"),
                    ("wool_issued", "Wool issued"),
                    ("wool_returned", "Wool returned"),
                    ("wool_wasted", "Wool wasted"),
                    ("piece_passed", "Piece passed"),
                    ("premium", "Premium or deduction"),
                    ("member_paid", "Member paid"),
                    ("advance_paid", "Advance paid"),
                    ("supplier_paid", "Supplier paid"),
                    ("expense_paid", "Expense paid"),
                    ("advance_settled", "Advance accounted for"),
                    ("advance_returned", "Rest of an advance returned"),
                    ("transfer", "Transfer between our accounts"),
                    ("exchange", "Exchange between currencies"),
                    ("bank_charge", "Bank charge"),
                    ("cash_counted", "Cash count differs"),
                    ("loss", "Loss"),
                    ("surplus", "Surplus shared"),
                    ("reversal", "Reversal"),
                    ("hand", "Entry by hand"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="CodeTry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="code_tries",
                        to="ledger.payment",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Handing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("cash", "In cash"),
                            ("transfer", "By bank transfer"),
                            ("wallet", "By phone wallet"),
                        ],
                        max_length=8,
                        verbose_name="how it was paid",
                    ),
                ),
                (
                    "proof",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("code", "her one-time code"),
                            ("signature", "her signature on the screen"),
                            ("witness", "a witness"),
                        ],
                        default="",
                        max_length=9,
                        verbose_name="confirmed by",
                    ),
                ),
                ("drawing", models.TextField(blank=True, default="", verbose_name="signature")),
                (
                    "wallet",
                    models.CharField(
                        blank=True,
                        choices=[("yape", "Yape"), ("plin", "Plin"), ("other", "Another wallet")],
                        default="",
                        max_length=5,
                        verbose_name="wallet",
                    ),
                ),
                (
                    "wallet_number",
                    models.CharField(
                        blank=True, default="", max_length=20, verbose_name="phone number"
                    ),
                ),
                (
                    "operation",
                    models.CharField(
                        blank=True, default="", max_length=40, verbose_name="operation number"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handing",
                        to="ledger.payment",
                    ),
                ),
                (
                    "witness",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who saw it",
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
                "verbose_name": "handing over of a payment",
                "verbose_name_plural": "handings over of payments",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("means", "cash"),
                                ("operation", ""),
                                ("proof__in", ["code", "signature", "witness"]),
                                ("wallet", ""),
                                ("wallet_number", ""),
                            ),
                            models.Q(
                                ("means", "transfer"),
                                ("proof", ""),
                                ("wallet", ""),
                                ("wallet_number", ""),
                                models.Q(("operation", ""), _negated=True),
                            ),
                            models.Q(
                                ("means", "wallet"),
                                ("proof", ""),
                                ("wallet__in", ["yape", "plin", "other"]),
                                models.Q(("operation", ""), _negated=True),
                                models.Q(("wallet_number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="handing_tells_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("proof", "signature"), models.Q(("drawing", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("proof", "signature"), _negated=True), ("drawing", "")
                            ),
                            _connector="OR",
                        ),
                        name="handing_signature_is_drawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proof", "witness"), ("witness__isnull", False)),
                            models.Q(
                                models.Q(("proof", "witness"), _negated=True),
                                ("witness__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="handing_witness_is_named",
                    ),
                ],
            },
        ),
        migrations.RunPython(install, uninstall),
    ]
