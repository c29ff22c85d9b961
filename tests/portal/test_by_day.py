"""Long lists by day: whole days, a bounded number of rows, nothing left out and nothing twice."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.portal.by_day import Place, days_of, grouped
from tests.factories.ledger import DAY


class Row:
    """A row of a list: its day, and its place."""

    def __init__(self, day: date, pk: int) -> None:
        self.day, self.pk = day, pk


class Rows(list):
    """As much of a queryset as `days_of` asks for."""

    def filter(self, condition):
        (before,), (_day, *after) = _parts(condition)
        return Rows(
            one
            for one in self
            if one.day < before[1]
            or (one.day == before[1] and all(one.pk < value for _name, value in after))
        )

    def order_by(self, *_fields):
        return Rows(sorted(self, key=lambda one: (one.day, one.pk), reverse=True))


def _parts(condition):
    first, second = condition.children
    rest = second.children if hasattr(second, "children") else [second]
    return [first], rest


def walk(rows: Rows, most_days: int, most_rows: int):
    place, pages = None, []
    while True:
        page = days_of(rows, place=place, order="pk", most_days=most_days, most_rows=most_rows)
        pages.append(page.rows)
        if page.next is None:
            return pages
        place = Place.read(str(page.next))
        assert place == page.next


@given(
    st.lists(st.integers(0, 8), max_size=40),
    st.integers(1, 4),
    st.integers(1, 12),
)
def test_page_after_page_every_row_stands_once_in_order(days, most_days, most_rows):
    rows = Rows(Row(DAY + timedelta(days=day), pk) for pk, day in enumerate(days))

    pages = walk(rows, most_days, most_rows)

    assert [row for page in pages for row in page] == list(rows.order_by())
    for page in pages:
        assert len(page) <= most_rows
        assert len({row.day for row in page}) <= most_days


@given(st.lists(st.integers(0, 8), max_size=40))
def test_a_day_is_cut_only_if_it_does_not_fit_on_a_page(days):
    rows = Rows(Row(DAY + timedelta(days=day), pk) for pk, day in enumerate(days))

    pages = walk(rows, 4, 12)

    for page, after in pairwise(pages):
        if page[-1].day == after[0].day:
            assert days.count((page[-1].day - DAY).days) > 12


@pytest.mark.parametrize(
    "text", ["", "x", "2026-13-01", "0000-01-01", "2026-01-01.x", "2026-01-01."]
)
def test_an_address_that_makes_no_sense_is_the_beginning(text):
    assert Place.read(text) is None


def test_alike_rows_stand_together_where_the_first_stood():
    rows = [Row(DAY, 1), Row(DAY, 2), Row(DAY, 3), Row(DAY - timedelta(days=1), 5)]

    found = grouped(rows, day=lambda row: row.day, alike=lambda row: row.pk % 2)

    assert [(day, [group.count for group in groups]) for day, groups in found] == [
        (DAY, [2, 1]),
        (DAY - timedelta(days=1), [1]),
    ]
