"""Draws a picture of the demo by its name. Needs numpy: only `draw_pictures` imports this."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PIL import Image

from coop.demo import pictures, read
from coop.kit.knitting.creatures import scenes as creatures
from coop.kit.knitting.creatures import second_looks
from coop.kit.knitting.files import keep
from coop.kit.knitting.garments import GARMENTS, lake, second_look
from coop.kit.knitting.scenes import Scene, render


def draw(name: str, folder: Path = pictures.FOLDER) -> None:
    """Draw the picture and keep it in all its sizes."""
    keep(image_of(name), name, pictures.everything()[name], folder)


def image_of(name: str) -> Image.Image:
    """The picture as large as it is drawn."""
    if name in pictures.LAKES:
        size = lake.WIDE if "wide" in name else lake.PHONE
        return lake.draw(size, by_night=name.endswith("night"))
    return render(scene_of(name))


def scene_of(name: str) -> Scene:
    """What is drawn under this name. Raises KeyError if nobody knows how."""
    drawn = {
        one.name: partial(GARMENTS[one.slug], one.yarns)
        for one in pictures.products()
        if one.slug in GARMENTS
    }
    look = pictures.all_looks().get(name)
    if look is not None and look.slug in GARMENTS:
        colours = [one.yarns for one in pictures.products() if one.slug == look.slug]
        return second_look(look.slug, look.kind, colours)
    return drawn[name]() if name in drawn else _creatures()[name]


def _creatures() -> Mapping[str, Scene]:
    slugs = [one.slug for one in read.products()]
    return {**creatures(), **second_looks(slugs, pictures.friends())}
