"""Draws a picture of the demo by its name. Needs numpy: only `draw_pictures` imports this."""

from functools import partial

from PIL import Image

from coop.demo import pictures
from coop.kit.knitting.creatures import scenes as creatures
from coop.kit.knitting.files import keep
from coop.kit.knitting.garments import GARMENTS, lake
from coop.kit.knitting.scenes import Scene, render


def draw(name: str) -> None:
    """Draw the picture and keep it in all its sizes."""
    keep(image_of(name), name, pictures.everything()[name], pictures.FOLDER)


def image_of(name: str) -> Image.Image:
    """The picture as large as it is drawn."""
    if name in pictures.LAKES:
        size = lake.WIDE if "wide" in name else lake.PHONE
        return lake.draw(size, by_night=name.endswith("night"))
    return render(scene_of(name))


def scene_of(name: str) -> Scene:
    """What is drawn under this name. Raises KeyError if nobody knows how."""
    garments = {
        one.name: partial(GARMENTS[one.slug], one.yarns)
        for one in pictures.products()
        if one.slug in GARMENTS
    }
    return garments[name]() if name in garments else creatures()[name]
