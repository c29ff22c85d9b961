"""A picture to be drawn: its size, its ground, and what lies there."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from coop.kit.knitting.finish import finish, hairs
from coop.kit.knitting.sheet import Sheet

#: Pixels of a product's picture as drawn: four to five, and larger than any size it is shown in.
PORTRAIT = (1280, 1600)
#: Pixels of a wide picture of several pieces.
LANDSCAPE = (2000, 1250)


@dataclass(frozen=True)
class Scene:
    """What `draw` puts on a sheet, on one of the seven grounds.

    A product's picture is registered under its slug and, where it is sold in colours, the colour:
    "llama-finger-puppet", "travelling-llama-fawn". `draw` uses the coordinates of a sheet of
    `size`. The seed makes its ground its own.
    """

    draw: Callable[[Sheet], None]
    ground: str = "sand"
    size: tuple[int, int] = PORTRAIT
    hairs: int = 9000
    hair_length: float = 20.0
    lift: float = 1.0
    seed: int = 1


def render(scene: Scene) -> Image.Image:
    """The picture, as large as it was drawn. The same scene always gives the same picture."""
    sheet = Sheet(*scene.size)
    scene.draw(sheet)
    hairs(sheet, scene.hairs, scene.hair_length, seed=scene.seed)
    return finish(sheet, ground=scene.ground, seed=scene.seed, lift=scene.lift)
