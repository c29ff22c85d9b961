"""What the house learned can be read, with where it came from and how often it helped; and forgotten."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from coop.kit.audit import findings
from ledger.bank.errors import ForgottenAlready
from ledger.bank.models import BankLine, ForgottenRule, LearnedRule
from ledger.bank.queries.proposing import propose
from ledger.bank.queries.suggesting import board
from ledger.bank.services import (
    forget_rule,
    import_file,
    match_lines,
    match_suggested,
    undo_match,
    write_entry,
)
from ledger.models import JournalEntry
from tests.bank.files import csv
from tests.bank.test_office import at
from tests.factories.ledger import Books, person
from tests.ledger.behind import run
from tests.ledger.test_office import sign_in

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


@pytest.fixture
def tell(bank):
    """The bank tells of one more line; the newest is given."""

    def told(text: str, amount: str, day: str = "2026-03-10") -> BankLine:
        data = csv(f"{day};{text};{amount}", head="Fecha;Detalle;Monto")
        import_file(data=data, name="m.csv", account=bank, actor=None)
        return BankLine.objects.latest("pk")

    return told


@pytest.fixture
def interest(books: Books, tell) -> LearnedRule:
    """The treasurer wrote that interest of the bank is a sale, which teaches a rule."""
    for user in (books.treasurer, books.president):
        user.language = "en"
        user.save()
    line = tell("ABONO INTERESES AHORROS 03", "4.00")
    write_entry(line=line, kind=Kind.HAND, other=books.account("sales"), actor=books.treasurer)
    return LearnedRule.objects.get()


def test_a_rule_knows_the_match_from_which_it_came(books: Books, interest: LearnedRule):
    match = interest.learned_from

    assert match is not None
    assert (match.by, match.parts.get().line.text) == (
        books.treasurer, "ABONO INTERESES AHORROS 03",
    )  # fmt: skip
    assert (interest.words, interest.times, interest.helped) == ("intereses ahorros", 1, 0)


def test_a_rule_counts_how_often_it_helped(books: Books, bank, interest: LearnedRule, tell):
    tell("ABONO INTERESES AHORROS 04", "5.00", "2026-04-10")
    [offer] = propose(board(bank)).values()

    write_entry(
        line=offer.line, kind=offer.kind, other=offer.other, actor=books.treasurer,
        reasons=offer.reasons,
    )  # fmt: skip

    interest.refresh_from_db()
    assert (interest.times, interest.helped) == (2, 1)


def test_what_nobody_asked_the_rule_for_does_not_count_as_its_help(
    books: Books, interest: LearnedRule, tell
):
    line = tell("ABONO INTERESES AHORROS 04", "5.00", "2026-04-10")

    write_entry(line=line, kind=Kind.HAND, other=books.account("sales"), actor=books.treasurer)

    interest.refresh_from_db()
    assert (interest.times, interest.helped) == (2, 0)


def test_a_forgotten_rule_suggests_nothing_and_leaves_its_trace(
    books: Books, bank, interest: LearnedRule, tell
):
    tell("ABONO INTERESES AHORROS 04", "5.00", "2026-04-10")

    kept = forget_rule(rule=interest, actor=books.treasurer, why="Interest is no sale.")

    assert not LearnedRule.objects.exists()
    # The house itself still offers the account of interest; what she forgot is offered no more.
    assert [one.other.role for one in propose(board(bank)).values()] == ["interest"]
    assert (kept.words, kept.other, kept.by, kept.times, kept.why) == (
        "intereses ahorros", books.account("sales"), books.treasurer, 1, "Interest is no sale.",
    )  # fmt: skip
    assert findings() == []


def test_one_is_forgotten_and_the_others_stay(books: Books, interest: LearnedRule, tell):
    charge = tell("COMISION", "-3.00")
    write_entry(
        line=charge, kind=Kind.BANK_CHARGE, other=books.account("bank_charges"),
        actor=books.treasurer,
    )  # fmt: skip

    forget_rule(rule=interest, actor=books.treasurer)

    assert [one.words for one in LearnedRule.objects.all()] == ["comision"]


def test_nothing_is_forgotten_twice(books: Books, interest: LearnedRule):
    forget_rule(rule=interest, actor=books.treasurer)

    with pytest.raises(ForgottenAlready):
        forget_rule(rule=interest, actor=books.president)
    assert ForgottenRule.objects.count() == 1


def test_what_was_forgotten_may_be_learned_anew(books: Books, interest: LearnedRule, tell):
    forget_rule(rule=interest, actor=books.treasurer)
    line = tell("ABONO INTERESES AHORROS 04", "5.00", "2026-04-10")

    write_entry(
        line=line, kind=Kind.HAND, other=books.account("common_fund"), actor=books.treasurer
    )

    assert [one.other for one in LearnedRule.objects.all()] == [books.account("common_fund")]


@pytest.mark.parametrize(
    "sql",
    ["UPDATE bank_forgottenrule SET why = 'x'", "DELETE FROM bank_forgottenrule"],
    ids=["update", "delete"],
)
def test_the_trace_of_who_forgot_stays_as_written(books: Books, interest: LearnedRule, sql: str):
    forget_rule(rule=interest, actor=books.treasurer)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(sql)


def test_a_match_that_is_undone_teaches_nothing(books: Books, bank, tell):
    entries = [
        books.post("bank", "receivable", amount, kind=Kind.RECEIVABLE_SETTLED)
        for amount in ("33", "44")
    ]
    match = match_lines(
        lines=[tell("TITILACA LODGE", "33.00")],
        postings=[entries[0].postings.get(account=bank)],
        actor=books.treasurer,
    )
    assert LearnedRule.objects.count() == 1

    undo_match(match=match, actor=books.treasurer)

    assert not LearnedRule.objects.exists()


def test_one_mistake_of_several_takes_back_only_its_own_lesson(books: Books, bank, tell):
    matches = []
    for amount in ("33", "44"):
        entry = books.post("bank", "receivable", amount, kind=Kind.RECEIVABLE_SETTLED)
        line = tell("TITILACA LODGE", amount)
        postings = [entry.postings.get(account=bank)]
        matches.append(match_lines(lines=[line], postings=postings, actor=books.treasurer))

    undo_match(match=matches[1], actor=books.treasurer)

    assert LearnedRule.objects.get().times == 1


def test_a_confirmed_suggestion_counts_for_the_rule_that_spoke_for_it(books: Books, bank, tell):
    first = books.post("bank", "receivable", "33", kind=Kind.RECEIVABLE_SETTLED)
    match_lines(
        lines=[tell("TITILACA LODGE", "33")], postings=[first.postings.get(account=bank)],
        actor=books.treasurer,
    )  # fmt: skip
    books.post("bank", "receivable", "44", kind=Kind.RECEIVABLE_SETTLED, day=date(2026, 3, 12))
    tell("TITILACA LODGE", "44", "2026-03-13")

    match_suggested(board(bank).suggestions, actor=books.treasurer)

    rule = LearnedRule.objects.get()
    assert (rule.times, rule.helped) == (2, 1)


# The page -----------------------------------------------------------------------------------------
def test_the_page_tells_what_was_learned_from_what_and_forgets_it(
    books: Books, interest: LearnedRule
):
    client = sign_in(books.treasurer)
    told = client.get(at("rules")).content.decode()
    for words in ("intereses ahorros", "Sales", "ABONO INTERESES AHORROS 03", "Tomasa"):
        assert words in told

    client.post(at("forget", interest.pk), {"why": "No sale"})

    assert not LearnedRule.objects.exists()
    told = client.get(at("rules")).content.decode()
    assert "Nothing is learned yet" in told
    assert "No sale" in told


def test_who_only_reads_forgets_nothing(books: Books, interest: LearnedRule):
    auditor = person("Aurelia", "auditor")
    client = sign_in(auditor)

    assert client.get(at("rules")).status_code == 200
    assert at("forget", interest.pk) not in client.get(at("rules")).content.decode()
    assert client.post(at("forget", interest.pk)).status_code == 403
    assert LearnedRule.objects.count() == 1


def test_others_do_not_see_it(books: Books, interest: LearnedRule):
    member = person("Otra", "member")

    assert sign_in(member).get(at("rules")).status_code in {302, 403}


def test_the_page_asks_the_same_queries_for_one_rule_and_for_twenty(
    books: Books, interest: LearnedRule, django_assert_max_num_queries
):
    LearnedRule.objects.bulk_create(
        LearnedRule(
            account=interest.account, words=f"word {'abcdefghijklmnopqrst'[place]}", is_in=True,
            kind=Kind.HAND, other=interest.other, last_on=date(2026, 3, 1),
            learned_from=interest.learned_from,
        )
        for place in range(20)
    )  # fmt: skip
    client = sign_in(books.treasurer)

    with django_assert_max_num_queries(45):
        assert client.get(at("rules")).content.decode().count("word ") >= 20
