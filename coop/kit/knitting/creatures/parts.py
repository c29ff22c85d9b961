"""What a creature is made of: parts in its own measure, laid one over the other in order.

A creature stands on y = 0 and looks at us; x grows to the right and y downwards, so its head has a
negative y. A finger puppet is about 900 units tall, as a finger is about 9 cm: a unit is a tenth
of a millimetre. A part is data; only its method `draw` knows how it is laid on a sheet.
"""

from dataclasses import dataclass, field, replace
from typing import Protocol

from coop.kit.knitting.arrays import Point
from coop.kit.knitting.creatures.strokes import Fleece, loops, steel_needle, strands
from coop.kit.knitting.fabric import Chart
from coop.kit.knitting.sheet import Frame, Sheet
from coop.kit.knitting.trims import bead, cord, pompom, tassel
from coop.kit.knitting.trims import fringe as knotted_fringe
from coop.kit.knitting.tube import tube

Points = tuple[Point, ...]


class Part(Protocol):
    """Anything that can be laid on a sheet."""

    def draw(self, sheet: Sheet, at: Frame) -> None:
        """Lay it on the sheet, in the creature's frame."""


Parts = tuple[Part, ...]


@dataclass(frozen=True)
class Mirrored:
    """Parts on the other side of the middle."""

    parts: Parts

    def draw(self, sheet: Sheet, at: Frame) -> None:
        other = replace(at, mirrored=not at.mirrored)
        for part in self.parts:
            part.draw(sheet, other)


def both(*parts: Part) -> Parts:
    """These parts and their mirror images, which come first."""
    return (Mirrored(parts), *parts)


@dataclass(frozen=True)
class Tube:
    """Knitting in the round about a spine; `widths` are half widths, spread evenly along it."""

    spine: Points
    widths: tuple[float, ...]
    chart: Chart
    stitch: float = 22.0
    # How long, from each end, its closing is rounded over.
    caps: tuple[float, float] = (0, 0)
    # 0 loses stitches where it narrows, 1 keeps them all and draws them tight.
    gather: float = 0.35
    # How far the rows hang in the middle: a round body seen from a little above.
    bow: float = 0.12
    rib: tuple[int, int] | None = None
    # 1 is a round body; less is cloth that lies over one.
    roundness: float = 1.0
    folds: float = 0.0
    shade: float = 0.5
    seed: int = 0

    def draw(self, sheet: Sheet, at: Frame) -> None:
        tube(
            sheet,
            [at(*point) for point in self.spine],
            at.sizes(*self.widths),
            self.chart,
            stitch=at.size(self.stitch),
            caps=(at.size(self.caps[0]), at.size(self.caps[1])),
            gather=self.gather,
            bow=self.bow,
            rib=self.rib,
            roundness=self.roundness,
            folds=at.size(self.folds),
            shade=self.shade,
            seed=self.seed,
        )


@dataclass(frozen=True)
class Cord:
    """A twisted cord, or a line embroidered with one, through points."""

    points: Points
    width: float
    yarn: str
    shade: float = 0.4
    is_tapered: bool = True

    def draw(self, sheet: Sheet, at: Frame) -> None:
        points = [at(*point) for point in self.points]
        width = at.size(self.width)
        cord(sheet, points, width, self.yarn, shade=self.shade, tapered=self.is_tapered)


@dataclass(frozen=True)
class Pompom:
    """A ball of cut yarn."""

    middle: Point
    radius: float
    yarns: tuple[str, ...]
    seed: int = 1

    def draw(self, sheet: Sheet, at: Frame) -> None:
        pompom(sheet, at(*self.middle), at.size(self.radius), self.yarns, seed=self.seed)


@dataclass(frozen=True)
class Tassel:
    """Cut strands that hang from a point, turned by `degrees`."""

    top: Point
    length: float
    width: float
    yarns: tuple[str, ...]
    degrees: float = 0.0
    seed: int = 1

    def draw(self, sheet: Sheet, at: Frame) -> None:
        turn = -self.degrees if at.mirrored else self.degrees
        tassel(
            sheet,
            at(*self.top),
            at.size(self.length),
            at.size(self.width),
            self.yarns,
            degrees=turn + at.degrees,
            seed=self.seed + at.mirrored,
        )


@dataclass(frozen=True)
class Fringe:
    """Knotted bundles of strands along an edge."""

    start: Point
    end: Point
    length: float
    yarns: tuple[str, ...]
    bundles: int
    width: float = 4.0
    seed: int = 1

    def draw(self, sheet: Sheet, at: Frame) -> None:
        knotted_fringe(
            sheet,
            at(*self.start),
            at(*self.end),
            at.size(self.length),
            self.yarns,
            bundles=self.bundles,
            strands=3,
            half_width=at.size(self.width),
            spread=at.size(self.width * 2.4),
            seed=self.seed,
        )


@dataclass(frozen=True)
class Bead:
    """A shiny bead: an eye."""

    middle: Point
    radius: float
    colour: str = "#1C1715"

    def draw(self, sheet: Sheet, at: Frame) -> None:
        bead(sheet, at(*self.middle), at.size(self.radius), self.colour)


@dataclass(frozen=True)
class Strands:
    """Single strands: whiskers, lashes, a crest cut with scissors."""

    lines: tuple[Points, ...]
    yarn: str
    width: float = 3.0
    shade: float = 0.35

    def draw(self, sheet: Sheet, at: Frame) -> None:
        strands(sheet, at, self.lines, self.yarn, width=self.width, shade=self.shade)


@dataclass(frozen=True)
class Loops:
    """Yarn pulled long before the stitch is closed, all over a round form: no two are alike.

    The form is an ellipse about `middle` with these half axes, turned by `degrees`.
    """

    middle: Point
    radii: Point
    yarns: tuple[str, ...]
    size: float = 30.0
    degrees: float = 0.0
    # 0 keeps a loop where light falls as bright as one in shade.
    form: float = 1.0
    seed: int = 1

    def draw(self, sheet: Sheet, at: Frame) -> None:
        fleece = Fleece(self.middle, self.radii, self.degrees, self.size, self.form)
        loops(sheet, at, fleece, self.yarns, seed=self.seed)


@dataclass(frozen=True)
class Needle:
    """A darning needle, as thick as the yarn in its eye and as long as a finger."""

    eye: Point
    point: Point
    thread: Points
    yarn: str
    width: float = 7.0

    def draw(self, sheet: Sheet, at: Frame) -> None:
        steel_needle(sheet, at(*self.eye), at(*self.point), at.size(self.width))
        points = [at(*point) for point in self.thread]
        cord(sheet, points, at.size(5.0), self.yarn, shade=0.3)


@dataclass(frozen=True)
class Creature:
    """One puppet or animal: its parts, from what lies at the back to what lies in front."""

    key: str
    ground: str
    parts: Parts
    # What lies beside it and tells how large it is; left out where several stand together.
    props: Parts = field(default=())
    # Pixels to a unit and where its foot stands in a picture of 1280 × 1600.
    scale: float = 1.3
    foot: Point = (620, 1440)

    def draw(self, sheet: Sheet, at: Frame) -> None:
        """Lay it on the sheet with its feet at the frame's origin."""
        for part in self.parts:
            part.draw(sheet, at)
