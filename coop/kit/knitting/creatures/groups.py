"""The pictures of creatures: each alone on its ground, three together, all twelve."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coop.kit.knitting.creatures import (
    animals_farm,
    animals_herd,
    animals_wild,
    looks,
    puppets_herd,
    puppets_pampa,
    puppets_people,
    puppets_valley,
)
from coop.kit.knitting.creatures.family import darning_needle
from coop.kit.knitting.creatures.parts import Creature
from coop.kit.knitting.scenes import LANDSCAPE, PORTRAIT, Scene
from coop.kit.knitting.sheet import Frame, Sheet

_TRIO = "finger-puppets-three"
_TWELVE = "finger-puppets-twelve"
_SIDE_BY_SIDE = (
    "flamingo", "fox", "guinea-pig", "llama", "owl", "knitter",
    "boatman", "puma", "spectacled-bear", "vizcacha", "condor", "hummingbird",
)  # fmt: skip


def puppets() -> tuple[Creature, ...]:
    """The twelve, in the order of the catalogue."""
    makers = (
        *puppets_herd.HERD,
        *puppets_pampa.PAMPA,
        *puppets_valley.VALLEY,
        *puppets_people.PEOPLE,
    )
    return tuple(make() for make in makers)


#: Where beside an animal the needle lies that sewed it up, and the yarn in its eye.
_NEEDLES = {
    "travelling-llama": (424, -44, "cochineal"),
    "curly-alpaca": (-446, -24, "cochineal"),
    "waiting-fox": (-444, -560, "indigo"),
    "pampa-sheep": (356, -10, "pink"),
    "lake-frog": (300, -650, "qolle"),
    "diving-grebe": (440, -60, "cochineal"),
    "round-guinea-pig": (330, -600, "near_black"),
    "small-bull": (-380, -700, "cochineal"),
}


def animals() -> tuple[Creature, ...]:
    """The eight, each in every colour that it is sold in, and a needle beside each."""
    return tuple(_with_needle(one) for one in _animals())


def _with_needle(animal: Creature) -> Creature:
    x, y, yarn = next(place for name, place in _NEEDLES.items() if animal.key.startswith(name))
    length = looks.ANIMAL * 4
    return replace(animal, props=darning_needle(x, yarn, y=y, length=length))


def _animals() -> tuple[Creature, ...]:
    return (
        *animals_herd.travelling_llamas(),
        animals_herd.curly_alpaca(),
        animals_wild.waiting_fox(),
        animals_farm.pampa_sheep(),
        animals_wild.lake_frog(),
        animals_wild.diving_grebe(),
        *animals_farm.round_guinea_pigs(),
        animals_farm.small_bull(),
    )


def creatures() -> Iterator[Creature]:
    yield from puppets()
    yield from animals()


def scenes() -> dict[str, Scene]:
    """Every picture by its name."""
    found = {one.key: _alone(one, seed) for seed, one in enumerate(creatures(), start=11)}
    return {**found, _TRIO: _three(), _TWELVE: _two_rows()}


def second_looks(slugs: Sequence[str], friends: Mapping[str, Sequence[str]]) -> dict[str, Scene]:
    """Every further picture of the creatures among these products, by its name."""
    return dict(looks.looks(tuple(creatures()), slugs, friends))


def _alone(creature: Creature, seed: int) -> Scene:
    def draw(sheet: Sheet) -> None:
        x, y = creature.foot
        at = Frame(x, y, scale=creature.scale)
        for prop in creature.props:
            prop.draw(sheet, at)
        creature.draw(sheet, at)

    return Scene(draw=draw, ground=creature.ground, size=PORTRAIT, seed=seed)


def _three() -> Scene:
    """Fox, llama and condor, as they stand on the first page."""
    llama, fox, condor = (make() for make in puppets_herd.HERD)

    def draw(sheet: Sheet) -> None:
        fox.draw(sheet, Frame(430, 1120, scale=0.98))
        condor.draw(sheet, Frame(1556, 1120, scale=0.98))
        llama.draw(sheet, Frame(1010, 1135, scale=1.06))

    return Scene(draw, ground="lake", size=LANDSCAPE, hairs=16000, seed=5)


def _two_rows() -> Scene:
    """All of them in two rows of six: the motif on each belly is seen."""

    def draw(sheet: Sheet) -> None:
        for number, name in enumerate(_SIDE_BY_SIDE):
            puppet = next(one for one in puppets() if one.key.startswith(name))
            line, place = divmod(number, 6)
            scale = _smaller(puppet) * 0.53
            puppet.draw(sheet, Frame(186 + place * 322, 598 + line * 600, scale=scale))

    return Scene(draw, ground="lake", size=LANDSCAPE, hairs=16000, hair_length=13, seed=7)


def _smaller(puppet: Creature) -> float:
    """The hummingbird is the smallest of the twelve."""
    return 0.88 if puppet.key.startswith("hummingbird") else 1.0
