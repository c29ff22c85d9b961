"""Houses that have a chart already get the accounts that it has now and had not."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from ledger.services.accounts import chart_of, rows_to_open


def open_accounts(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Open what is missing, in every currency that the house has; again it changes nothing."""
    accounts = apps.get_model("ledger", "Account").objects
    balances = apps.get_model("ledger", "AccountBalance").objects
    by_age = accounts.exclude(role="").order_by("pk")
    currencies = list(dict.fromkeys(by_age.values_list("currency", flat=True)))
    chart = chart_of(by_age.values_list("code", "role"))
    if chart is None:
        return
    for currency in currencies:
        there = [
            (code, role if its_currency == currency else "")
            for code, role, its_currency in accounts.values_list("code", "role", "currency")
        ]
        rows = rows_to_open(chart, currency, is_first=currency == currencies[0], there=there)
        for row in rows:
            balances.create(account=accounts.create(**row))


class Migration(migrations.Migration):
    dependencies = [("ledger", "0012_books_guards")]
    operations = [migrations.RunPython(open_accounts, migrations.RunPython.noop)]
