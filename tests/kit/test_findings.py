"""What an audit finds is told to each in her language, with amounts as people read them."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from coop.kit.audit import Amount, finding, read_finding, word
from ledger.models import JournalEntry

HELD = finding("entry {id} no. {number} ({reference})", id=7, number=3, reference="piece:{1}")
FOUND = finding(
    "advance {advance_id} was of {amount}, and {settled} of it was brought",
    advance_id=9,
    amount=Amount(1250),
    settled=Amount(123456, "USD"),
)


def test_a_finding_is_told_in_the_readers_language():
    assert FOUND == "advance 9 was of S/\u00a012.50, and US$\u00a01,234.56 of it was brought"
    with translation.override("es"):
        assert (
            FOUND.told() == "el anticipo 9 era de S/\u00a012.50, y se rindieron US$\u00a01,234.56"
        )
    with translation.override("en"):
        assert FOUND.told() == FOUND


def test_what_stands_in_a_finding_is_told_too():
    of_entry = finding("{entry} has fewer than two postings", entry=HELD)
    of_kind = word(JournalEntry.Kind, "advance_paid")

    assert of_entry == "entry 7 no. 3 (piece:{1}) has fewer than two postings"
    with translation.override("es"):
        assert of_entry.told() == "asiento 7 n.º 3 (piece:{1}) tiene menos de dos anotaciones"
        assert of_kind.told() == "Anticipo entregado"
    assert of_kind == "Advance paid"
    assert word(JournalEntry.Kind, "{slipped in}").told() == "{slipped in}"


@pytest.mark.parametrize(
    "one",
    [
        FOUND,
        HELD,
        finding("[{rule}] {row}", rule=2, row=finding("{named} has no seal", named=HELD)),
        finding("{entry} of {day} was written after days up to {last_day} were closed",
                entry=HELD, day=date(2026, 3, 1), last_day="2026\u2028\n{x}"),
        finding("box {code} has no holder", code=None),
    ],
)  # fmt: skip
def test_it_is_kept_as_one_line_and_read_again(one):
    line = one.kept()
    again = read_finding(line)

    assert len(line.splitlines()) == 1
    assert again == one
    for language in ("es", "en"):
        with translation.override(language):
            assert again.told() == one.told()


def test_what_older_runs_kept_is_told_as_it_was_kept():
    old = "[2] entry 7 (piece:1) is {not} what was sealed"
    assert read_finding(old).told() == old


def test_a_currency_that_somebody_made_up_is_told_all_the_same():
    assert str(Amount(5, "???")) == "5 ???"
    assert str(Amount(None)) == "–"


def test_a_sum_is_kept_whichever_database_made_it():
    row = finding("{lot} is worth {worth}", lot="L-1", worth=Amount(Decimal(-5999)))

    assert read_finding(row.kept()) == row
    assert "59.99" in row
