"""Lines of the bank are lines of the books: one or many, with amounts, and undone one at a time."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from coop.kit.audit import findings
from ledger.bank import errors
from ledger.bank.models import BankLine, LearnedRule, Match, Part
from ledger.bank.queries import open_postings, standing_of
from ledger.bank.queries.suggesting import board
from ledger.bank.services import (
    ask_payment_for,
    import_file,
    match_lines,
    undo_match,
    write_entry,
)
from ledger.errors import KeptByTheHouse, LedgerError, MoneyNeedsPayment, OnlyExpenses
from ledger.models import JournalEntry, Posting
from ledger.services import pay_payment, reverse_entry, sign_payment
from tests.bank.behind import named
from tests.bank.files import csv
from tests.factories.ledger import DAY, close_period, soles
from tests.ledger.behind import rules_off, run

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


@pytest.fixture
def told(books, bank):
    """The bank tells of lines on the tenth of March; amounts in soles, signed."""

    def tell(*amounts: str) -> list[BankLine]:
        rows = [f"10/03/2026;Movimiento {n};{amount}" for n, amount in enumerate(amounts)]
        data = csv(*rows, "20/03/2026;Fin;0,01", head="Fecha;Detalle;Monto")
        import_file(data=data, name="m.csv", account=bank, actor=None)
        return list(BankLine.objects.exclude(text="Fin").order_by("pk"))

    return tell


@pytest.fixture
def posted(books, bank):
    """Postings on the bank's account; positive came in, negative left as a charge."""

    def post(*amounts: str) -> list[Posting]:
        found = []
        for amount in amounts:
            if amount.startswith("-"):
                entry = books.post("bank_charges", "bank", amount[1:], kind=Kind.BANK_CHARGE)
            else:
                entry = books.post("bank", "receivable", amount, kind=Kind.RECEIVABLE_SETTLED)
            found.append(entry.postings.get(account=bank))
        return found

    return post


def match(books, lines, postings, **more) -> Match:
    return match_lines(lines=lines, postings=postings, actor=books.treasurer, **more)


def left(line: BankLine) -> int:
    return BankLine.objects.with_open().get(pk=line.pk).open_minor


def waiting(bank) -> list[int]:
    return [one.open_minor for one in open_postings(bank)]


def test_one_line_is_one_posting(books, bank, told, posted):
    [line], [posting] = told("20"), posted("20")

    match(books, [line], [posting])

    assert left(line) == 0
    assert waiting(bank) == []
    assert findings() == []


def test_one_deposit_is_many_sales(books, bank, told, posted):
    [line], sales = told("60"), posted("10", "20", "30")

    found = match(books, [line], sales)

    assert sorted(found.parts.values_list("amount_minor", flat=True)) == [1000, 2000, 3000]
    assert (left(line), waiting(bank)) == (0, [])


def test_many_lines_are_one_posting(books, bank, told, posted):
    lines, [posting] = told("-10", "-20", "-30"), posted("-60")

    match(books, lines, [posting])

    assert [left(one) for one in lines] == [0, 0, 0]
    assert (waiting(bank), findings()) == ([], [])


def test_many_lines_are_many_postings_when_their_sums_are_equal(books, bank, told, posted):
    lines, postings = told("35", "25"), posted("10", "50")

    found = match(books, lines, postings)

    assert sum(found.parts.values_list("amount_minor", flat=True)) == 6000
    assert (left(lines[0]), left(lines[1]), waiting(bank)) == (0, 0, [])
    assert findings() == []


def test_a_fee_that_was_kept_back_counts_against_the_sum(books, bank, told, posted):
    [line], postings = told("95"), posted("100", "-5")

    match(books, [line], postings)

    assert (left(line), waiting(bank), findings()) == (0, [], [])


def test_a_rest_stays_open_only_when_that_is_said(books, bank, told, posted):
    [line], [posting] = told("100"), posted("60")

    with pytest.raises(errors.SumsDiffer, match=r"differ by S/\s40\.00"):
        match(books, [line], [posting])
    match(books, [line], [posting], rest_stays=True)

    assert (left(line), waiting(bank)) == (4000, [])
    [more] = posted("40")
    match(books, [line], [more])
    assert (left(line), findings()) == (0, [])


def test_with_several_on_both_sides_nobody_could_know_what_stays(books, told, posted):
    with pytest.raises(errors.ManyToManyRest):
        match(books, told("10", "20"), posted("10", "25"), rest_stays=True)


def test_undoing_one_match_leaves_the_others(books, bank, told, posted):
    lines, postings = told("10", "20"), posted("10", "20")
    first, second = (match(books, [line], [one]) for line, one in zip(lines, postings, strict=True))

    undone = undo_match(match=first, actor=books.treasurer)

    assert undone.undoes == first
    assert [left(one) for one in lines] == [1000, 0]
    assert (Match.objects.count(), Part.objects.count()) == (3, 2)
    match(books, [lines[0]], [postings[0]])
    assert [left(one) for one in lines] == [0, 0]
    with pytest.raises(errors.AlreadyUndone):
        undo_match(match=first, actor=books.treasurer)
    with pytest.raises(errors.AlreadyUndone):
        undo_match(match=undone, actor=books.treasurer)
    assert second.parts.count() == 1
    assert findings() == []


@pytest.mark.parametrize(
    ("lines", "postings", "refusal"),
    [(["10"], ["-10"], errors.OtherDirection), (["10", "-10"], ["10"], errors.OtherDirection)],
)
def test_what_came_is_not_matched_with_what_left(books, told, posted, lines, postings, refusal):
    with pytest.raises(refusal):
        match(books, told(*lines), posted(*postings))

    assert not Match.objects.exists()


def test_nothing_is_matched_twice(books, told, posted):
    [line], [one, other] = told("10"), posted("10", "10")
    match(books, [line], [one])

    with pytest.raises(errors.AlreadyMatched):
        match(books, [line], [other])
    with pytest.raises(errors.NothingMarked):
        match(books, [], [other])
    assert Match.objects.count() == 1


def test_a_line_is_not_matched_with_another_account(books, told):
    entry = books.post("cash", "receivable", "10", kind=Kind.RECEIVABLE_SETTLED)

    with pytest.raises(errors.OtherAccount):
        match(books, told("10"), [entry.postings.get(account=books.account("cash"))])


def test_an_entry_that_was_undone_waits_for_nothing(books, bank, told, posted):
    told("10")
    [posting] = posted("10")
    reverse_entry(entry=posting.entry, reason="x", day=DAY, actor=books.treasurer)

    assert waiting(bank) == []


def test_what_undoes_a_matched_entry_waits_for_its_line(books, bank, told, posted):
    [line], [posting] = told("10"), posted("10")
    match(books, [line], [posting])
    reverse_entry(entry=posting.entry, reason="x", day=DAY, actor=books.treasurer)

    assert waiting(bank) == [-1000]


# In place -------------------------------------------------------------------------------------
def test_a_bank_charge_is_written_from_its_line_without_signatures(books, bank, told):
    [line] = told("-12.50")

    found = write_entry(
        line=line, kind=Kind.BANK_CHARGE, other=books.account("bank_charges"), actor=books.treasurer
    )

    entry = found.parts.get().posting.entry
    assert (entry.kind, entry.day, entry.payment) == (Kind.BANK_CHARGE, line.day, None)
    assert (left(line), findings()) == (0, [])


@pytest.mark.parametrize(
    ("amount", "kind", "role", "refusal"),
    [
        ("-12", Kind.BANK_CHARGE, "supplier", OnlyExpenses),
        ("-12", Kind.EXPENSE_PAID, "rent", errors.WrongDirection),
        ("-12", Kind.GRANT, "rent", errors.WrongDirection),
        ("12", Kind.BANK_CHARGE, "bank_charges", errors.WrongDirection),
        ("12", Kind.GRANT, "cash", MoneyNeedsPayment),
    ],
)
def test_money_does_not_leave_by_the_banks_page(books, told, amount, kind, role, refusal):
    [line] = told(amount)
    before = JournalEntry.objects.count()

    with pytest.raises(refusal):
        write_entry(line=line, kind=kind, other=books.account(role), actor=books.treasurer)

    assert JournalEntry.objects.count() == before
    assert not Match.objects.exists()


def test_cash_brought_to_the_bank_is_a_transfer(books, bank, told):
    books.put_in_cash("300")
    [line] = told("200")

    write_entry(line=line, kind=Kind.TRANSFER, other=books.account("cash"), actor=books.treasurer)

    assert (left(line), findings()) == (0, [])
    with pytest.raises(errors.AlreadyMatched):
        write_entry(
            line=line, kind=Kind.TRANSFER, other=books.account("cash"), actor=books.treasurer
        )


def test_an_entry_written_wrongly_is_undone_and_written_anew(books, told):
    [line] = told("50")
    wrong = write_entry(
        line=line, kind=Kind.HAND, other=books.account("sales"), actor=books.treasurer
    )
    undo_match(match=wrong, actor=books.treasurer)
    values = {"line": line, "kind": Kind.HAND, "actor": books.treasurer}
    with pytest.raises(errors.WrittenBefore):
        write_entry(other=books.account("common_fund"), **values)
    entry = wrong.parts.get().posting.entry
    reverse_entry(entry=entry, reason="Not a sale", day=DAY, actor=books.treasurer)

    write_entry(other=books.account("common_fund"), **values)

    assert (left(line), findings()) == (0, [])


def test_other_money_that_left_is_asked_for_signed_by_two_and_then_matched(books, bank, told):
    [line] = told("-150")
    payment = ask_payment_for(
        line=line, kind=Kind.EXPENSE_PAID, to_account=books.account("rent"), payee=None,
        payee_name="Don Eusebio", purpose="Rent", actor=books.treasurer,
    )  # fmt: skip
    assert payment.amount == soles("150")
    sign_payment(payment=payment, signer=books.treasurer, on=DAY)
    sign_payment(payment=payment, signer=books.president, on=DAY)
    entry = pay_payment(payment=payment, actor=books.treasurer, on=DAY)

    [found] = board(bank).suggestions
    assert found.lines[0].pk == line.pk
    assert found.sides[0].entry == entry
    assert {"key": "asked"} in found.reasons


def test_the_difference_follows_what_is_written(books, bank, told):
    lines = told("-12.50", "40")
    statement = lines[0].mentions.get().statement

    write_entry(
        line=lines[0], kind=Kind.BANK_CHARGE, other=books.account("bank_charges"),
        actor=books.treasurer,
    )  # fmt: skip

    standing = standing_of(statement)
    assert (standing.open_count, standing.count) == (2, 3)
    assert standing.difference == soles("-40.01")
    assert standing.rest == soles("0")


def test_what_was_confirmed_is_learned(books, bank, told, posted):
    [line], [posting] = told("20"), posted("20")
    match(books, [line], [posting])

    rule = LearnedRule.objects.get()
    assert (rule.words, rule.is_in, rule.other) == ("movimiento", True, books.account("receivable"))


_SLIPPED_IN = (
    "INSERT INTO bank_part (match_id, line_id, posting_id, amount_minor)"
    " SELECT match_id, line_id, (SELECT MAX(id) FROM ledger_posting), 1 FROM bank_part"
)


# Behind our back ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE bank_part SET amount_minor = 1",
        "DELETE FROM bank_part",
        "UPDATE bank_match SET how = 'by_hand'",
        "DELETE FROM bank_match",
        _SLIPPED_IN,
    ],
)
def test_the_database_itself_keeps_matches(books, told, posted, sql):
    match(books, told("20"), posted("20"))

    with pytest.raises(IntegrityError), transaction.atomic():
        run(sql)


@pytest.mark.parametrize(("line", "posting"), [(3000, 2000), (2000, 3000)])
def test_the_database_itself_refuses_more_than_there_is(books, bank, told, posted, line, posting):
    [one], [other] = told(str(line // 100)), posted(str(posting // 100))
    found = Match(number=1, how="by_hand", by=books.treasurer, digest="x")
    found.save()

    with pytest.raises(IntegrityError), transaction.atomic():
        Part.objects.create(match=found, line=one, posting=other, amount_minor=2500)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE bank_part SET amount_minor = 1900",
        "UPDATE bank_match SET how = 'suggested'",
        "UPDATE bank_match SET reasons = '[1]'",
        "UPDATE bank_match SET number = 9",
        "UPDATE bank_match SET at = '2020-01-01 00:00:00'",
        "UPDATE bank_match SET by_id = (SELECT MAX(id) FROM people_user)",
        "UPDATE bank_match SET digest = 'x'",
        "DELETE FROM bank_part",
        "UPDATE bank_part SET amount_minor = 2100",
        "UPDATE bank_part SET amount_minor = -2000",
    ],
)
def test_the_audit_names_a_match_that_was_changed(books, told, posted, sql):
    match(books, told("20"), posted("20"))

    with rules_off():
        run(sql)
        assert named() != []


def test_no_line_is_written_against_what_the_house_counts_elsewhere(books, told):
    [line] = told("5")
    for other in (books.account("wool_store"), books.rosas, books.account("stripe")):
        with pytest.raises(KeptByTheHouse):
            write_entry(line=line, kind=Kind.HAND, other=other, actor=books.treasurer)
    assert left(line) != 0


def test_a_closed_day_takes_no_entry_from_a_line(books, told):
    """Said outright it is refused; unsaid, the first open day takes it."""
    [line] = told("-5")
    close_period(last_day=date(2026, 3, 31), actor=books.treasurer, on=date(2026, 4, 2))
    what = {"line": line, "kind": Kind.BANK_CHARGE, "other": books.account("bank_charges")}

    with pytest.raises(LedgerError):
        write_entry(**what, actor=books.treasurer, on=date(2026, 3, 31))
    write_entry(**what, actor=books.treasurer)

    assert JournalEntry.objects.latest("pk").day == date(2026, 4, 1)
    assert left(line) == 0
