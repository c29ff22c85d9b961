"""Which yarn each stitch has, as light: charts that the renderer samples."""

from collections.abc import Callable, Sequence

import numpy as np

from coop.kit.knitting.arrays import Bools, Floats, Ints, floats, linear
from coop.kit.knitting.bands import EYELET, Rows
from coop.kit.knitting.yarns import yarns

#: Says of each stitch (column, row) whether it belongs: `lambda i, j: j > 18`.
Where = Callable[[Ints, Ints], Bools]


def light_of(yarn: str) -> Floats:
    """A yarn's colour as light, by its key or as hex."""
    return linear(yarn if yarn.startswith("#") else yarns()[yarn])


class Chart:
    """Gives each stitch its yarn. Column 0 is the middle of a part, row 0 its beginning."""

    def light(self, columns: Ints, rows: Ints) -> Floats:
        """The colour of each stitch as light, three to a stitch."""
        raise NotImplementedError

    def eyelets(self, columns: Ints, rows: Ints) -> Bools | None:
        """Which stitches are holes; None where there are none at all."""
        return None


class Solid(Chart):
    """One yarn all over."""

    def __init__(self, colour: Floats) -> None:
        self._colour = colour

    def light(self, columns: Ints, rows: Ints) -> Floats:
        """That yarn."""
        return np.broadcast_to(self._colour, (*columns.shape, 3))


class Grid(Chart):
    """A stacked chart: its columns repeat round and round, its first and last rows go on."""

    def __init__(self, rows: Rows) -> None:
        names = sorted({yarn for row in rows for yarn in row} - {EYELET})
        at = {name: number for number, name in enumerate(names)}
        self._palette = np.stack([light_of(name) for name in names])
        # A hole shows the yarn around it at its rim.
        rims = [next(one for one in row if one != EYELET) for row in rows]
        self._cells = np.array(
            [
                [at[rim if one == EYELET else one] for one in row]
                for rim, row in zip(rims, rows, strict=True)
            ]
        )
        holes = np.array([[one == EYELET for one in row] for row in rows])
        self._holes = holes if holes.any() else None

    @property
    def height(self) -> int:
        """Rows."""
        return int(self._cells.shape[0])

    def _at(self, columns: Ints, rows: Ints) -> tuple[Ints, Ints]:
        height, width = self._cells.shape
        return np.clip(rows, 0, height - 1), (columns + width // 2) % width

    def light(self, columns: Ints, rows: Ints) -> Floats:
        """The yarn that the chart gives the stitch."""
        return floats(self._palette[self._cells[self._at(columns, rows)]])

    def eyelets(self, columns: Ints, rows: Ints) -> Bools | None:
        """The chart's holes."""
        return None if self._holes is None else self._holes[self._at(columns, rows)]


class Patched(Chart):
    """A chart with another one wherever `where` says so; later patches lie over earlier ones."""

    def __init__(self, base: Chart, patches: Sequence[tuple[Where, Chart]]) -> None:
        self._base, self._patches = base, patches

    def light(self, columns: Ints, rows: Ints) -> Floats:
        """The topmost patch's yarn."""
        found = self._base.light(columns, rows)
        for where, chart in self._patches:
            found = np.where(where(columns, rows)[..., None], chart.light(columns, rows), found)
        return floats(found)

    def eyelets(self, columns: Ints, rows: Ints) -> Bools | None:
        """Those of the base."""
        return self._base.eyelets(columns, rows)


class Shifted(Chart):
    """A chart moved by whole stitches: what was at (0, 0) comes to (`columns`, `rows`)."""

    def __init__(self, base: Chart, columns: int = 0, rows: int = 0) -> None:
        self._base, self._columns, self._rows = base, columns, rows

    def light(self, columns: Ints, rows: Ints) -> Floats:
        """The yarn of the stitch that came here."""
        return self._base.light(columns - self._columns, rows - self._rows)

    def eyelets(self, columns: Ints, rows: Ints) -> Bools | None:
        """The holes that came here."""
        return self._base.eyelets(columns - self._columns, rows - self._rows)


def solid(yarn: str, *, dimmed: float = 1.0) -> Chart:
    """One yarn all over; `dimmed` below 1 for what lies in shade."""
    return Solid(floats(light_of(yarn) * dimmed))


def grid(rows: Rows) -> Grid:
    """A chart of stacked rows (`bands.stack`)."""
    return Grid(rows)


def patched(base: Chart, *patches: tuple[Where, Chart]) -> Chart:
    """`base` with patches over it.

    Such as a tail with a white tip: patched(solid("orange"), (lambda i, j: j > 18, solid("cream"))).
    """
    return Patched(base, patches)
