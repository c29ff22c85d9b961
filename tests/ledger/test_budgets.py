"""A grant's budget changes as its donor agreed: a new version, and every old one is kept."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.formats import date_format

from coop.kit import days
from coop.kit.audit import findings
from ledger import queries
from ledger.errors import (
    BudgetBelowSpent,
    BudgetReasonMissing,
    BudgetUnchanged,
    DecidedAhead,
    GrantDaysWrong,
    GrantUsedLater,
    GrantWithoutLines,
    LineNameTaken,
    OutsideGrant,
)
from ledger.models import GrantBudget, GrantPlan, Voucher
from ledger.services import (
    change_budget,
    forget_loose_vouchers,
    keep_voucher,
    tag_payment,
    void_payment,
)
from ledger.services.vouchers import FORGET_AFTER
from tests.factories.ledger import Books, soles
from tests.ledger.behind import rules_off, run
from tests.ledger.test_by_hand import photo
from tests.ledger.test_grants import granted, opened, spend, tag
from tests.ledger.test_office import at, shown, sign_in

pytestmark = pytest.mark.django_db
__all__ = ["granted"]
MARCH = date(2026, 3, 1)


def change(books: Books, *planned, **changes) -> GrantBudget:
    """Of the grant's two lines: what is planned for each, then new ones."""
    lines = list(books.grant.lines.order_by("position"))
    values = {
        "grant": books.grant,
        "planned": [
            (
                lines[place] if isinstance(one, str) else one[0],
                soles(one if isinstance(one, str) else one[1]),
            )
            for place, one in enumerate(planned)
        ],
        "reason": "Letter 14 of the municipality",
        "agreed_on": MARCH,
        "actor": books.treasurer,
    }
    return change_budget(**(values | changes))


def planned(books: Books, until: date | None = None) -> dict[str, object]:
    report = queries.grant_report(books.grant, until)
    return {one.name: one.planned for one in report.lines}


def test_a_budget_changes_and_the_one_before_is_kept(granted: Books):
    assert queries.grant_report(granted.grant).versions == []
    change(granted, "700", "250", ("Comida", "50"))
    assert planned(granted) == {
        "Profesora": soles("700"), "Tintes": soles("250"), "Comida": soles("50")
    }  # fmt: skip
    second, first = queries.grant_report(granted.grant).versions
    assert (first.budget.number, second.budget.number) == (1, 2)
    assert first.planned == [("Profesora", soles("600")), ("Tintes", soles("400"))]
    assert (first.total, second.total) == (soles("1000"), soles("1000"))
    assert second.budget.written_by == granted.treasurer
    # A report of a day before the letter says what was planned then.
    assert planned(granted, MARCH - timedelta(days=1)) == {
        "Profesora": soles("600"), "Tintes": soles("400")
    }  # fmt: skip
    change(granted, "800", "150", ("Transporte", "50"), reason="Letter 20")
    assert planned(granted)["Comida"] == soles("0")
    assert GrantBudget.objects.count() == 3
    assert findings() == []


def test_no_line_is_planned_below_what_it_has_spent(granted: Books):
    tag(granted, spend(granted, "250"), "250")
    with pytest.raises(BudgetBelowSpent):
        change(granted, "249.99", "750")
    change(granted, "250", "750")
    assert planned(granted)["Profesora"] == soles("250")


@pytest.mark.parametrize(
    ("lines", "changes", "refusal"),
    [
        (("600", "400"), {}, BudgetUnchanged),
        (("700", "300"), {"reason": " "}, BudgetReasonMissing),
        (("700", "300"), {"agreed_on": days.today() + timedelta(days=1)}, DecidedAhead),
        (("0", "0"), {}, GrantWithoutLines),
        (("-1", "1001"), {}, GrantWithoutLines),
        (("500", "400", ("tintes", "100")), {}, LineNameTaken),
        (("500", "400", ("Comida", "0")), {}, GrantWithoutLines),
    ],
)
def test_what_is_no_change_is_refused(granted: Books, lines, changes, refusal):
    with pytest.raises(refusal), transaction.atomic():
        change(granted, *lines, **changes)
    assert not GrantBudget.objects.exists()
    assert granted.grant.lines.count() == 2


def test_the_donor_gives_more_time(granted: Books):
    grant = granted.grant
    first, later = grant.ends_on, grant.ends_on + timedelta(days=60)
    assert grant not in queries.open_grants(later)
    with pytest.raises(OutsideGrant):
        tag(granted, spend(granted, "50", day=first + timedelta(days=3)), "50")

    change(granted, "600", "400", ends_on=later)

    assert grant in queries.open_grants(later)
    tag(granted, spend(granted, "60", day=first + timedelta(days=3)), "60")
    assert queries.grant_report(grant).last_day == later
    # A report of a day before the letter says until when it was then.
    assert queries.grant_report(grant, MARCH - timedelta(days=1)).last_day == first
    change(granted, "500", "500", reason="Letter 20")
    assert queries.last_day_of(grant) == later
    versions = queries.grant_report(grant).versions
    assert [one.budget.ends_on for one in versions] == [None, later, None]
    # What was agreed first was written when the grant was opened, not when it changed.
    assert versions[-1].budget.at == grant.created_at
    assert findings() == []


def test_a_grant_ends_neither_before_it_begins_nor_before_what_is_told_of_it(granted: Books):
    grant = granted.grant
    spent = spend(granted, "50")
    tag(granted, spent, "50")
    for day, refusal in (
        (grant.starts_on - timedelta(days=1), GrantDaysWrong),
        (spent.day - timedelta(days=1), GrantUsedLater),
        (grant.ends_on, BudgetUnchanged),
    ):
        with pytest.raises(refusal), transaction.atomic():
            change(granted, "600", "400", ends_on=day)
    assert not GrantBudget.objects.exists()
    change(granted, "600", "400", ends_on=spent.day)
    assert queries.last_day_of(grant) == spent.day


def test_a_payment_that_waits_keeps_its_day_within_the_grant(granted: Books):
    first, _second = granted.grant.lines.order_by("position")
    granted.earned("20")
    payment = granted.request("20", reference="of-grant")
    tag_payment(payment=payment, line=first)
    with pytest.raises(GrantUsedLater), transaction.atomic():
        change(granted, "600", "400", ends_on=payment.requested_on - timedelta(days=1))
    void_payment(payment=payment, actor=granted.president, reason="x", on=payment.requested_on)
    change(granted, "600", "400", ends_on=payment.requested_on - timedelta(days=1))


def test_the_database_lets_no_grant_end_before_it_begins(granted: Books):
    change(granted, "700", "300")
    with pytest.raises(IntegrityError), transaction.atomic():
        GrantBudget.objects.create(
            grant=granted.grant, number=3, reason="x", agreed_on=MARCH,
            ends_on=granted.grant.starts_on - timedelta(days=1), written_by=granted.treasurer,
        )  # fmt: skip
    newest = GrantBudget.objects.order_by("-number")[0]
    with rules_off():
        run("UPDATE ledger_grantbudget SET ends_on = '2000-01-01' WHERE id = %s", newest.pk)
        assert any(f"budget {newest.pk} ends its grant before" in one for one in findings())


def test_the_letter_is_kept(granted: Books):
    letter = keep_voucher(file=photo(), actor=granted.treasurer)
    change(granted, "700", "300", letter=letter)
    Voucher.objects.filter(pk=letter.pk).count()
    with rules_off():
        run("UPDATE ledger_voucher SET at = %s", letter.at - FORGET_AFTER * 2)
        assert forget_loose_vouchers() == 0
    assert Voucher.objects.get() == letter


def test_the_database_keeps_budgets(granted: Books):
    change(granted, "700", "300")
    other = opened(granted, code="OTRA", name="Otra")
    for sql in (
        "UPDATE ledger_grantbudget SET reason = 'x'",
        "DELETE FROM ledger_grantplan",
        "UPDATE ledger_grantplan SET planned_minor = 1",
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            run(sql)
    newest = GrantBudget.objects.order_by("-number")[0]
    for make in (
        lambda: GrantBudget.objects.create(
            grant=granted.grant, number=9, reason="x", agreed_on=MARCH,
            written_by=granted.treasurer,
        ),
        lambda: GrantPlan.objects.create(
            budget=newest, line=other.lines.all()[0], planned_minor=5
        ),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
    with rules_off():
        run("UPDATE ledger_grantbudget SET number = 7 WHERE id = %s", newest.pk)
        assert any(f"budget {newest.pk} of a grant does not follow" in one for one in findings())


def test_the_treasurer_changes_it_in_the_office(granted: Books):
    client: Client = sign_in(granted.treasurer)
    code = granted.grant.code
    assert at("change-budget", code) in shown(client, "grant", code)
    first, second = granted.grant.lines.order_by("position")
    form = {
        "line-TOTAL_FORMS": "4", "line-INITIAL_FORMS": "2",
        "line-0-what": "another name", "line-0-line": str(second.pk), "line-0-amount": "700",
        "line-1-amount": "0",
        "line-2-what": "Comida", "line-2-amount": "300",
        "reason": "Carta 14", "agreed_on": "2026-03-01", "photo": photo(),
    }  # fmt: skip
    page = client.post(at("change-budget", code), form | {"reason": ""})
    assert list(page.context["form"].errors) == ["reason"]
    assert not GrantBudget.objects.exists()
    assert client.post(at("change-budget", code), form | {"photo": photo()}).status_code == 302
    # What stands in the budget keeps its name and place, whatever is sent.
    assert planned(granted) == {
        first.name: soles("700"), second.name: soles("0"), "Comida": soles("300")
    }  # fmt: skip
    page = shown(client, "grant", code)
    assert "Carta 14" in page
    assert at("voucher", Voucher.objects.order_by("-pk")[0].pk) in page


def test_she_writes_in_the_office_until_when_it_is_now(granted: Books):
    client: Client = sign_in(granted.treasurer)
    code, grant = granted.grant.code, granted.grant
    later = grant.ends_on + timedelta(days=31)
    page = client.get(at("change-budget", code))
    assert page.context["form"]["ends_on"].value() == grant.ends_on
    form = {
        "line-TOTAL_FORMS": "2", "line-INITIAL_FORMS": "2",
        "line-0-amount": "600", "line-1-amount": "400",
        "reason": "Carta 15", "agreed_on": "2026-03-01",
    }  # fmt: skip
    for slip in ("2001-01-01", "9999-12-31", "1200-01-01"):
        page = client.post(at("change-budget", code), form | {"ends_on": slip})
        assert list(page.context["form"].errors) == ["ends_on"]

    done = client.post(at("change-budget", code), form | {"ends_on": str(later)})

    assert done.status_code == 302
    day = date_format(later, "DATE_FORMAT")
    assert shown(client, "grant", code).count(day) == 2  # its days, and how they changed
    assert date_format(later, "SHORT_DATE_FORMAT") in shown(client, "grants")
    # What was agreed first stays to be read.
    assert date_format(grant.ends_on, "DATE_FORMAT") in shown(client, "grant", code)
