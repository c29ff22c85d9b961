"""The three pictures of the README: small, and taken again whenever the look changes."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from look.eyes import Eyes, see_all
from look.kinds import BY_NAME

_QUALITY = 78


@dataclass(frozen=True)
class View:
    """Which page, on which screen."""

    kind: str
    language: str
    width: int
    height: int
    scale: float


VIEWS = (
    View("home", "en", 1280, 860, 1),
    View("list", "en", 390, 760, 1.5),
    View("m-home", "es", 360, 700, 1.5),
)


def take(eyes: Eyes, folder: Path) -> list[Path]:
    """Write them as WebP into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for view in VIEWS:
        kind = BY_NAME[view.kind]
        size = {"width": view.width, "height": view.height}
        with eyes.open(
            kind, view.language, width=view.width, viewport=size, device_scale_factor=view.scale
        ) as (page, _problems):
            see_all(page)
            picture = Image.open(BytesIO(page.screenshot(animations="disabled")))
        file = folder / f"{view.kind}.webp"
        picture.convert("RGB").save(file, quality=_QUALITY, method=6)
        written.append(file)
    return written
