"""The pictures of the guide to the treasurer's month, in both languages: docs/treasurer.md."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from look.eyes import Eyes, see_all
from look.kinds import BY_NAME, LANGUAGES
from look.place import Place

_QUALITY = 72


@dataclass(frozen=True)
class View:
    """A step of the month: which page, on which screen, and what of it is shown."""

    name: str
    kind: str
    width: int = 1180
    height: int = 800
    #: On a desk the page beside the menu; a phone's screen is shown whole.
    part: str = "main"


def phone(name: str, kind: str) -> View:
    """A screen of a small phone."""
    return View(name, kind, 360, 720, "")


VIEWS = (
    View("month", "o-month", height=720),
    View("import", "o-bank-import", height=560),
    View("match", "o-statement", height=880),
    phone("count", "m-count-box"),
    View("pay", "o-pay-day-of", height=700),
    phone("sign", "m-sign-day"),
    View("close", "o-closing", height=720),
    View("print", "o-report-balance-sheet", height=820),
)


def name_of(view: View, language: str) -> str:
    """The picture's file."""
    return f"month-{view.name}-{language}.webp"


def take(eyes: Eyes, place: Place, folder: Path) -> list[Path]:
    """Write all of them as WebP into `folder`; whose house it is reads each language meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for language in LANGUAGES:
        place.speak(language)
        for view in VIEWS:
            file = folder / name_of(view, language)
            _picture(eyes, view, language).save(file, quality=_QUALITY, method=6)
            written.append(file)
    return written


def _picture(eyes: Eyes, view: View, language: str) -> Image.Image:
    size = {"width": view.width, "height": view.height}
    with eyes.open(BY_NAME[view.kind], language, width=view.width, viewport=size) as (page, _found):
        see_all(page)
        page.evaluate("document.activeElement && document.activeElement.blur()")
        shown = page.locator(view.part).first.bounding_box() if view.part else None
        left = shown["x"] if shown else 0
        clip = {"x": left, "y": 0, "width": view.width - left, "height": view.height}
        taken = page.screenshot(animations="disabled", clip=clip)  # type: ignore[arg-type]
    return Image.open(BytesIO(taken)).convert("RGB")
