"""Twelve puppets and eight animals: each has its picture, whole, and the same whenever drawn."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from PIL import Image

from coop.demo import pictures
from coop.kit.knitting.creatures.groups import animals, puppets, scenes
from coop.kit.knitting.creatures.parts import Bead, both
from coop.kit.knitting.files import HEAVIEST
from coop.kit.knitting.sheet import Frame, Sheet

CATALOGUE = Path(settings.BASE_DIR) / "coop" / "demo" / "data" / "catalogue"
SMALLER = 0.125
EVERY_CREATURE = [*puppets(), *animals()]


def small(creature) -> Sheet:
    sheet = Sheet(int(1280 * SMALLER), int(1600 * SMALLER))
    x, y = creature.foot
    at = Frame(x * SMALLER, y * SMALLER, scale=creature.scale * SMALLER)
    for prop in creature.props:
        prop.draw(sheet, at)
    creature.draw(sheet, at)
    return sheet


def products(file: str) -> list[str]:
    """The pictures that the catalogue asks for: one for each product and colour."""
    found = tomllib.loads((CATALOGUE / file).read_text(encoding="utf-8"))["products"]
    return [
        "-".join(filter(None, [product["slug"], colour.get("colour")]))
        for product in found
        for colour in product["colours"]
    ]


def test_every_puppet_and_animal_of_the_catalogue_has_its_picture():
    assert [one.key for one in puppets()] == products("puppets.toml")
    assert [one.key for one in animals()] == products("animals.toml")
    assert set(products("puppets.toml") + products("animals.toml")) < set(scenes())


@pytest.mark.parametrize("name", scenes())
def test_a_picture_is_kept_in_every_size_and_light_enough_for_a_phone(name):
    for size in pictures.everything()[name]:
        file = pictures.FOLDER / size.file_name(name)
        with Image.open(file) as kept:
            assert kept.size == (size.width, size.height)
        assert file.stat().st_size <= HEAVIEST[size.format, size.width]


@pytest.mark.parametrize("creature", EVERY_CREATURE, ids=lambda one: one.key)
def test_a_creature_stands_whole_in_its_picture(creature):
    cover = small(creature).cover

    assert (cover > 0.5).mean() > 0.12
    for edge in (cover[:4], cover[-4:], cover[:, :3], cover[:, -3:]):
        assert edge.max() < 0.05


def test_a_creature_is_the_same_whenever_it_is_drawn():
    fox = next(one for one in puppets() if one.key == "fox-finger-puppet")

    assert np.array_equal(small(fox).light, small(fox).light)


def test_what_is_on_both_sides_is_as_far_from_the_middle():
    sheet = Sheet(60, 40)

    for part in both(Bead((12, -8), 5)):
        part.draw(sheet, Frame(30, 28))

    rows, columns = np.nonzero(sheet.cover > 0.5)
    left, right = columns[columns < 30], columns[columns >= 30]
    assert len(left) == len(right) > 0
    assert (left.min() + right.max()) / 2 == pytest.approx(30, abs=0.5)
    assert (rows.min() + rows.max()) / 2 == pytest.approx(20, abs=0.5)
