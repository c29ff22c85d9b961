"""A pay day with too little cash pays by the rule, and what is seen is what is asked for.

Source: accounting, "a pay day with too little cash pays the oldest debts first, or pro rata".
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.kit import audit
from ledger.cash import pay_rule
from ledger.cash.errors import NothingToPay, PlanChanged
from ledger.cash.models import PayDay, PayDayLine
from ledger.cash.pay_rule import PayRule
from ledger.cash.plans import Debt, oldest_first, pay_plan, pro_rata
from ledger.cash.services import ask_pay_day, sign_together
from ledger.models import Approval, JournalEntry, Payment
from ledger.services import open_member_account, void_payment
from tests.factories.ledger import DAY, Books, person, soles
from tests.ledger.raw import in_vain, refuse
from tests.ledger.test_posting import refused

Kind = JournalEntry.Kind


# The two rules, as arithmetic ---------------------------------------------------------------
def test_the_oldest_debt_is_paid_first_whoever_has_it():
    debts = [
        Debt(date(2026, 3, 2), 5, 1, 400),
        Debt(date(2026, 1, 2), 1, 2, 300),
        Debt(date(2026, 2, 2), 3, 1, 500),
    ]
    assert oldest_first(debts, 300) == {2: 300}
    assert oldest_first(debts, 700) == {2: 300, 1: 400}
    assert oldest_first(debts, 9999) == {2: 300, 1: 900}
    assert oldest_first(debts, 0) == oldest_first(debts, -5) == {}


def test_to_each_the_same_part_and_no_cent_is_lost():
    assert pro_rata({1: 100, 2: 100, 3: 100}, 100) == {1: 34, 2: 33, 3: 33}
    assert pro_rata({1: 6000, 2: 3000}, 4500) == {1: 3000, 2: 1500}
    assert pro_rata({1: 100}, 500) == {1: 100}
    assert pro_rata({}, 500) == {}


@given(
    owed=st.dictionaries(st.integers(1, 50), st.integers(1, 10**9), max_size=30),
    available=st.integers(-10, 10**10),
)
def test_both_rules_give_out_just_what_there_is_and_nobody_more_than_she_is_owed(owed, available):
    debts = [Debt(DAY, key, key, minor) for key, minor in owed.items()]
    for paid in (pro_rata(owed, available), oldest_first(debts, available)):
        assert sum(paid.values()) == min(max(0, available), sum(owed.values()))
        assert all(0 <= minor <= owed[key] for key, minor in paid.items())


@given(
    owed=st.dictionaries(st.integers(1, 9), st.integers(1, 10**6), min_size=1),
    available=st.integers(0, 10**6),
)
def test_nobody_is_a_cent_away_from_her_part(owed, available):
    paid, total = pro_rata(owed, available), sum(owed.values())
    share = min(available, total)
    for key, minor in owed.items():
        assert abs(paid[key] * total - minor * share) < total


# In the books -------------------------------------------------------------------------------
@pytest.fixture
def short(new_books: Books) -> Books:
    """S/ 60 in the box. Rosa earned 40 in January and 20 in March, Ana 30 in February."""
    new_books.put_in_cash("60", day=date(2026, 1, 1))
    ana = open_member_account(member_code="T-08", holder=person("Ana", "member"))
    new_books.earned("40", day=date(2026, 1, 5))
    new_books.post("finished_pieces", ana, "30", kind=Kind.PIECE_PASSED, day=date(2026, 2, 5))
    new_books.earned("20", day=date(2026, 3, 5))
    return new_books


@pytest.fixture
def by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """The assembly decided: to each the same part."""
    monkeypatch.setattr(pay_rule, "_tellers", [lambda day: PayRule("pro_rata", "Titilaca 2")])


def ask(books: Books, **changes) -> PayDay:
    values = {
        "from_account": books.account("cash"),
        "purpose": "March",
        "actor": books.treasurer,
        "on": DAY,
        "reference": "pay-day",
    }
    return ask_pay_day(**(values | changes))


def gets(books: Books) -> dict[str, tuple]:
    plan = pay_plan(books.account("cash"), DAY)
    return {one.account.holder.first_name: (one.gets, one.stays) for one in plan.lines}


@pytest.mark.django_db
def test_too_little_pays_the_oldest_first(short: Books):
    assert gets(short) == {
        "Rosa": (soles("40"), soles("20")),
        "Ana": (soles("20"), soles("10")),
    }
    day = ask(short)
    assert (day.rule, day.available) == ("oldest_first", soles("60"))
    assert [one.amount for one in Payment.objects.order_by("pk")] == [soles("40"), soles("20")]
    assert audit.findings() == []


@pytest.mark.django_db
def test_too_little_pays_to_each_the_same_part(short: Books, by_part: None):
    assert gets(short) == {
        "Rosa": (soles("40"), soles("20")),
        "Ana": (soles("20"), soles("10")),
    }
    void = ask(short, reference="first")
    assert void.rule_source == "Titilaca 2"


@pytest.mark.django_db
def test_what_was_paid_before_were_the_oldest_debts(short: Books):
    short.pay("40")
    short.put_in_cash("5", day=date(2026, 1, 1))
    # S/ 25 left: Ana's of February comes before Rosa's of March.
    assert gets(short) == {"Rosa": (soles("0"), soles("20")), "Ana": (soles("25"), soles("5"))}
    day = ask(short)
    assert [one.payment_id is None for one in day.lines.order_by("account__code")] == [True, False]


@pytest.mark.django_db
def test_enough_for_all_pays_all(short: Books):
    short.put_in_cash("40", day=date(2026, 1, 1))
    assert gets(short) == {"Rosa": (soles("60"), soles("0")), "Ana": (soles("30"), soles("0"))}


@pytest.mark.django_db
def test_what_is_promised_already_is_not_promised_twice(short: Books):
    short.request("50", to_account=short.account("rent"), payee=short.rosa, kind="expense_paid")
    assert gets(short)["Rosa"] == (soles("10"), soles("50"))


@pytest.mark.django_db
def test_the_same_pay_day_again_is_the_one_that_is_there(short: Books):
    assert ask(short) == ask(short)
    assert Payment.objects.count() == 2
    with refused(NothingToPay):
        ask(short, reference="again")


@pytest.mark.django_db
def test_what_is_asked_for_is_what_was_seen(short: Books):
    seen = pay_plan(short.account("cash"), DAY).digest
    short.earned("1")
    with refused(PlanChanged):
        ask(short, seen=seen)
    assert not Payment.objects.exists()
    ask(short, seen=pay_plan(short.account("cash"), DAY).digest)


@pytest.mark.django_db
def test_signing_a_pay_day_signs_each_and_skips_what_is_not_hers(short: Books):
    day = ask(short)
    payments = [one.payment for one in day.lines.select_related("payment")]
    void_payment(payment=payments[1], actor=short.treasurer, reason="no", on=DAY)
    short.rosa.groups.set(short.president.groups.all())

    done = sign_together(payments=payments, signer=short.rosa, on=DAY)
    assert (done.count, len(done.refusals)) == (0, 2)
    done = sign_together(payments=payments, signer=short.president, on=DAY)
    assert (done.count, len(done.refusals)) == (1, 1)
    again = sign_together(payments=payments[:1], signer=short.president, on=DAY)
    assert (again.count, again.refusals) == (1, [])
    assert Approval.objects.count() == 1


@pytest.mark.django_db
def test_the_database_keeps_the_list(short: Books):
    day = ask(short)
    refuse("UPDATE cash_payday SET rule = 'pro_rata'")
    refuse("UPDATE cash_paydayline SET owed_minor = owed_minor + 1")
    refuse("DELETE FROM cash_paydayline")
    other = open_member_account(member_code="T-09", holder=person("Eva", "member"))
    for wrong in (
        {"gets_minor": 10, "payment": None},
        {"gets_minor": 10, "owed_minor": 5},
        {"gets_minor": 10, "payment": Payment.objects.first()},
    ):
        with in_vain():
            values = {"pay_day": day, "account": other, "owed_minor": 20} | wrong
            PayDayLine.objects.create(**values)
