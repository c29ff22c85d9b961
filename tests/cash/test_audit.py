"""The audit names what was changed behind the application's back around cash."""

from datetime import date

import pytest

from coop.kit.audit import Amount, findings
from ledger.cash.models import Advance, AdvancePart, Count, Holding, PayDayLine
from ledger.cash.services import ask_handing_over, bring_back, sign_handing_over
from ledger.services import pay_payment, reverse_entry
from ledger.traces import Traced
from tests.cash.conftest import Around
from tests.cash.test_advances import ask as ask_advance
from tests.cash.test_advances import out, receipt
from tests.cash.test_pay_days import ask as ask_pay_day
from tests.cash.test_pay_days import by_part, short
from tests.factories.ledger import DAY, Books, soles
from tests.ledger.altering import nothing_refuses
from tests.ledger.behind import rules_off, run

pytestmark = pytest.mark.django_db
__all__ = ["by_part", "out", "short"]


def named(words: str) -> bool:
    """Whether a finding says this."""
    return any(words in one for one in findings())


def in_every_box(around: Around) -> Holding:
    """A box that was counted with a difference and handed over."""
    books, count = around.books, around.counted(notes=4)
    handing = ask_handing_over(count=count, receiver=books.president, actor=books.treasurer, on=DAY)
    for one in (books.treasurer, books.president):
        sign_handing_over(handing_over=handing, person=one, actor=one)
    return Holding.objects.get(number=2)


# Boxes and counts --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE cash_holding SET holder_id = {marta} WHERE id = {holding}", "did not receive it"),
        ("UPDATE cash_holding SET since = '2020-01-01' WHERE id = {holding}", "since 2020-01-01"),
        ("DELETE FROM cash_holding WHERE id = {holding}", "its account says"),
        ("UPDATE ledger_account SET holder_id = {marta} WHERE role = 'cash'", "its account says"),
        ("DELETE FROM cash_handingsign WHERE person_id = {president}", "did not receive it"),
        ("UPDATE cash_handingover SET receiver_id = {marta}", "did not receive it"),
    ],
)
def test_who_has_a_box_follows_from_the_last_handing_over(around: Around, sql: str, words: str):
    holding = in_every_box(around)
    assert findings() == []
    keys = {
        "marta": around.marta.pk, "holding": holding.pk, "president": around.books.president.pk
    }  # fmt: skip
    with rules_off():
        assert run(sql.format(**keys))
        assert named(words)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE cash_agreement SET person_id = {counter}, written_by_id = {counter}", "count {count} was made by one person"),
        ("UPDATE cash_count SET counted_minor = 9000, of_1000 = 1, of_2000 = 4", "of no count"),
        ("UPDATE cash_count SET expected_minor = 8000", "count {count} differs by S/\u00a00.00"),
        ("UPDATE cash_count SET expected_minor = 9900", "says that S/\u00a099.00 were in the books"),
        ("UPDATE ledger_journalentry SET reference = 'x' WHERE kind = 'cash_counted'",
         "count {count} differs by −S/\u00a020.00, and its entry in the books is –"),
    ],
)  # fmt: skip
def test_a_count_is_of_two_and_its_difference_is_booked(around: Around, sql: str, words: str):
    count = around.counted(notes=4)
    assert findings() == []
    keys = {"count": count.pk, "counter": count.counter_id}
    with rules_off():
        assert run(sql.format(**keys))
        assert named(words.format(**keys))


def test_notes_leave_boxes_and_nothing_else_does(around: Around):
    around.books.earned("60")
    around.books.pay("20")
    assert findings() == []
    with rules_off():
        run(
            "UPDATE ledger_handing SET means = 'transfer', proof = '', drawing = '', operation = '1'"
        )
        assert named("was handed over as “By bank transfer” out of account")


def test_the_notes_of_a_count_add_up(around: Around):
    count = around.counted()
    with nothing_refuses(Traced(Count)):
        run("UPDATE cash_count SET of_2000 = 1")
        assert named(
            f"count {count.pk} says S/\u00a0100.00, and its notes and coins make S/\u00a020.00"
        )


# Advances ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE cash_advancepart SET minor = 1 WHERE id = {part}",
         "part {part} of advance {advance} is not what its entry says"),
        ("UPDATE ledger_payment SET kind = 'expense_paid' WHERE id = {payment}",
         "advance {advance} is not the payment of an advance"),
        ("UPDATE ledger_payment SET amount_minor = 1000 WHERE id = {payment}",
         "advance {advance} was of S/\u00a010.00, and S/\u00a050.00 of it was brought"),
        ("UPDATE ledger_posting SET account_id = {rent} WHERE entry_id = {rest} AND side = 'debit'",
         "part {back} of advance {advance} is “Rest of an advance returned”, and went to account"),
        ("UPDATE ledger_posting SET account_id = {bank} WHERE entry_id = {cost} AND side = 'debit'",
         "part {part} of advance {advance} is “Advance accounted for”, and went to account"),
        ("DELETE FROM cash_advancepart WHERE id = {part}", "accounts for no advance"),
    ],
)  # fmt: skip
def test_an_advance_is_accounted_for_in_the_books(
    new_books: Books, out: Advance, sql: str, words: str
):
    part = receipt(new_books, out, "30")
    back = bring_back(
        advance=out, amount=soles("20"), to_account=new_books.account("cash"),
        actor=new_books.treasurer, on=DAY, reference="rest",
    )  # fmt: skip
    assert findings() == []
    keys = {
        "part": part.pk, "back": back.pk, "advance": out.pk, "payment": out.payment_id,
        "cost": part.entry_id, "rest": back.entry_id,
        "rent": new_books.account("rent").pk, "bank": new_books.account("bank").pk,
    }  # fmt: skip
    with rules_off():
        assert run(sql.format(**keys))
        assert named(words.format(**keys))


def test_a_receipt_that_was_undone_is_to_come_again(new_books: Books, out: Advance):
    part = receipt(new_books, out, "50")
    assert not Advance.objects.out().exists()
    reverse_entry(entry=part.entry, reason="blurred", day=DAY, actor=new_books.treasurer)
    assert Advance.objects.out().get() == out
    assert out.outstanding == soles("50")
    assert receipt(new_books, out, "50").entry != part.entry
    assert AdvancePart.objects.count() == 2
    assert findings() == []


def test_an_advance_whose_payment_was_undone_is_not_out(new_books: Books):
    new_books.put_in_cash("100")
    advance = ask_advance(new_books)
    paid = pay_payment(
        payment=new_books.sign_twice(advance.payment), actor=new_books.treasurer, on=DAY
    )
    assert Advance.objects.out().exists()
    reverse_entry(entry=paid, reason="she stayed", day=DAY, actor=new_books.treasurer)
    assert not Advance.objects.out().exists()
    assert not advance.is_out


# Pay days ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("rule", ["oldest_first", "pro_rata"])
def test_a_pay_day_gives_what_its_rule_gives(short: Books, rule: str, request):
    if rule == "pro_rata":
        request.getfixturevalue("by_part")
    day = ask_pay_day(short)
    # What comes after it says nothing about what was owed then.
    short.earned("25", day=date(2026, 3, 9))
    assert findings() == []
    first, second = PayDayLine.objects.order_by("pk")
    for one, other in ((first, second), (second, first)):
        with rules_off():
            run("UPDATE cash_paydayline SET gets_minor = gets_minor - 100 WHERE id = %s", one.pk)
            run("UPDATE cash_paydayline SET gets_minor = gets_minor + 100 WHERE id = %s", other.pk)
            less, more = Amount(one.gets_minor - 100), Amount(other.gets_minor + 100)
            assert named(f"line {one.pk} of pay day {day.pk} is not what was asked for")
            assert named(f"line {one.pk} of pay day {day.pk} gets {less}; by the rule")
            assert named(f"line {other.pk} of pay day {day.pk} gets {more}")


def test_another_rule_debt_or_sum_is_found(short: Books):
    day = ask_pay_day(short)
    line = PayDayLine.objects.order_by("pk")[0]
    for sql, words in (
        (
            "UPDATE cash_payday SET available_minor = 6001",
            f"line {line.pk + 1} of pay day {day.pk}",
        ),
        (
            "UPDATE cash_payday SET available_minor = 5000",
            "gave out S/\u00a060.00, and there was S/\u00a050.00",
        ),
        (
            "UPDATE cash_paydayline SET owed_minor = 7777",
            "says S/\u00a077.77, never owed until then",
        ),
        ("UPDATE ledger_payment SET amount_minor = 1", "is not what was asked for"),
    ):
        with rules_off():
            assert run(sql)
            assert named(words), sql
    assert findings() == []
