"""A second look at a creature: its face from close by, its measure, and it among its friends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

from coop.kit.knitting.arrays import Point
from coop.kit.knitting.creatures.parts import Creature
from coop.kit.knitting.props import tape
from coop.kit.knitting.scenes import Scene
from coop.kit.knitting.sheet import Frame, Sheet
from coop.kit.knitting.yarns import GROUNDS

#: Units to a centimetre: a puppet is knitted finer than an animal.
PUPPET, ANIMAL = 100.0, 66.7


@dataclass(frozen=True)
class _Face:
    """Which place of a creature is in the middle of the picture, and pixels to a unit there."""

    middle: Point
    scale: float = 2.5


_PUPPET_FACE = _Face((0, -660))
_FACES: Mapping[str, _Face] = {
    "flamingo": _Face((50, -960), 2.3),
    "hummingbird": _Face((40, -560)),
    "guinea-pig": _Face((0, -430), 2.4),
    "condor": _Face((0, -690)),
    "boatman": _Face((0, -760), 2.4),
    "knitter": _Face((0, -640), 2.2),
    "owl": _Face((0, -650), 2.4),
    "travelling-llama": _Face((330, -900), 2.3),
    "curly-alpaca": _Face((210, -820), 2.2),
    "waiting-fox": _Face((0, -830), 2.2),
    "pampa-sheep": _Face((322, -400), 2.3),
    "lake-frog": _Face((0, -560), 2.0),
    "diving-grebe": _Face((330, -560), 2.1),
    "round-guinea-pig": _Face((300, -270), 2.2),
    "small-bull": _Face((290, -640), 2.1),
}
_FRIENDS_GROUNDS = ("clay", "moss", "sand", "straw")


def looks(
    creatures: Sequence[Creature], slugs: Sequence[str], friends: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Scene]]:
    """Every second and third look by its name, such as "lake-frog-close" and "lake-frog-size".

    One for each slug, in the colour that comes first; `friends` are the puppets that stand
    together, three by three.
    """
    for seed, slug in enumerate(slugs, start=200):
        first = next((one for one in creatures if one.key.startswith(slug)), None)
        if first is None:
            continue
        yield f"{slug}-close", _close(first, slug.removesuffix("-finger-puppet"), seed)
        if not slug.endswith("-finger-puppet"):
            yield f"{slug}-size", _measured(first, seed + 40)
    puppets = {one.key.removesuffix("-finger-puppet"): one for one in creatures}
    for ground, (number, names) in zip(cycle(_FRIENDS_GROUNDS), friends.items(), strict=False):
        three = [puppets[name] for name in names]
        yield f"finger-puppets-friends-{number}", _friends(three, ground)


def _other(ground: str) -> str:
    """The next of the seven: two pictures of one piece never lie on the same."""
    grounds = list(GROUNDS)
    return grounds[(grounds.index(ground) + 3) % len(grounds)]


def _close(creature: Creature, name: str, seed: int) -> Scene:
    face = _FACES.get(name, _PUPPET_FACE)

    def draw(sheet: Sheet) -> None:
        x, y = face.middle
        creature.draw(sheet, Frame(640 - x * face.scale, 800 - y * face.scale, face.scale))

    return Scene(draw, ground=creature.ground, seed=seed, hairs=8000, hair_length=34)


def _measured(creature: Creature, seed: int) -> Scene:
    """With a tape along its feet."""

    def draw(sheet: Sheet) -> None:
        scale = creature.scale * 0.80
        x = creature.foot[0]
        line = [(96, 1452), (460, 1424), (860, 1448), (1310, 1420)]
        tape(sheet, line, centimetre=ANIMAL * scale, half_width=46)
        creature.draw(sheet, Frame(640 + (x - 640) * 0.80, 1330, scale))

    return Scene(draw, ground=_other(creature.ground), seed=seed)


def _friends(three: Sequence[Creature], ground: str) -> Scene:
    """Two behind, one in front, and a tape before their feet."""
    places = ((338, 1020, 0.86, -3.0), (942, 1004, 0.86, 3.0), (640, 1330, 0.94, 0.0))

    def draw(sheet: Sheet) -> None:
        line = [(-20, 1484), (420, 1500), (860, 1478), (1300, 1496)]
        tape(sheet, line, centimetre=PUPPET * 0.94, half_width=48, first=3)
        for creature, (x, y, scale, degrees) in zip(three, places, strict=True):
            creature.draw(sheet, Frame(x, y, scale, degrees=degrees))

    return Scene(draw, ground=ground, seed=len(ground) + 280, hairs=14000, hair_length=16)
