"""Charts as plain data: rows of yarn names, bands stacked and centred on the middle column.

A row is the repeat of one round: ("cream", "cream", "indigo") is knitted over and over. A band is
some rows; bands stacked one above the other, each centred, are a chart. Row 0 is the top.
"""

from collections.abc import Iterable, Sequence

from coop.kit import motifs

Row = tuple[str, ...]
Rows = list[Row]

#: A hole made on purpose: yarn over, two together. The yarn around it is the row's first.
EYELET = "eyelet"


def plain(yarn: str, rows: int = 1) -> Rows:
    """So many rows of one yarn."""
    return [(yarn,)] * rows


def stripes(*widths: tuple[str, int]) -> Rows:
    """Plain rows one after another, each yarn with its number of rows."""
    return [row for yarn, rows in widths for row in plain(yarn, rows)]


def drawn(lines: Sequence[str], yarns: Sequence[str]) -> Rows:
    """A chart drawn with digits: each is an index into `yarns`, and '.' is the first of them."""
    width = len(lines[0])
    if any(len(line) != width for line in lines):
        raise ValueError(f"Every row of a chart has as many stitches: {lines[0]!r} has {width}.")
    return [tuple(yarns[0 if cell == "." else int(cell)] for cell in line) for line in lines]


def motif_band(
    key: str, yarns: Sequence[str] | None = None, *, margin: int = 0, gap: int = 0
) -> Rows:
    """A motif as a band: in its own yarns or in these, `margin` rows of ground above and below.

    `gap` columns of ground are put between one motif and the next. Raises UnknownMotif.
    """
    one = motifs.motif(key)
    names = tuple(yarns or one.colours)
    ground: Row = (names[0],)
    body = [tuple(names[cell] for cell in row) + ground * gap for row in one.rows]
    width = len(body[0])
    edge: Rows = [ground * width] * margin
    return [*edge, *body, *edge]


def framed(rows: Rows, yarn: str, columns: int) -> Rows:
    """The band once in the middle of so many columns, with `yarn` on both sides."""
    spare = columns - len(rows[0])
    left = spare // 2
    return [(yarn,) * left + row + (yarn,) * (spare - left) for row in rows]


def upside_down(rows: Rows) -> Rows:
    """The band as seen from its other end."""
    return rows[::-1]


def repeated(rows: Rows, count: int) -> Rows:
    """The band over and over until it has `count` rows."""
    return [rows[at % len(rows)] for at in range(count)]


def stack(bands: Iterable[Row], columns: int) -> Rows:
    """All rows at their full length of `columns` stitches, each repeat centred on the middle."""
    return [_full(row, columns) for row in bands]


def _full(row: Row, columns: int) -> Row:
    shift = len(row) // 2 - columns // 2
    return tuple(row[(at + shift) % len(row)] for at in range(columns))
