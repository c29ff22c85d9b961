"""`manage.py draw_pictures`: knit the demo's pictures anew, stitch by stitch."""

import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coop.demo import pictures

_NEEDED = ("numpy", "scipy")


def draw(name: str, folder: Path) -> str:
    """Draw one picture and keep it in all its sizes. Returns its name."""
    # Only whoever draws needs numpy: the site serves files.
    from coop.demo import drawing  # noqa: PLC0415

    drawing.draw(name, folder)
    return name


class Command(BaseCommand):
    help = (
        "Draw the demo's pictures ahead, stitch by stitch, into coop/demo/data/pictures."
        " Without names all of them. It needs the development requirements."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", help="such as andenes-chullo-indigo, or lake-wide")
        parser.add_argument(
            "--into",
            type=Path,
            default=pictures.FOLDER,
            metavar="DIR",
            help="another folder, to compare: the same picture is the same file",
        )
        parser.add_argument("--jobs", type=int, default=1, metavar="N", help="how many at a time")

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [one for one in _NEEDED if find_spec(one) is None]
        if missing:
            raise CommandError(
                f"{' and '.join(missing)} not found. Pictures are drawn with the development"
                " requirements: pip install -r requirements-dev.txt"
            )
        names = self._names(options["names"])
        if options["jobs"] < 1:
            raise CommandError("--jobs is how many to draw at a time: 1 or more.")
        folder = Path(options["into"])
        folder.mkdir(parents=True, exist_ok=True)
        began = time.monotonic()
        with ProcessPoolExecutor(options["jobs"]) as pool:
            waiting = [pool.submit(draw, name, folder) for name in names]
            for done, one in enumerate(as_completed(waiting), start=1):
                self.stdout.write(f"{done} of {len(names)}: {one.result()}")
        self.stdout.write(f"Drawn in {time.monotonic() - began:.0f} s.")

    def _names(self, asked: list[str]) -> list[str]:
        known = list(pictures.everything())
        chosen = [name for name in known if any(name.startswith(one) for one in asked)]
        unknown = [one for one in asked if not any(name.startswith(one) for name in known)]
        if unknown:
            raise CommandError(
                f"there is no picture called {', '.join(unknown)}. Such as: {', '.join(known[4:9])}."
            )
        return chosen or known
