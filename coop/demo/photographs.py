"""Hangs the demo's pictures: as images of the library, with every size laid in ahead.

The files were drawn before; nothing is cut or encoded here, so the first start does not wait.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, Filter

from catalog.models import Product, Variant
from catalog.services import add_picture
from coop.demo import pictures, read
from coop.kit.pictures import PORTRAIT, SECOND_LOOK, Size


def hang_pictures() -> None:
    """Give every product of the demo its pictures, and every variant that of its colour."""
    sold = {one.slug: one for one in Product.objects.all()}
    images = {
        one.name: hang(one.name, one.name, PORTRAIT)
        for one in pictures.products()
        if one.slug in sold
    }
    for product in read.products():
        variants = {one.colour: images.get(_name(product, one)) for one in product.variants}
        first = next(iter(variants.values()))
        Product.objects.filter(slug=product.slug).update(image=first)
        for colour, image in variants.items():
            if colour and image is not None:
                found = Variant.objects.filter(product__slug=product.slug, colour__key=colour)
                found.update(image=image)
    _hang_looks(sold)


def _hang_looks(sold: Mapping[str, Product]) -> None:
    """The second and third picture of each product; what several share hangs once."""
    hung: dict[str, AbstractImage | None] = {}
    for product in read.products():
        for look in pictures.looks(product) if product.slug in sold else ():
            if look.name not in hung:
                hung[look.name] = hang(look.name, look.name, SECOND_LOOK)
            image = hung[look.name]
            if image is not None:
                add_picture(
                    product=sold[product.slug],
                    image=image,
                    shows_es=look.words["es"],
                    shows_en=look.words["en"],
                )


def hang_wide_pictures() -> dict[str, AbstractImage]:
    """The lakes of the first page and the puppets side by side, by name, as far as drawn."""
    shapes = {**pictures.LAKES, **pictures.GROUPS}
    hung = {name: hang(name, name, sizes) for name, sizes in shapes.items()}
    return {name: image for name, image in hung.items() if image is not None}


def _name(product: read.ProductData, variant: read.VariantData) -> str:
    return pictures.name_of(product.slug, variant.colour)


def hung_as(name: str) -> AbstractImage | None:
    """The picture of this name, if it hangs."""
    return get_image_model().objects.filter(title=_title(name)).order_by("pk").first()


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def hang(name: str, title: str, sizes: Iterable[Size]) -> AbstractImage | None:
    """One picture as an image with all its renditions; None where it was not drawn yet."""
    files = {size: pictures.FOLDER / size.file_name(name) for size in sizes}
    if not all(path.exists() for path in files.values()):
        return None
    largest = max(files, key=lambda size: (size.format == "avif", size.width))
    focus = pictures.focus_of(name)
    with files[largest].open("rb") as file:
        image = get_image_model().objects.create(
            title=_title(title),
            file=File(file, name=files[largest].name),
            description="",
            focal_point_x=largest.width * focus.x // 100,
            focal_point_y=largest.height * focus.y // 100,
            focal_point_width=largest.width * focus.width // 100,
            focal_point_height=largest.height * focus.height // 100,
        )
    image.get_rendition_model().objects.bulk_create(
        _rendition(image, size, path) for size, path in files.items()
    )
    return image


def _rendition(image: AbstractImage, size: Size, path: Path) -> object:
    with path.open("rb") as file:
        kept = default_storage.save(f"images/{path.name}", file)
    model = image.get_rendition_model()
    found = model(
        image=image,
        filter_spec=size.spec,
        focal_point_key=Filter(spec=size.spec).get_cache_key(image),
    )
    # The measures are known: setting them apart keeps Django from opening the file to look.
    found.file.name = kept
    found.width, found.height = size.width, size.height
    return found
