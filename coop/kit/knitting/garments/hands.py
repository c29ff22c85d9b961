"""Gloves, gloves without fingers, and mittens: seen from the back of the hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from coop.kit.knitting.bands import Rows, plain, stack
from coop.kit.knitting.fabric import Chart, grid, solid
from coop.kit.knitting.patterns import PATTERNS, rows_of
from coop.kit.knitting.scenes import Scene
from coop.kit.knitting.sheet import Frame, Sheet
from coop.kit.knitting.stitch import ROW
from coop.kit.knitting.trims import cord
from coop.kit.knitting.tube import tube

_STITCH = 19.0
_COLUMNS = 720


@dataclass(frozen=True)
class _Pair:
    """Where the two hands lie side by side, their thumbs outside."""

    left: Frame
    right: Frame

    @property
    def both(self) -> tuple[Frame, Frame]:
        return self.left, self.right


def _pair(scale: float, *, apart: float = 206, tilt: float = 7, y: float = 790) -> _Pair:
    return _Pair(
        Frame(640 - apart, y + 12, scale, degrees=-tilt, mirrored=True),
        Frame(640 + apart, y - 14, scale, degrees=tilt - 1),
    )


def _chart(rows: Rows, main: str, above: int) -> Chart:
    """The bands with so many plain rows above them, and plain from there on."""
    return grid(stack([*plain(main, max(0, above)), *rows, *plain(main, 60)], _COLUMNS))


# Mittens -----------------------------------------------------------------------------------
_MITTEN = (8, 108, 150, 168, 174, 176, 176, 174, 170, 164, 154, 148, 150, 156)


def flower(yarns: Sequence[str]) -> Scene:
    """Two flowers on the back of each; the cuff ribbed."""
    main, pink, green, other = yarns

    def draw(sheet: Sheet) -> None:
        for number, at in enumerate(_pair(1.1).both):
            chart = _chart(rows_of(PATTERNS["potato-flower-mittens"](yarns)), main, 9)
            _mitten(sheet, at, chart, solid(main), cuff=other, seed=11 + number)

    ground = "clay" if main == "cream" else "straw"
    return Scene(draw, ground=ground, seed=21 + len(pink) + len(green))


def _mitten(
    sheet: Sheet,
    at: Frame,
    chart: Chart,
    thumb: Chart,
    *,
    cuff: str,
    half_widths: Sequence[float] = _MITTEN,
    seed: int = 0,
) -> None:
    """From the finger tips at -480 to the hem at 560; the thumb leaves at the palm's right."""
    _thumb(sheet, at, thumb, tip=(252, -205), seed=seed)
    stitch = at.size(_STITCH)
    rib_from = round(840 / (_STITCH * ROW))
    tube(
        sheet,
        [at(0, -480), at(4, 60), at(0, 380)],
        at.sizes(*half_widths),
        chart,
        stitch=stitch,
        gather=0.35,
        bow=0.08,
        roundness=0.93,
        folds=4,
        seed=seed,
    )
    _cuff(sheet, at, cuff, half_widths[-1], top=372, bottom=560, seed=seed + rib_from)


def _thumb(sheet: Sheet, at: Frame, chart: Chart, *, tip: tuple[float, float], seed: int) -> None:
    x, y = tip
    tube(
        sheet,
        [at(x, y), at(x * 0.5 + 78, y * 0.5 + 105), at(92, 210)],
        at.sizes(50, 58, 64, 66),
        chart,
        stitch=at.size(_STITCH),
        bow=0.1,
        gather=0.6,
        caps=(at.size(48), 0),
        folds=2,
        seed=seed + 3,
    )


def _cuff(
    sheet: Sheet,
    at: Frame,
    yarn: str,
    half_width: float,
    *,
    top: float,
    bottom: float,
    seed: int = 0,
) -> None:
    """One by one rib, drawn in a little, with a bound edge."""
    tube(
        sheet,
        [at(0, top), at(0, bottom)],
        at.sizes(half_width, half_width - 9, half_width - 8, half_width - 1),
        solid(yarn),
        stitch=at.size(_STITCH),
        gather=0.9,
        bow=0.06,
        roundness=0.93,
        rib=(0, 99),
        shade=0.25,
        seed=seed,
    )
    edge = half_width - 2
    points = [at(-edge, bottom - 4), at(-edge / 2, bottom + 5), at(0, bottom + 8)]
    points += [at(edge / 2, bottom + 5), at(edge, bottom - 4)]
    cord(sheet, points, at.size(8), yarn, tapered=False, shade=0.4)


def joined(yarns: Sequence[str]) -> Scene:
    """One ordinary mitten, and one wide enough for two hands, with two ways in."""
    main, _white, yellow, blue = yarns
    bands = rows_of(PATTERNS["joined-hands-mittens"](yarns))

    def draw(sheet: Sheet) -> None:
        wide = Frame(440, 770, 1.02, degrees=-3)
        _thumb(sheet, wide, solid(main), tip=(392, -150), seed=5)
        tube(
            sheet,
            [wide(0, -430), wide(0, 352)],
            wide.sizes(90, 226, 280, 304, 314, 320, 322, 320, 316, 310, 304),
            _chart(bands, main, 9),
            stitch=wide.size(_STITCH),
            gather=0.5,
            bow=0.05,
            roundness=0.86,
            caps=(wide.size(130), 0),
            folds=6,
            seed=31,
        )
        # Both ways in are cuffs of their own, side by side along the whole lower edge.
        for side in (-1, 1):
            mouth = Frame(*wide(side * 148, 0), 1.02, degrees=-3 - side * 3)
            _cuff(sheet, mouth, blue, 151, top=326, bottom=505, seed=2 + side)
        single = Frame(1000, 860, 0.92, degrees=8, mirrored=True)
        _mitten(sheet, single, _chart(bands, main, 9), solid(main), cuff=yellow, seed=40)

    return Scene(draw, ground="sand", seed=24)


# Without fingers ---------------------------------------------------------------------------
def fingerless(yarns: Sequence[str]) -> Scene:
    """Long, open at the knuckles and at the thumb; the moons on the back and the arm."""
    _main, second, third = yarns

    def draw(sheet: Sheet) -> None:
        for number, at in enumerate(_pair(0.94, apart=196, tilt=5, y=715).both):
            _fingerless(sheet, at, yarns, seed=50 + number)

    return Scene(draw, ground="stone" if second == "qolle" else "lake", seed=23 + len(third))


def _fingerless(sheet: Sheet, at: Frame, yarns: Sequence[str], *, seed: int) -> None:
    main, second, _third = yarns
    stitch = at.size(_STITCH)
    inside = solid(main, dimmed=0.28)
    # The far rim of each opening: what is seen of the inside.
    tube(sheet, [at(-172, -408), at(0, -420), at(172, -408)], at.sizes(10, 13, 10), inside,
         stitch=stitch * 0.8, bow=0, caps=(9, 9), shade=0)  # fmt: skip
    _open_thumb(sheet, at, main, second, seed)
    bands = rows_of(PATTERNS["moon-fingerless-gloves"](yarns))
    tube(
        sheet,
        [at(0, -400), at(2, 0), at(0, 640)],
        at.sizes(170, 174, 176, 172, 164, 160, 164, 172, 180, 186),
        _chart([*plain(main, 7), *bands, *plain(main, 2), *bands], main, 0),
        stitch=stitch,
        gather=0.4,
        bow=0.07,
        roundness=0.93,
        rib=(0, 6),
        folds=5,
        seed=seed,
    )
    _edge(sheet, at, -398, 170, second)
    _cuff(sheet, at, second, 186, top=632, bottom=725, seed=seed)


def _open_thumb(sheet: Sheet, at: Frame, main: str, second: str, seed: int) -> None:
    tube(sheet, [at(196, -86), at(268, -66)], at.sizes(9, 9), solid(main, dimmed=0.28),
         stitch=14, bow=0, caps=(8, 8), shade=0)  # fmt: skip
    tube(
        sheet,
        [at(238, -72), at(205, 40), at(110, 200)],
        at.sizes(50, 62, 70),
        solid(main),
        stitch=at.size(_STITCH),
        bow=0.1,
        rib=(0, 3),
        seed=seed,
    )
    ends = [at(190, -76), at(214, -64), at(240, -60), at(264, -62), at(286, -70)]
    cord(sheet, ends, at.size(8), second, tapered=False, shade=0.4)


def _edge(sheet: Sheet, at: Frame, y: float, half_width: float, yarn: str) -> None:
    points = [at(-half_width, y - 6), at(-half_width / 2, y + 5), at(0, y + 9)]
    points += [at(half_width / 2, y + 5), at(half_width, y - 6)]
    cord(sheet, points, at.size(9), yarn, tapered=False, shade=0.4)


# Gloves ------------------------------------------------------------------------------------
#: Each finger: where it begins across and down, where its tip is, half widths at both.
_FINGERS = (
    (((-112, 34), (-150, -216)), (44, 37)),  # the little finger begins lower
    (((-40, -6), (-56, -362)), (47, 41)),
    (((40, -14), (44, -418)), (49, 42)),
    (((116, 0), (140, -340)), (47, 41)),
)


def gloves(yarns: Sequence[str]) -> Scene:
    """Ten fingers; the furrows on the back."""

    def draw(sheet: Sheet) -> None:
        for number, at in enumerate(_pair(1.08, apart=220, tilt=6, y=800).both):
            _glove(sheet, at, yarns, seed=60 + 10 * number)

    return Scene(draw, ground="moss" if yarns[0] == "brown" else "rose", seed=22)


def _glove(sheet: Sheet, at: Frame, yarns: Sequence[str], *, seed: int) -> None:
    main, second = yarns
    stitch = at.size(_STITCH)
    _thumb(sheet, at, solid(main), tip=(252, -100), seed=seed)
    bands = rows_of(PATTERNS["furrow-gloves"](yarns))
    tube(
        sheet,
        [at(0, -8), at(0, 390)],
        at.sizes(150, 164, 168, 165, 159, 153, 149),
        _chart(bands, main, 7),
        stitch=stitch,
        gather=0.4,
        bow=0.05,
        roundness=0.9,
        caps=(at.size(26), 0),
        folds=4.5,
        seed=seed + 7,
    )
    for number, ((root, tip), (wide, narrow)) in enumerate(_FINGERS):
        middle = ((root[0] + tip[0]) / 2 + (4 - 3 * number), (root[1] + tip[1]) / 2)
        tube(
            sheet,
            [at(*tip), at(*middle), at(root[0], root[1] + 74)],
            at.sizes(narrow, (wide + narrow) / 2 + 1, wide),
            solid(main),
            stitch=stitch,
            gather=0.6,
            bow=0.14,
            caps=(at.size(40), 0),
            folds=2.5,
            shade=0.4,
            # It grows out of the hand: no edge where the one begins and the other ends.
            melt=at.size(62),
            seed=seed + number,
        )
    _cuff(sheet, at, second, 149, top=382, bottom=590, seed=seed)
