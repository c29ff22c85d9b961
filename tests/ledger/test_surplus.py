"""A year's result is shared as the assembly voted, to the cent, with its acta."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from coop.kit.audit import findings
from ledger import queries, weights
from ledger.errors import (
    DecidedAhead,
    DecisionMissing,
    MoreThanResult,
    NoResult,
    NotEnoughMoney,
    NothingShared,
    NothingToShareBy,
    UnknownFormula,
)
from ledger.models import JournalEntry, SurplusDecision
from ledger.services import bear_loss, open_member_account, share_surplus
from ledger.services.surplus import Decision
from tests.factories.ledger import Books, close_period, person, soles
from tests.ledger.behind import run

pytestmark = pytest.mark.django_db
NOVEMBER, YEAR, MARCH = date(2025, 11, 5), date(2025, 12, 31), date(2026, 3, 5)
VOTED = Decision(date(2026, 3, 1), "La mitad a la reserva, el resto a las socias.", "12")


@pytest.fixture
def left_over(books: Books, monkeypatch: pytest.MonkeyPatch) -> Books:
    """2025 left S/ 100.00 over; Rosa knitted 3 hours, Eva 2, Julia 2."""
    books.put_in_cash("10", day=NOVEMBER)
    books.post("cash", "sales", "100", kind="sale", day=NOVEMBER)
    close_period(last_day=YEAR, actor=books.treasurer)
    books.eva = open_member_account(member_code="T-08", holder=person("Eva"))
    books.julia = open_member_account(member_code="T-09", holder=person("Julia"))
    by = {books.rosas.pk: 3, books.eva.pk: 2, books.julia.pk: 2}
    monkeypatch.setitem(weights._formulas, "test", weights.Formula("test", "t", "", lambda *_: by))
    return books


def share(books: Books, **changes: object) -> SurplusDecision:
    values = {
        "to_funds": {"reserve": soles("50")},
        "to_members": soles("50"),
        "formula": "test",
        "decision": VOTED,
        "actor": books.treasurer,
        "on": MARCH,
        "reference": "test:surplus",
    }
    return share_surplus(**(values | changes))


def test_half_to_the_reserve_half_by_hours(left_over: Books):
    """50.00 by 3, 2, 2 of 7: 21.428, 14.285, 14.285; the céntimo left goes to the most cut."""
    made = share(left_over)
    assert queries.balance(left_over.account("reserve")) == soles("50")
    assert [queries.balance(one) for one in (left_over.rosas, left_over.eva, left_over.julia)] == [
        soles("21.43"),
        soles("14.29"),
        soles("14.28"),
    ]
    assert queries.balance(left_over.account("result")) == soles("0")
    assert [(one.weight, one.amount_minor) for one in made.shares.all()] == [
        (None, 5000),
        (3, 2143),
        (2, 1429),
        (2, 1428),
    ]
    assert (made.acta, made.decided_on, made.until) == ("12", VOTED.decided_on, YEAR)
    assert share(left_over) == made
    assert findings() == []


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"to_members": soles("50.01")}, MoreThanResult),
        ({"to_members": soles("0"), "to_funds": {}}, NothingShared),
        ({"formula": "none"}, UnknownFormula),
        ({"decision": Decision(VOTED.decided_on, " ", "12")}, DecisionMissing),
        ({"decision": Decision(VOTED.decided_on, "words", "")}, DecisionMissing),
        ({"decision": Decision(date(2026, 3, 6), "words", "1")}, DecidedAhead),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_shared(left_over: Books, change, refusal):
    with pytest.raises(refusal):
        share(left_over, **change)
    assert not SurplusDecision.objects.exists()
    assert queries.balance(left_over.account("result")) == soles("100")


def test_by_a_formula_that_gives_nobody_anything_nothing_is_shared(left_over: Books, monkeypatch):
    empty = weights.Formula("test", "hours", "", lambda *_: {})
    monkeypatch.setitem(weights._formulas, "test", empty)
    with pytest.raises(NothingToShareBy):
        share(left_over)


def test_before_a_year_is_closed_there_is_no_result(books: Books):
    with pytest.raises(NoResult):
        share(books)


def test_funds_bear_a_loss(books: Books):
    books.put_in_cash("100", day=NOVEMBER)
    books.post("opening_equity", "common_fund", "30", day=NOVEMBER)
    books.post("rent", "opening_equity", "40", day=NOVEMBER)
    close_period(last_day=YEAR, actor=books.treasurer)
    values = {"decision": VOTED, "actor": books.treasurer, "on": MARCH, "reference": "test:loss"}
    with pytest.raises(NotEnoughMoney):
        bear_loss(from_funds={"common_fund": soles("31")}, **values)
    with pytest.raises(MoreThanResult):
        bear_loss(from_funds={"common_fund": soles("41")}, **values)
    made = bear_loss(from_funds={"common_fund": soles("30")}, **values)
    assert (made.amount, [one.amount_minor for one in made.shares.all()]) == (soles("-30"), [-3000])
    assert queries.balance(books.account("result")) == soles("-10")
    with translation.override("en"):
        told = queries.describe(JournalEntry.objects.get(kind="surplus"))
    assert told == "S/\u00a030.00 of a year's loss was borne by the funds, by vote."
    assert findings() == []


def test_the_database_keeps_a_decision_as_it_was_booked(left_over: Books):
    made = share(left_over)
    refused = [
        "UPDATE ledger_surplusdecision SET words = 'other'",
        "UPDATE ledger_surplusshare SET amount_minor = 1",
        "DELETE FROM ledger_surplusshare",
        (
            "INSERT INTO ledger_surplusshare (decision_id, account_id, amount_minor)"
            f" VALUES ({made.pk}, {left_over.account('common_fund').pk}, 5)"
        ),
    ]
    for sql in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            run(sql)
