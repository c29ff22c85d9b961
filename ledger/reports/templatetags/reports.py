"""Template words of reports."""

from collections.abc import Iterator

from django import template

from ledger.reports.papers import Cell, Column, Report, Row

register = template.Library()


@register.filter
def in_columns(row: Row, report: Report) -> Iterator[tuple[Cell, Column, bool]]:
    """`{% for cell, column, is_name in row|in_columns:report %}`."""
    for place, (cell, column) in enumerate(zip(row.cells, report.columns, strict=True)):
        yield cell, column, place == report.name
