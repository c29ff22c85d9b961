"""What an editor uploads becomes a photograph that pages may show: whole, upright, and silent.

Phones write into a photograph where it was taken; the house never keeps that. Whatever arrives is
opened to its last line (half a file would break the page that first shows it), turned as it was
held, brought to the screen's colours, reduced to what pages need, and written anew.
"""

from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from coop.kit.pictures import LANDSCAPE, PORTRAIT, SECOND_LOOK, specs

#: The longest side that is kept, in pixels: a third more than the widest that a page shows.
LONGEST = 2560
_QUALITY = 92
# What Pillow raises for files that are cut off, scrambled, or unpack to more than they may.
_UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    Image.DecompressionBombError,
)
#: Said of an image by the form through which an editor changed it.
BY_EDITOR = "is_changed_by_editor"


def _told_what_is_taken(kinds: str, most: int) -> str:
    words = gettext("A picture (%(kinds)s) of at most %(most)s.")
    return words % {"kinds": kinds, "most": filesizeformat(most)}


_what_is_taken = lazy(_told_what_is_taken, str)


class PhotographField(WagtailImageField):
    """Wagtail's field, which looks into the file before anybody else: half a file is refused.

    What it takes is said in the language of whoever reads it; Wagtail's own sentence is in that
    of the moment in which the form's class was made.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.help_text = _what_is_taken(self.supported_formats_text, self.max_upload_size)

    def to_python(self, data: Any) -> Any:
        """The file, once Wagtail found that it is a picture of a kind and size that we take."""
        try:
            return super().to_python(data)
        except _UNREADABLE as problem:
            raise _broken(data) from problem


class PhotographForm(BaseImageForm):
    """Wagtail's form for images, wherever the office shows it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            wagtails: Any = self.fields["file"]
            self.fields["file"] = PhotographField(
                label=wagtails.label, required=wagtails.required, widget=wagtails.widget
            )

    def clean_file(self) -> Any:
        """The file as it is kept. Refuses, in a sentence, what cannot be opened to its end."""
        file = self.cleaned_data["file"]
        return cleaned(file) if isinstance(file, UploadedFile) else file

    def clean(self) -> dict[str, Any] | None:
        """Remember that an editor is at work: `coop.kit.tasks` looks for that."""
        setattr(self.instance, BY_EDITOR, True)
        found: dict[str, Any] | None = super().clean()
        return found


def cleaned(file: UploadedFile) -> UploadedFile:
    """The photograph without its past: JPEG, or PNG where something shines through.

    Of a moving picture the first moment is kept. Raises ValidationError if it cannot be read.
    """
    file.seek(0)
    try:
        with Image.open(file) as opened:
            opened.load()
            whole = _in_screen_colours(ImageOps.exif_transpose(opened))
    except _UNREADABLE as problem:
        raise _broken(file) from problem
    whole.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    # A fresh image carries nothing over: no place, no time, no camera, no thumbnail.
    fresh = Image.new(whole.mode, whole.size)
    fresh.paste(whole)
    return _written(fresh, PurePath(file.name or "picture").stem)


def _broken(file: UploadedFile) -> ValidationError:
    return ValidationError(
        _(
            "The picture %(name)s is broken: it cannot be opened to its end. Send it once more"
            " from the phone or the camera."
        ),
        code="broken_picture",
        # Of several that were sent together she must know which.
        params={"name": file.name or ""},
    )


def _in_screen_colours(image: Image.Image) -> Image.Image:
    """As RGB, with transparency where there is some; print colours and wide ones converted."""
    profile = image.info.get("icc_profile")
    is_clear = "A" in image.getbands() or "transparency" in image.info
    if profile and image.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            found = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):
            # A profile that is broken or of another kind of colour: the picture without it.
            found = None
        if found is not None:
            return found
    return image.convert("RGBA" if is_clear else "RGB")


def _written(image: Image.Image, stem: str) -> UploadedFile:
    content = BytesIO()
    if image.mode == "RGBA":
        image.save(content, "PNG", optimize=True)
        return SimpleUploadedFile(f"{stem}.png", content.getvalue(), "image/png")
    image.save(content, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return SimpleUploadedFile(f"{stem}.jpg", content.getvalue(), "image/jpeg")


# Encoding ahead ----------------------------------------------------------------------------
def encode_ahead(image_id: int) -> int:
    """Make every size in which pages may show the image; how many it has now.

    What is there already is not made again. An image that went meanwhile is nothing to do.
    """
    image = get_image_model().objects.filter(pk=image_id).first()
    if image is None:
        return 0
    return len(image.get_renditions(*dict.fromkeys(specs(PORTRAIT, SECOND_LOOK, LANDSCAPE))))
