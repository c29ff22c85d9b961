"""Numbers that can be counted with a finger."""

import pytest
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from coop.kit.money import from_minor, to_minor
from coop.portal import drawing, pictures
from tests.factories.ledger import soles


def drawn(amount: str, currency: str = "PEN") -> list[tuple[str, int]]:
    return [(one.label, one.count) for one in drawing.cash(Money(amount, currency))]


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0.00", []),
        ("0.05", []),
        ("0.80", [("0.50", 1), ("0.20", 1), ("0.10", 1)]),
        ("174.00", [("100", 1), ("50", 1), ("20", 1), ("2", 2)]),
        (
            "388.90",
            [
                ("200", 1),
                ("100", 1),
                ("50", 1),
                ("20", 1),
                ("10", 1),
                ("5", 1),
                ("2", 1),
                ("1", 1),
                ("0.50", 1),
                ("0.20", 2),
            ],
        ),
        ("-5.00", []),
    ],
)
def test_an_amount_in_the_fewest_notes_and_coins(amount, expected):
    assert drawn(amount) == expected


def test_a_pile_is_drawn_once_with_its_number():
    (pile,) = drawing.cash(soles("2000.00"))

    assert pile.is_pile
    assert (pile.count, len(pile.drawn)) == (10, 1)


def test_cash_that_we_have_not_drawn_stays_digits():
    assert drawn("20.00", "GBP") == []
    assert drawn("20.00", "BOB") == [("20", 1)]


@given(st.integers(0, 10_000_000))
def test_what_is_drawn_is_the_amount_but_for_the_last_digit(amount_minor):
    kinds = drawing.cash(from_minor(amount_minor, "PEN"))

    total = sum(to_minor(Money(one.label, "PEN")) * one.count for one in kinds)
    assert 0 <= amount_minor - total < 10


@pytest.mark.parametrize(
    ("days", "weeks", "single"), [(1, 0, 1), (6, 0, 6), (7, 1, 0), (24, 3, 3), (400, 8, 0)]
)
def test_days_are_suns_and_a_large_sun_is_a_week(days, weeks, single):
    suns = drawing.Suns(days)

    assert (len(suns.weeks), len(suns.single)) == (weeks, single)


def test_today_and_too_late_have_no_suns():
    assert drawing.Suns(0).is_today
    assert drawing.Suns(-1).is_late
    assert not drawing.Suns(-1).weeks


def test_every_piece_is_a_stitch_until_there_are_too_many_to_count():
    few = pictures.stitches([("passed", 2), ("left", 3)])

    assert (few.count("stitch--passed"), few.count("stitch--left")) == (2, 3)
    assert pictures.stitches([("left", 61)]) == ""
    assert pictures.stitches([]) == ""


def test_every_icon_can_be_drawn():
    for name in pictures.OWN:
        assert "<svg" in pictures.draw(name, 34)
    assert 'fill="#9C1A3A"' in pictures.draw("skein", 34, fill="#9C1A3A")
    assert "&quot;" in pictures.draw("skein", 34, fill='"><script>')
