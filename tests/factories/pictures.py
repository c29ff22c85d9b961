"""Photographs for the tests."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model


def picture(title: str = "A hat", *, wide: int = 64, high: int = 80) -> Any:
    """A small photograph of one colour in the office's pictures."""
    drawn = BytesIO()
    Image.new("RGB", (wide, high), "#94163a").save(drawn, "PNG")
    file = ContentFile(drawn.getvalue(), name="hat.png")
    return get_image_model().objects.create(title=title, file=file)
