"""Pictures in a page: one image in several widths and formats, for the browser to choose from.

An editor uploads one image; Wagtail cuts and encodes it once for every width and format below.
The demo's own pictures are drawn ahead in the very same sizes (`manage.py draw_pictures`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

#: How hard a picture is pressed in each format: below this, stitches blur.
QUALITIES = {"avif": 50, "webp": 72}


@dataclass(frozen=True)
class Size:
    """One file of a picture: its format, and its measures in pixels."""

    format: str
    width: int
    height: int

    @property
    def spec(self) -> str:
        """As Wagtail writes a rendition."""
        quality = f"{self.format}quality-{QUALITIES[self.format]}"
        return f"fill-{self.width}x{self.height}|format-{self.format}|{quality}"

    def file_name(self, name: str) -> str:
        """What a file drawn ahead in this size is called: "travelling-llama-fawn-480.webp"."""
        return f"{name}-{self.width}.{self.format}"


def _sizes(shape: tuple[int, int], **widths: tuple[int, ...]) -> tuple[Size, ...]:
    across, down = shape
    return tuple(
        Size(format_name, width, width * down // across)
        for format_name, all_widths in widths.items()
        for width in all_widths
    )


#: A product: four to five. The newer format in every width; the older one for a list and a page.
PORTRAIT = _sizes((4, 5), avif=(160, 320, 480, 800, 1200), webp=(480, 800))
#: A second look at a product, fetched when somebody asks for it: a thumbnail and a page's width.
SECOND_LOOK = _sizes((4, 5), avif=(160, 320, 800), webp=(480,))
#: Several pieces side by side: eight to five.
LANDSCAPE = _sizes((8, 5), avif=(640, 1280), webp=(640, 1280))
#: The picture on the first page: wide, and upright enough for a phone.
HERO_WIDE = _sizes((1280, 505), avif=(1280, 1920), webp=(1280,))
HERO_PHONE = _sizes((780, 635), avif=(780,), webp=(780,))


@dataclass(frozen=True)
class Source:
    """Files of one format: addresses with their widths, as `srcset` takes them."""

    type: str
    srcset: str
    width: int
    height: int
    media: str = ""


@dataclass(frozen=True)
class Picture:
    """An image's address and shape, what it shows in words, and what else it may be fetched as.

    `label` is a short word beneath a thumbnail; `thumbnail` the smallest file there is.
    """

    url: str
    width: int
    height: int
    alt: str
    sources: tuple[Source, ...] = ()
    label: str = ""
    thumbnail: str = ""


def specs(*shapes: Iterable[Size]) -> list[str]:
    """The renditions of these shapes as Wagtail writes them."""
    return [size.spec for shape in shapes for size in shape]


def images(ids: Iterable[int | None], *shapes: Iterable[Size]) -> dict[int, AbstractImage]:
    """These images with their renditions of these shapes, by key; in two queries or none."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    found: Any = get_image_model().objects.prefetch_renditions(*specs(*shapes))
    return {image.pk: image for image in found.filter(pk__in=wanted)}


def picture_of(
    image: AbstractImage,
    alt: str,
    *,
    shape: tuple[Size, ...] = PORTRAIT,
    width: int = 480,
    label: str = "",
    media: str = "",
) -> Picture:
    """The image in a shape. `width` is that of the file for browsers that cannot choose.

    An image smaller than a size is never blown up: then several sizes give the same file.
    """
    renditions = image.get_renditions(*specs(shape))
    files = [(size, renditions[size.spec]) for size in shape]
    plain = [one for size, one in files if size.format == "webp" and size.width <= width]
    chosen = plain[-1] if plain else files[-1][1]
    smallest = min((one for _size, one in files), key=lambda one: one.width)
    return Picture(
        url=chosen.url,
        width=chosen.width,
        height=chosen.height,
        alt=alt,
        sources=tuple(_sources(files, media)),
        label=label,
        thumbnail=smallest.url,
    )


def _sources(files: list[tuple[Size, Any]], media: str) -> Iterable[Source]:
    for format_name in dict.fromkeys(size.format for size, _one in files):
        by_width = {one.width: one.url for size, one in files if size.format == format_name}
        largest = max((one for _size, one in files), key=lambda one: one.width)
        srcset = ", ".join(f"{url} {width}w" for width, url in sorted(by_width.items()))
        yield Source(f"image/{format_name}", srcset, largest.width, largest.height, media)
