"""A movement that the bank renamed and that was kept twice: somebody says so, and can take it back."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from coop.kit.audit import findings
from coop.people.services import speak
from ledger.bank.errors import IsMatched, NotTheSame, SaidAlready, SameIsMatched
from ledger.bank.models import BankLine, Match, Part, SaidSame, Statement
from ledger.bank.queries import standing_of
from ledger.bank.queries.same import hints, may_be_same
from ledger.bank.queries.suggesting import board
from ledger.bank.services import match_lines, say_same, undo_same, withdraw_statement
from ledger.models import Account, JournalEntry, Posting
from tests.bank.test_office import at
from tests.bank.test_overlaps import FIRST, bring
from tests.factories.ledger import Books, person
from tests.ledger.behind import run
from tests.ledger.test_office import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(bank: Account) -> tuple[BankLine, BankLine]:
    """What was bought on the ninth, first told as COMPRA, in the next file as BODEGA."""
    bring(bank, FIRST, (9, "COMPRA", "-20.00"))
    bring(bank, (9, "BODEGA", "-20.00"), (12, "Fin", "1.00"))
    return line("COMPRA"), line("BODEGA")


def line(text: str) -> BankLine:
    return BankLine.objects.with_open().get(text=text)


def still_open() -> set[str]:
    return set(BankLine.objects.standing().still_open().values_list("text", flat=True))


def posted(books: Books, amount: str = "20") -> Posting:
    entry = books.post("bank_charges", "bank", amount, kind="bank_charge", day=line("COMPRA").day)
    return entry.postings.get(account__role="bank")


def test_two_that_are_one_count_once(books: Books, twice):
    known, again = twice
    before = standing_of(Statement.objects.get(number=2)).open_lines

    said = say_same(line=known, other=again, actor=books.treasurer)

    assert (said.known, said.line, said.by) == (known, again, books.treasurer)
    assert still_open() == {"Inicio", "COMPRA", "Fin"}
    after = standing_of(Statement.objects.get(number=2))
    assert after.open_lines.amount == before.amount + 20
    assert after.lines.amount == -19, "the file itself stays as the bank told it"
    assert JournalEntry.objects.count() == 1
    assert findings() == []


def test_taken_back_they_are_two_again_and_everything_is_written_down(books: Books, twice):
    known, again = twice
    said = say_same(line=again, other=known, actor=books.treasurer)

    undo_same(said=said, actor=books.president)

    assert still_open() == {"Inicio", "COMPRA", "BODEGA", "Fin"}
    rows = SaidSame.objects.values_list("by", "undoes")
    assert list(rows) == [(books.treasurer.pk, None), (books.president.pk, said.pk)]
    with pytest.raises(SaidAlready):
        undo_same(said=said, actor=books.president)
    say_same(line=known, other=again, actor=books.treasurer)
    assert findings() == []


def test_the_one_that_is_matched_counts(books: Books, twice):
    known, again = twice
    match_lines(lines=[again], postings=[posted(books)], actor=books.treasurer)

    said = say_same(line=known, other=again, actor=books.treasurer)

    assert (said.known, said.line) == (again, known)
    assert "COMPRA" not in still_open()


def test_two_that_are_both_matched_are_not_one(books: Books, twice):
    for one in twice:
        match_lines(lines=[one], postings=[posted(books)], actor=books.treasurer)

    with pytest.raises(SameIsMatched):
        say_same(line=twice[0], other=twice[1], actor=books.treasurer)

    assert not SaidSame.objects.exists()


def test_true_twins_of_one_file_are_two(books: Books, bank):
    bring(bank, FIRST, (5, "Feria", "20.00"), (5, "Puesto", "20.00"))

    assert not may_be_same(line("Feria")).exists()
    with pytest.raises(NotTheSame):
        say_same(line=line("Feria"), other=line("Puesto"), actor=books.treasurer)


@pytest.mark.parametrize("row", [(9, "BODEGA", "-20.01"), (20, "BODEGA", "-20.00")])
def test_another_amount_or_a_day_far_off_is_another(books: Books, bank, row):
    bring(bank, FIRST, (9, "COMPRA", "-20.00"))
    bring(bank, row, (22, "Fin", "1.00"))

    with pytest.raises(NotTheSame):
        say_same(line=line("COMPRA"), other=line("BODEGA"), actor=books.treasurer)


def test_what_is_another_is_matched_no_more(books: Books, twice):
    from ledger.bank.errors import AlreadyMatched

    say_same(line=twice[0], other=twice[1], actor=books.treasurer)

    with pytest.raises(AlreadyMatched):
        match_lines(lines=[twice[1]], postings=[posted(books)], actor=books.treasurer)
    match_lines(lines=[twice[0]], postings=[posted(books)], actor=books.treasurer)


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_both_statements_are_withdrawn_in_any_order(books: Books, twice, order: tuple[int, int]):
    say_same(line=twice[0], other=twice[1], actor=books.treasurer)

    for number in order:
        one = Statement.objects.get(number=number)
        withdraw_statement(statement=one, reason="x", actor=books.president)

    assert not Statement.objects.standing().exists()
    assert not SaidSame.objects.standing().exists()
    assert findings() == []


def test_what_is_left_of_two_that_were_one_counts_by_itself(books: Books, twice):
    """Who withdraws the file of the one that counted takes back, by that, what was said of both."""
    said = say_same(line=twice[0], other=twice[1], actor=books.treasurer)

    withdraw_statement(statement=Statement.objects.get(number=1), reason="x", actor=books.president)

    assert still_open() == {"BODEGA", "Fin"}
    assert SaidSame.objects.get(undoes=said).by == books.president


def test_a_file_that_comes_again_brings_its_line_back_to_count(books: Books, bank: Account, twice):
    say_same(line=twice[0], other=twice[1], actor=books.treasurer)
    for number in (2, 1):
        one = Statement.objects.get(number=number)
        withdraw_statement(statement=one, reason="x", actor=books.treasurer)

    bring(bank, (9, "BODEGA", "-20.00"), (12, "Fin", "1.00"))

    assert still_open() == {"BODEGA", "Fin"}


def test_what_was_said_stays_while_the_line_stands_in_another_file(
    books: Books, bank: Account, twice
):
    bring(bank, (9, "BODEGA", "-20.00"), (12, "Fin", "1.00"), (14, "Más", "1.00"))
    said = say_same(line=twice[0], other=twice[1], actor=books.treasurer)

    withdraw_statement(statement=Statement.objects.get(number=2), reason="x", actor=books.treasurer)

    assert list(SaidSame.objects.standing()) == [said]


def test_a_statement_whose_line_counts_for_another_and_is_matched_stays(books: Books, twice):
    match_lines(lines=[twice[0]], postings=[posted(books)], actor=books.treasurer)
    say_same(line=twice[0], other=twice[1], actor=books.treasurer)

    with pytest.raises(IsMatched):
        withdraw_statement(
            statement=Statement.objects.get(number=1), reason="x", actor=books.treasurer
        )

    assert SaidSame.objects.standing().exists()


def test_the_same_file_again_still_adds_nothing(books: Books, bank, twice):
    say_same(line=twice[0], other=twice[1], actor=books.treasurer)

    again = bring(bank, (9, "BODEGA", "-20.00"), (12, "Fin", "1.00"))

    assert again.is_again
    assert BankLine.objects.count() == 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bank_saidsame SET known_id = line_id",
        "DELETE FROM bank_saidsame",
        (
            "INSERT INTO bank_saidsame (line_id, known_id, by_id, at, undoes_id)"
            " SELECT known_id, line_id, by_id, at, NULL FROM bank_saidsame"
        ),
    ],
)
def test_the_database_itself_refuses_to_change_it(books: Books, twice, statement: str):
    say_same(line=twice[0], other=twice[1], actor=books.treasurer)
    with pytest.raises(IntegrityError), transaction.atomic():
        run(statement)
    assert SaidSame.objects.count() == 1


def test_the_database_refuses_a_match_of_what_is_another(books: Books, twice):
    say_same(line=twice[0], other=twice[1], actor=books.treasurer)
    other = posted(books)
    match = match_lines(lines=[twice[0]], postings=[other], actor=books.treasurer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Part.objects.create(
            match=match, line=twice[1], posting=posted(books, "21"), amount_minor=-2000
        )
    assert Match.objects.count() == 1


# The page ------------------------------------------------------------------------------------------
@pytest.fixture
def treasurer(books: Books) -> Client:
    books.treasurer.language = "en"
    books.treasurer.save()
    return sign_in(books.treasurer)


def test_the_page_of_a_line_offers_it_and_takes_it_back(treasurer: Client, twice):
    known, again = twice
    here = at("line", 2, again.pk)
    assert "These two are one" in treasurer.get(here).content.decode()

    treasurer.post(at("same", 2, again.pk), {"other": known.pk})

    page = treasurer.get(here).content.decode()
    assert "The bank told it twice" in page
    assert "These two are one" not in page
    assert "Told twice by the bank" in treasurer.get(at("statement", 2)).content.decode()
    said = SaidSame.objects.get()
    treasurer.post(at("two", 2, again.pk), {"said": said.pk})
    assert not SaidSame.objects.standing().exists()
    assert "said that it was not told twice" in treasurer.get(here).content.decode()


def test_a_refusal_is_said_on_the_page(treasurer: Client, twice):
    _known, again = twice
    page = treasurer.post(at("same", 2, again.pk), {"other": line("Inicio").pk}, follow=True)
    assert "cannot be one movement" in page.content.decode()
    assert treasurer.post(at("same", 2, again.pk), {"other": "x"}).status_code == 404
    assert not SaidSame.objects.exists()


def test_only_who_writes_the_books_says_it(twice):
    member = sign_in(person("auditor", "auditor"))
    assert member.post(at("same", 2, twice[1].pk), {"other": twice[0].pk}).status_code in {302, 403}
    assert not SaidSame.objects.exists()


def test_once_it_is_said_the_statement_asks_no_more(books: Books, bank: Account):
    bring(bank, FIRST, (9, "COMPRA", "-20.00"), (9, "CAFE", "-7.00"))
    bring(bank, (9, "BODEGA", "-20.00"), (9, "KIOSCO", "-7.00"), (12, "Fin", "1.00"))
    speak(user=books.treasurer, language="en")
    client, page = sign_in(books.treasurer), at("statement", 2)
    asks = "already under other words"
    assert f"2 lines look like ones that are here {asks}" in client.get(page).content.decode()

    say_same(line=line("COMPRA"), other=line("BODEGA"), actor=books.treasurer)
    assert f"1 line looks like one that is here {asks}" in client.get(page).content.decode()
    said = say_same(line=line("CAFE"), other=line("KIOSCO"), actor=books.treasurer)
    assert asks not in client.get(page).content.decode()

    undo_same(said=said, actor=books.treasurer)
    assert f"1 line looks like one that is here {asks}" in client.get(page).content.decode()


# What the list of open lines points at -----------------------------------------------------------
def hinted(number: int, *texts: str) -> dict[str, str]:
    """By their words: lines of a statement, and the one of another file that each looks like."""
    one = Statement.objects.get(number=number)
    lines = list(BankLine.objects.filter(mentions__statement=one, text__in=texts))
    assert len(lines) == len(texts)
    found = hints(one, lines)
    return {one.text: found[one.pk].text for one in lines if one.pk in found}


def test_an_open_line_points_at_the_one_that_may_be_the_same(treasurer: Client, twice):
    _known, again = twice

    assert hinted(2, "BODEGA", "Fin") == {"BODEGA": "COMPRA"}
    assert hinted(1, "COMPRA", "Inicio") == {"COMPRA": "BODEGA"}
    page = treasurer.get(at("statement", 2)).content.decode()
    assert "Perhaps the same as “COMPRA”" in page
    assert f"{at('line', 2, again.pk)}#twice" in page
    assert 'id="twice"' in treasurer.get(at("line", 2, again.pk)).content.decode()


def test_once_it_is_said_nothing_points_at_it(books: Books, treasurer: Client, twice):
    say_same(line=twice[0], other=twice[1], actor=books.treasurer)

    for number in (1, 2):
        assert "Perhaps the same" not in treasurer.get(at("statement", number)).content.decode()


@pytest.mark.parametrize(
    "row",
    [
        (9, "COMPRA", "-20.01"),  # another amount
        (15, "BODEGA", "-20.00"),  # days later
        (10, " compra ", "-20.00"),  # the same words on another day: bought again
    ],
)
def test_what_is_another_movement_gets_no_hint(bank: Account, row: tuple[int, str, str]):
    bring(bank, FIRST, (9, "COMPRA", "-20.00"))
    bring(bank, (8, "Antes", "1.00"), row, (20, "Fin", "1.00"))

    assert hinted(2, row[1].strip(), "Antes") == {}


def test_within_both_files_two_of_one_amount_are_two(bank: Account):
    """Only on a first or last day a file may be cut: elsewhere each tells the whole day."""
    bring(bank, FIRST, (5, "COMPRA", "-20.00"), (12, "Fin", "1.00"))
    bring(bank, (2, "Otro", "3.00"), (6, "BODEGA", "-20.00"), (14, "Más", "1.00"))

    assert hinted(2, "BODEGA", "Otro") == {}


def test_two_of_one_file_get_no_hint(bank: Account):
    bring(bank, FIRST, (9, "Feria", "20.00"), (9, "Puesto", "20.00"))

    assert hinted(1, "Feria", "Puesto") == {}


def test_hints_cost_three_queries_for_one_line_and_for_many(
    bank: Account, django_assert_num_queries
):
    amounts = [f"-{20 + one}.00" for one in range(12)]
    bring(bank, FIRST, *[(9, f"COMPRA {one}", one) for one in amounts])
    bring(bank, *[(9, f"BODEGA {one}", one) for one in amounts], (12, "Fin", "1.00"))
    lines = list(BankLine.objects.filter(text__startswith="BODEGA"))
    second = Statement.objects.get(number=2)

    for count in (1, 12):
        with django_assert_num_queries(3):
            assert len(hints(second, lines[:count])) == count


def test_what_may_be_another_is_never_confirmed_with_all_that_is_sure(
    books: Books, bank: Account, treasurer: Client
):
    for number in ("88001", "88002"):
        books.post(
            "bank_charges", "bank", "20", kind="bank_charge", memo=f"#{number}",
            day=date(2026, 3, 9),
        )  # fmt: skip
    bring(bank, FIRST, (9, "COMPRA", "-20.00"))
    bring(bank, (9, "BODEGA Op 88001", "-20.00"), (12, "Fin", "1.00"))
    [sure] = board(bank).sure
    assert line("BODEGA Op 88001") in sure.lines

    page = treasurer.get(at("statement", 2))
    told = treasurer.post(at("sure", 2), {"sure": sure.token})

    assert page.context["sure"] == []
    assert "Perhaps the same as “COMPRA”" in page.content.decode()
    assert told.status_code == 200
    assert "BODEGA Op 88001" in still_open()
    # Looked at by herself it is confirmed as ever.
    treasurer.post(at("confirm", 2), {"suggestion": sure.token})
    assert "BODEGA Op 88001" not in still_open()
