"""The pictures of creatures: each alone on its ground, three together, all twelve in a row."""

from collections.abc import Iterator

from coop.kit.knitting.creatures import (
    animals_low,
    animals_tall,
    puppets_herd,
    puppets_pampa,
    puppets_people,
    puppets_valley,
)
from coop.kit.knitting.creatures.parts import Creature
from coop.kit.knitting.scenes import LANDSCAPE, PORTRAIT, Scene
from coop.kit.knitting.sheet import Frame, Sheet

_TRIO = "finger-puppets-three"
_TWELVE = "finger-puppets-twelve"
#: Wider than three to one: all twelve stand side by side.
ROW_OF_TWELVE = (3200, 1000)


def puppets() -> tuple[Creature, ...]:
    """The twelve, in the order of the catalogue."""
    makers = (
        *puppets_herd.HERD,
        *puppets_pampa.PAMPA,
        *puppets_valley.VALLEY,
        *puppets_people.PEOPLE,
    )
    return tuple(make() for make in makers)


def animals() -> tuple[Creature, ...]:
    """The eight, each in every colour that it is sold in."""
    return (*animals_tall.animals(), *animals_low.animals())


def creatures() -> Iterator[Creature]:
    yield from puppets()
    yield from animals()


def scenes() -> dict[str, Scene]:
    """Every picture by its name."""
    found = {one.key: _alone(one, seed) for seed, one in enumerate(creatures(), start=11)}
    return {**found, _TRIO: _three(), _TWELVE: _twelve()}


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
        condor.draw(sheet, Frame(1570, 1120, scale=0.98))
        llama.draw(sheet, Frame(1010, 1135, scale=1.06))

    return Scene(draw=draw, ground="lake", size=LANDSCAPE, hairs=16000, seed=5)


def _twelve() -> Scene:
    """All of them in a row, as tall beside each other as they are; each a little closer or farther."""
    order = (
        "hummingbird", "fox", "guinea-pig", "llama", "owl", "knitter",
        "boatman", "puma", "condor", "vizcacha", "spectacled-bear", "flamingo",
    )  # fmt: skip
    by_name = {one.key.removesuffix("-finger-puppet"): one for one in puppets()}
    width, height = ROW_OF_TWELVE

    def draw(sheet: Sheet) -> None:
        step = (width - 260) / (len(order) - 1)
        for number, name in enumerate(order):
            near = number % 2
            x = 130 + step * number
            scale = 0.62 if name != "hummingbird" else 0.55
            by_name[name].draw(sheet, Frame(x, height - 120 + 34 * near, scale=scale))

    return Scene(draw=draw, ground="sand", size=ROW_OF_TWELVE, hairs=22000, hair_length=13, seed=6)
