"""Pictures pressed into small files: AVIF and WebP, no heavier than a page may carry."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

from coop.kit.knitting.finish import reduced
from coop.kit.pictures import QUALITIES, Size

#: The most that a picture so wide may weigh, in bytes.
HEAVIEST = {
    ("avif", 160): 5_000,
    ("avif", 320): 12_000,
    ("avif", 480): 24_000,
    ("avif", 800): 62_000,
    ("avif", 1200): 112_000,
    ("webp", 480): 36_000,
    ("webp", 800): 84_000,
    ("avif", 640): 42_000,
    ("avif", 1280): 85_000,
    ("avif", 1920): 130_000,
    ("webp", 640): 54_000,
    ("webp", 1280): 125_000,
    ("avif", 780): 60_000,
    ("webp", 780): 82_000,
}
_LEAST_QUALITY = 24
_STEP = 4


def keep(image: Image.Image, name: str, sizes: Sequence[Size], folder: Path) -> list[Path]:
    """Write the picture in every size; returns the files."""
    written = []
    for size in sizes:
        path = folder / size.file_name(name)
        path.write_bytes(pressed(image, size))
        written.append(path)
    return written


def pressed(image: Image.Image, size: Size) -> bytes:
    """The picture at a size: as good as the house's quality allows and as light as it must be."""
    smaller = _filling(image, size)
    quality = QUALITIES[size.format]
    heaviest = HEAVIEST[size.format, size.width]
    while True:
        file = BytesIO()
        smaller.save(file, size.format.upper(), quality=quality, **_options(size))
        if file.tell() <= heaviest or quality <= _LEAST_QUALITY:
            return file.getvalue()
        quality -= _STEP


def _options(size: Size) -> dict[str, int]:
    return {"speed": 6} if size.format == "avif" else {"method": 5}


def _filling(image: Image.Image, size: Size) -> Image.Image:
    """Cut to the size's shape around the middle and reduced to it, sharp again."""
    wide, high = image.size
    scale = min(wide / size.width, high / size.height)
    across, down = round(size.width * scale), round(size.height * scale)
    left, top = (wide - across) // 2, (high - down) // 2
    return reduced(image.crop((left, top, left + across, top + down)), (size.width, size.height))
