"""Every row of the books says what its newest trace says. Invariant 2."""

from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any

from django.utils.translation import gettext_lazy

from coop.kit.audit import finding, invariant
from ledger import merkle
from ledger.audit.read import rows
from ledger.models import Block, RowTrace
from ledger.traces import PIECE, TRACE, Traced, differences, leaf_of, newest, rows_of, traced

#: Columns by which people know a row, the first that a table has.
_NAMES = ("reference", "code", "name", "name_es", "number", "day", "last_day", "at")


def _named(one: Traced, row: dict[str, Any]) -> str:
    known = next((str(row[name]) for name in _NAMES if row.get(name)), "")
    return f"{one.table} {row[one.key]}" + (f" ({known})" if known else "")


@invariant(
    2,
    gettext_lazy(
        "Every row of the books is as it was last written; none was slipped in or taken out."
    ),
)
def rows_are_as_written() -> Iterator[str]:
    """Names every row that differs from its newest trace, with the columns; and lost rows."""
    for one in traced():
        every = rows_of(one)
        while piece := list(islice(every, PIECE)):
            yield from _compare(one, piece)
        yield from _lost(one)


def _compare(one: Traced, piece: list[dict[str, Any]]) -> Iterator[str]:
    known = newest(one, (str(row[one.key]) for row in piece))
    for row in piece:
        named = _named(one, row)
        if str(row[one.key]) not in known:
            yield finding("{named} was slipped in: nothing tells that it was written", named=named)
            continue
        _, verb, trace = known[str(row[one.key])]
        if verb == RowTrace.Verb.DELETE:
            yield finding("{named} is there, though it was deleted", named=named)
        elif changed := list(differences(one, row, trace)):
            yield finding(
                "{named} was altered behind the books' back: {columns}",
                named=named,
                columns=", ".join(changed),
            )


def _lost(one: Traced) -> Iterator[str]:
    gone = f"""
        SELECT t."key", t."row" FROM {TRACE} t
         WHERE t."table" = %s AND t.verb <> 'delete'
           AND NOT EXISTS (SELECT 1 FROM {TRACE} n WHERE n."table" = t."table"
                              AND n."key" = t."key" AND n.id > t.id)
           AND NOT EXISTS (SELECT 1 FROM {one.table} x
                            WHERE CAST(x."{one.key}" AS VARCHAR(40)) = t."key")
         ORDER BY t.id"""  # noqa: S608 - our own words
    for key, row in rows(gone, one.table):
        yield finding(
            "{table} {key} was taken out; it said {row}", table=one.table, key=key, row=row
        )


@invariant(2, gettext_lazy("No row of the books was put in the place of another."))
def rows_were_not_replaced() -> Iterator[str]:
    """Names every row that was inserted where another was, which only REPLACE does."""
    replaced = f"""
        SELECT w."table", w."key" FROM (
            SELECT t.id, t."table", t."key", t.verb,
                   LAG(t.verb) OVER (PARTITION BY t."table", t."key" ORDER BY t.id) AS before
              FROM {TRACE} t) w
         WHERE w.verb = 'insert' AND w.before IS NOT NULL AND w.before <> 'delete'
         ORDER BY w.id"""  # noqa: S608 - our own words
    for table, key in rows(replaced):
        yield finding("{table} {key} was put in the place of another row", table=table, key=key)


@invariant(2, gettext_lazy("Every block vouches for the traces that it gathered."))
def gathered_traces_verify() -> Iterator[str]:
    """Names every block whose traces are not those that it gathered."""
    blocks = Block.objects.exclude(trace_root=None)
    kept = {
        key: (number, count, root)
        for key, number, count, root in blocks.values_list(
            "pk", "number", "trace_count", "trace_root"
        )
    }
    gathered = RowTrace.objects.exclude(block=None).order_by("block_id", "id")
    for block_id, group in groupby(gathered.iterator(PIECE), key=lambda one: one.block_id):
        leaves = [leaf_of(one) for one in group]
        number, count, root = kept.pop(block_id, (None, 0, ""))
        if (len(leaves), merkle.root(leaves).hex()) != (count, root):
            yield finding("block {number} gathered other traces than are there", number=number)
    for number, count, _ in kept.values():
        if count:
            yield finding(
                "block {number} gathered {count} traces, and none is there",
                number=number,
                count=count,
            )
