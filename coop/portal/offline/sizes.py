"""How much saving data saves: measured on her own pictures, not promised."""

from dataclasses import dataclass

from wagtail.images.models import AbstractImage, AbstractRendition

from coop.kit.pictures import PORTRAIT, Size
from coop.portal.standing import Standing
from orders.production import queries as production


def _of_width(width: int) -> Size:
    return next(one for one in PORTRAIT if (one.format, one.width) == ("avif", width))


#: The pictures of her work as most phones fetch them, and for who saves data.
LARGE, SMALL = _of_width(800).spec, _of_width(320).spec
MOST = 8


@dataclass(frozen=True)
class Saved:
    """Kilobytes of her pictures without and with saving."""

    full_kb: int
    small_kb: int

    @property
    def share(self) -> int:
        """Of a hundred, how many are left."""
        return round(100 * self.small_kb / self.full_kb) if self.full_kb else 100


def saved_for(standing: Standing) -> Saved | None:
    """Of the photographs that her work shows now; nothing without any."""
    if not standing.may_work:
        return None
    works = production.of_member(standing.her)[:MOST]
    images = {one.work_order.variant.product.image for one in works}
    found = [image for image in images if image is not None]
    if not found:
        return None
    full, small = (sum(_size(image, look) for image in found) for look in (LARGE, SMALL))
    return Saved(-(-full // 1000), -(-small // 1000))


def _size(image: AbstractImage, look: str) -> int:
    rendition: AbstractRendition = image.get_rendition(look)
    return int(rendition.file.size)
