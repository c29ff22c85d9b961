"""A house from before other currencies gets their accounts, once, by its own chart."""

from importlib import import_module

import pytest
from django.apps import apps
from djmoney.money import Money

from ledger import queries
from ledger.models import Account
from ledger.services import credit, debit, open_account, open_currency, post_entry
from ledger.services.accounts import chart_of, read_chart
from tests.factories.ledger import DAY, person
from tests.ledger.test_audit import findings

pytestmark = pytest.mark.django_db
migration = import_module("ledger.migrations.0006_accounts_abroad")
NEW = set(migration.ROLES)


def migrate() -> None:
    migration.open_accounts(apps, None)


def old_house(chart: str, currency: str) -> None:
    """A chart as it was, and dollars beside it."""
    for row in read_chart(chart):
        if row["role"] not in NEW:
            flags = {key: row.get(key, False) for key in ("is_money", "is_header")}
            words = {key: row[key] for key in ("name_es", "name_en", "kind", "role")}
            open_account(code=row["code"], currency=currency, **words, **flags)
            if row.get("every_currency"):
                open_account(code=f"{row['code']}-USD", currency="USD", **words, **flags)


@pytest.mark.parametrize(
    ("chart", "currency", "code"), [("pe", "PEN", "1032"), ("bo", "BOB", "1.1.1.04")]
)
def test_an_old_house_gets_what_its_chart_lacked(db, settings, chart, currency, code):
    settings.DEFAULT_CURRENCY = currency
    old_house(chart, currency)
    before = Account.objects.count()

    migrate()

    opened = Account.objects.filter(role__in=NEW)
    assert set(opened.filter(currency=currency).values_list("role", flat=True)) == NEW
    abroad = set(opened.filter(currency="USD").values_list("role", flat=True))
    assert abroad == {"stripe", "partner", "disputed"}
    assert queries.account("stripe").code == code
    assert queries.account("stripe", "USD").name_en == "Held by Stripe (USD)"
    assert queries.account("partner", "USD").is_money
    assert queries.balance(queries.account("exchange_gain")).amount == 0
    assert Account.objects.count() == before + 8
    assert findings() == []

    for again in (migrate, lambda: open_currency(currency="USD")):
        again()
        assert Account.objects.count() == before + 8


def test_an_account_that_took_our_number_keeps_it(db):
    old_house("pe", "PEN")
    theirs = open_account(
        code="1032", name_es="Otro banco", name_en="", kind="asset", currency="PEN", is_money=True
    )
    migrate()
    theirs.refresh_from_db()
    assert (theirs.role, theirs.code) == ("", "1032")
    assert queries.account("stripe").code == "1032a"


def test_an_empty_house_gets_nothing(db):
    migrate()
    assert not Account.objects.exists()


def test_a_chart_is_told_by_its_codes():
    assert chart_of([("1011", "cash"), ("4419.T-07", "")]) == "pe"
    assert chart_of([("1.1.1.01", "cash"), ("1041", "")]) == "bo"
    assert chart_of([("77", "")]) is None
    assert chart_of([]) is None


def test_the_accounts_of_a_migrated_house_take_postings(db):
    old_house("pe", "PEN")
    migrate()
    amount = Money("5", "USD")
    post_entry(
        day=DAY,
        kind="deposit_received",
        memo="",
        lines=[
            debit(queries.account("stripe", "USD"), amount),
            credit(queries.account("customer_deposits", "USD"), amount),
        ],
        reference="one",
        created_by=person("Tomasa"),
    )
    assert findings() == []
