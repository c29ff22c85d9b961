"""What an editor uploads: kept whole, upright and silent, or refused in a sentence; encoded ahead."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django_tasks_db.models import DBTaskResult
from PIL import Image as Picture
from PIL import ImageCms
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.images.models import Rendition
from wagtail.models import Collection

from coop.kit.pdf import can_make
from coop.kit.photographs import LONGEST, encode_ahead
from coop.kit.pictures import LANDSCAPE, PORTRAIT, SECOND_LOOK, specs
from coop.people import roles
from coop.people.models import User
from tests.factories.ledger import person

pytestmark = pytest.mark.django_db

IN_THE_DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
_GPS, _ORIENTATION = 0x8825, 0x0112


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor() -> User:
    return person("Edith", roles.EDITOR)


def drawn(mode: str = "RGB", size=(600, 400), kind: str = "JPEG", **options) -> bytes:
    """Left half red, right half blue."""
    picture = Picture.new("RGB", size, "#1D3263")
    picture.paste((148, 22, 58), (0, 0, size[0] // 2, size[1]))
    content = BytesIO()
    picture.convert(mode).save(content, kind, **options)
    return content.getvalue()


def form_for(editor: User, content: bytes, name: str = "hat.jpg"):
    image = get_image_model()
    root = Collection.get_first_root_node()
    return get_image_form(image)(
        {"title": "A hat", "collection": root.pk, "tags": ""},
        {"file": SimpleUploadedFile(name, content)},
        instance=image(),
        user=editor,
    )


def kept(editor: User, content: bytes, name: str = "hat.jpg"):
    form = form_for(editor, content, name)
    assert form.is_valid(), form.errors
    return form.save()


def opened(image) -> Picture.Image:
    with image.file.open("rb") as file, Picture.open(file) as picture:
        picture.load()
        return picture


def colour_at(image, place: tuple[int, int]) -> tuple[int, ...]:
    found = opened(image).getpixel(place)
    assert isinstance(found, tuple)
    return found


def refusal(editor: User, content: bytes, name: str = "hat.jpg") -> str:
    form = form_for(editor, content, name)
    assert not form.is_valid()
    assert get_image_model().objects.count() == 0
    [sentence] = form.errors["file"]
    return sentence


# What is refused ---------------------------------------------------------------------------
def test_half_a_photograph_is_refused_before_a_page_breaks_on_it(editor):
    whole = drawn()

    with translation.override("en"):
        sentence = refusal(editor, whole[: len(whole) // 2])

    assert sentence.startswith("The picture hat.jpg is broken: it cannot be opened to its end.")


def test_it_is_refused_also_where_pdfs_were_made_before(editor):
    """WeasyPrint lets half pictures pass in the whole process, unless it is told not to."""
    can_make()
    whole = drawn()

    with translation.override("en"):
        assert "cannot be opened to its end" in refusal(editor, whole[: len(whole) // 2])


def test_the_refusal_is_said_in_spanish_too(editor):
    whole = drawn(kind="PNG")

    with translation.override("es"):
        sentence = refusal(editor, whole[: len(whole) // 2], "gorro.png")

    assert sentence.startswith("La imagen gorro.png está dañada")


@pytest.mark.parametrize(
    ("content", "name", "begins"),
    [
        (b"Dear cooperative, this is a letter.", "hat.jpg", "Upload a valid image."),
        (drawn(kind="PNG"), "hat.jpg", "Not a valid .jpeg image."),
        (drawn(), "hat.pdf", "Not a supported image format. Supported formats: JPG,"),
        (b"", "hat.jpg", "The submitted file is empty."),
        (drawn() + bytes(21 * 1024 * 1024), "hat.jpg", "This file is too big (21.0"),
    ],
)
def test_what_is_no_photograph_is_refused_in_a_sentence(editor, content, name, begins):
    with translation.override("en"):
        assert refusal(editor, content, name).startswith(begins)


def test_a_small_file_that_unpacks_to_a_whole_wall_is_refused(editor):
    content = BytesIO()
    Picture.new("1", (9000, 9000)).save(content, "PNG")
    assert len(content.getvalue()) < 20_000

    with translation.override("en"):
        sentence = refusal(editor, content.getvalue(), "wall.png")

    assert sentence.startswith("This file has too many pixels (81000000).")


# What is kept ------------------------------------------------------------------------------
def test_where_it_was_taken_is_kept_nowhere(editor):
    exif = Picture.Exif()
    exif.get_ifd(_GPS).update({1: "S", 2: (15.0, 50.0, 0.0), 3: "W", 4: (70.0, 1.0, 0.0)})
    exif[0x010F] = "Telefono de Eulalia"
    content = drawn(exif=exif)
    assert b"Eulalia" in content

    image = kept(editor, content)
    encode_ahead(image.pk)

    assert not opened(image).getexif()
    for rendition in image.renditions.all():
        with rendition.file.open("rb") as file:
            written = file.read()
        assert b"Eulalia" not in written
        assert not Picture.open(BytesIO(written)).getexif()


def test_a_photograph_held_sideways_stands_upright(editor):
    exif = Picture.Exif()
    exif[_ORIENTATION] = 6

    image = kept(editor, drawn(size=(600, 400), exif=exif))

    assert (image.width, image.height) == (400, 600)
    red, _green, blue = colour_at(image, (200, 50))
    assert red > blue, "what was left is above now"


def test_printers_colours_become_the_screens(editor):
    image = kept(editor, drawn("CMYK"))

    assert opened(image).mode == "RGB"
    red, _green, blue = colour_at(image, (50, 200))
    assert red > 2 * blue


def test_a_profile_of_wider_colours_is_worked_in_and_let_go(editor):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    image = kept(editor, drawn(icc_profile=profile))

    assert "icc_profile" not in opened(image).info


def test_a_broken_profile_costs_nobody_her_photograph(editor):
    assert kept(editor, drawn(icc_profile=b"no profile at all")).width == 600


def test_of_a_moving_picture_the_first_moment_is_kept(editor):
    frames = [Picture.new("RGB", (300, 300), colour) for colour in ("#94163A", "#1D3263")]
    content = BytesIO()
    frames[0].save(content, "GIF", save_all=True, append_images=frames[1:])

    image = kept(editor, content.getvalue(), "hat.gif")

    assert getattr(opened(image), "n_frames", 1) == 1
    red, _green, blue = colour_at(image, (100, 100))
    assert red > blue


def test_what_shines_through_still_does(editor):
    content = BytesIO()
    Picture.new("RGBA", (300, 300), (148, 22, 58, 0)).save(content, "PNG")

    image = kept(editor, content.getvalue(), "band.png")

    assert opened(image).mode == "RGBA"
    assert image.file.name.endswith(".png")


def test_a_large_photograph_is_kept_as_large_as_pages_need(editor):
    image = kept(editor, drawn(size=(4000, 3000)))

    assert (image.width, image.height) == (LONGEST, LONGEST * 3 // 4)


def test_a_phones_own_format_is_taken(editor):
    image = kept(editor, drawn(kind="HEIF"), "hat.heic")

    assert opened(image).format == "JPEG"
    assert (image.width, image.height) == (600, 400)


# Encoding ahead ----------------------------------------------------------------------------
def test_saving_a_photograph_sets_its_encoding_for_the_worker(
    editor, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = IN_THE_DATABASE

    with django_capture_on_commit_callbacks(execute=True):
        image = kept(editor, drawn())

    waiting = DBTaskResult.objects.get(task_path="coop.kit.tasks.encode_picture")
    assert waiting.args_kwargs["args"] == [image.pk]
    assert not Rendition.objects.filter(image=image).exists(), "nobody waited for it"


def test_the_worker_leaves_nothing_to_encode_for_who_looks_first(
    editor, django_capture_on_commit_callbacks, django_assert_num_queries
):
    with django_capture_on_commit_callbacks(execute=True):
        image = kept(editor, drawn(size=(1300, 1600)))

    wanted = set(specs(PORTRAIT, SECOND_LOOK, LANDSCAPE))
    assert set(image.renditions.values_list("filter_spec", flat=True)) == wanted
    before = set(image.renditions.values_list("pk", flat=True))
    encode_ahead(image.pk)
    assert set(image.renditions.values_list("pk", flat=True)) == before


def test_an_image_that_went_meanwhile_is_nothing_to_do():
    assert encode_ahead(4711) == 0


def test_pictures_that_no_editor_saved_are_left_alone(settings, django_capture_on_commit_callbacks):
    settings.TASKS = IN_THE_DATABASE

    with django_capture_on_commit_callbacks(execute=True):
        get_image_model().objects.create(
            title="drawn ahead", file=SimpleUploadedFile("lake.jpg", drawn())
        )

    assert not DBTaskResult.objects.filter(task_path="coop.kit.tasks.encode_picture").exists()
