"""Pictures of pages at every width, by day and by night, and what each page complained of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from playwright.sync_api import Error

from house.console import Failure
from look import sheet
from look.eyes import HEIGHTS, Eyes, see_all, set_light
from look.kinds import Kind
from look.sheet import Picture


class Light(Enum):
    """By day or by night."""

    DAY = "light"
    DARK = "dark"


@dataclass
class Camera:
    """Opens each page once, and turns it to every width and light."""

    eyes: Eyes
    folder: Path
    widths: Sequence[int]
    lights: Sequence[Light]
    scale: int = 1
    is_whole: bool = True
    pictures: list[Picture] = field(default_factory=list)
    problems: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    missing: list[str] = field(default_factory=list)

    def take(self, kind: Kind, language: str) -> None:
        """All pictures of one page; a page that cannot be opened is a problem of its own."""
        if not self.eyes.place.address(kind, language):
            self.missing.append(kind.name)
            return
        try:
            self._take(kind, language)
        except (Error, Failure) as problem:
            self._note(kind, language, [f"cannot be opened: {str(problem)[:300]}"])

    def _take(self, kind: Kind, language: str) -> None:
        first = max(self.widths)
        with self.eyes.open(kind, language, width=first, device_scale_factor=self.scale) as (
            page,
            problems,
        ):
            see_all(page)
            for width in self.widths:
                page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 900)})
                for light in self._lights(kind):
                    set_light(page, kind, dark=light is Light.DARK)
                    name = f"{kind.name}-{language}-{width}-{light.value}.jpg"
                    page.screenshot(
                        path=self.folder / name,
                        full_page=self.is_whole,
                        type="jpeg",
                        quality=85,
                        animations="disabled",
                    )
                    said = f"{language}, {width} px, {light.value}"
                    self.pictures.append(Picture(kind.name, name, said))
                problems.measure(page)
            self._note(kind, language, problems.found)

    def _lights(self, kind: Kind) -> list[Light]:
        if kind.has_dark:
            return list(self.lights)
        return [Light.DAY]

    def _note(self, kind: Kind, language: str, found: Sequence[str]) -> None:
        for text in dict.fromkeys(found):
            self.problems[kind.name].append(f"{language}: {text}")

    def write_sheet(self) -> Path:
        """The contact sheet of all that was taken."""
        return sheet.write(self.folder, self.pictures, self.problems)
