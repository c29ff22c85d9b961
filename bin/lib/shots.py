"""bin/shots: a picture of every kind of page, and what the browser complained of."""

import argparse
import contextlib
import os
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from house import environment
from house.browser import HOW_TO_INSTALL, find_chromium
from house.console import Console, Failure
from house.environment import ROOT
from house.processes import clean_environment
from look.kinds import ALL, LANGUAGES, Kind

if TYPE_CHECKING:
    from look.place import Place

WIDTHS = (360, 768, 1280)
OWN_PORT = 8071


def read_arguments(words: list[str]) -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser(
        prog="bin/shots",
        description="Takes a picture of every kind of page of a demo house, in both languages, by"
        " day and by night, on a phone, a tablet and a desk, into var/shots/ with an index.html;"
        " ends with 1 if a browser complains of any page, or one scrolls sideways.",
        epilog="Page kinds stand in bin/lib/look/kinds/. A name may be a part: `bin/shots order`.",
        allow_abbrev=False,
    )
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="only these kinds (default: all)")
    parser.add_argument("--width", type=int, action="append", help=f"default: each of {WIDTHS}")
    parser.add_argument("--dark", action="store_true", help="by night only")
    parser.add_argument("--light", action="store_true", help="by day only")
    parser.add_argument("--language", choices=LANGUAGES, action="append", help="default: both")
    parser.add_argument("--scale", type=int, default=1, help="pixels a pixel (default: 1)")
    parser.add_argument("--first-view", action="store_true", help="not the whole page")
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "shots", metavar="DIR")
    parser.add_argument(
        "--readme", action="store_true", help="the three pictures of the README, and nothing else"
    )
    parser.add_argument(
        "--guide",
        action="store_true",
        help="the pictures of the treasurer's month (docs/treasurer.md), and nothing else",
    )
    parser.add_argument("--list", action="store_true", help="name the kinds, and do nothing")
    parser.add_argument("--url", help="look at this running demo instead of one of our own…")
    parser.add_argument("--data", type=Path, help="…whose data folder this is")
    parser.add_argument(
        "--speak",
        action="store_true",
        help="let everybody of that demo read the office in the language of the picture from now"
        " on; a demo of our own always does",
    )
    parser.add_argument(
        "--port", type=int, default=OWN_PORT, help="of our own (default: %(default)s)"
    )
    return parser.parse_args(words)


def chosen(words: Sequence[str]) -> list[Kind]:
    """The kinds that were asked for. Raises Failure for a word that names none."""
    kinds: list[Kind] = []
    for word in words:
        exact = [kind for kind in ALL if kind.name == word]
        found = exact or [kind for kind in ALL if word in kind.name or word == kind.area]
        if not found:
            raise Failure(f"no kind of page is called {word!r}: bin/shots --list names them.")
        kinds += [kind for kind in found if kind not in kinds]
    return kinds or list(ALL)


def shoot(words: list[str], console: Console) -> bool:
    """Take the pictures; whether no page had a problem. Raises Failure."""
    typed = read_arguments(words)
    kinds = chosen(typed.pages)
    if typed.list:
        for kind in kinds:
            console.say(f"{kind.name:<26}{kind.area:<10}{kind.role}")
        return True
    if bool(typed.url) != bool(typed.data):
        raise Failure("--url and --data go together: the house, and the folder with its log-ins.")
    environment.ensure(console, log=ROOT / "var" / "cache" / "setup.log", with_dev=True)
    if Path(sys.prefix).resolve() != environment.VENV.resolve():
        # Playwright stands in the house's own Python.
        os.execv(environment.PYTHON, [str(environment.PYTHON), __file__, *words])  # noqa: S606
    path = find_chromium()
    if not path:
        raise Failure(f"no Chromium on this machine: {HOW_TO_INSTALL}")
    return _shoot(typed, kinds, path, console)


def _shoot(typed: argparse.Namespace, kinds: list[Kind], chromium: str, console: Console) -> bool:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from look.camera import Camera, Light  # noqa: PLC0415
    from look.eyes import ARGUMENTS, Eyes  # noqa: PLC0415

    lights = [Light.DARK] if typed.dark else [Light.DAY] if typed.light else list(Light)
    began = time.monotonic()
    if typed.readme or typed.guide:
        return _for_docs(typed, chromium, console)
    if not typed.pages:
        shutil.rmtree(typed.out, ignore_errors=True)
    typed.out.mkdir(parents=True, exist_ok=True)
    with _place(typed, console) as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        camera = Camera(
            eyes=Eyes(browser, place),
            folder=typed.out,
            widths=typed.width or list(WIDTHS),
            lights=lights,
            scale=typed.scale,
            is_whole=not typed.first_view,
        )
        for language in typed.language or LANGUAGES:
            if typed.speak or not typed.url:
                place.speak(language)
            for number, kind in enumerate(kinds, start=1):
                console.running([f"{language} {number}/{len(kinds)} {kind.name}"], began)
                camera.take(kind, language)
        console.clear()
        browser.close()
    return _report(camera.problems, camera.missing, camera.write_sheet(), console, began)


def _for_docs(typed: argparse.Namespace, chromium: str, console: Console) -> bool:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from look import guide, readme  # noqa: PLC0415
    from look.eyes import ARGUMENTS, Eyes  # noqa: PLC0415

    with _place(typed, console) as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        eyes, folder = Eyes(browser, place), ROOT / "docs" / "pictures"
        for file in guide.take(eyes, place, folder) if typed.guide else readme.take(eyes, folder):
            console.say(f"  {file} ({file.stat().st_size / 1000:.0f} kB)")
        browser.close()
    return True


def _report(
    problems: defaultdict[str, list[str]],
    missing: list[str],
    sheet: Path,
    console: Console,
    began: float,
) -> bool:
    for name, found in problems.items():
        for text in found:
            console.say(f"  {name}: {text}")
    if missing:
        console.say(f"  not in this house: {', '.join(dict.fromkeys(missing))}")
    count = sum(len(found) for found in problems.values())
    said = f"{count} problems" if count else "no problem"
    console.say(f"{said}; pictures in {sheet} ({time.monotonic() - began:.0f} s)")
    return not count


@contextlib.contextmanager
def _place(typed: argparse.Namespace, console: Console) -> Iterator["Place"]:
    from look import own_house  # noqa: PLC0415
    from look.place import Place as Found  # noqa: PLC0415

    if typed.url:
        data = typed.data.expanduser().absolute()
        env = clean_environment() | {
            "MINKA_DATA": str(data),
            "SITE_URL": typed.url.rstrip("/"),
            "DJANGO_SETTINGS_MODULE": "coop.settings.production",
        }
        yield Found.of(typed.url, data, env, with_states=False)
    else:
        with own_house.running(ROOT / "var" / "shots-house", typed.port, console) as place:
            yield place


def main() -> int:
    """Run, and turn every foreseen end into a line and an exit code."""
    try:
        return 0 if shoot(sys.argv[1:], Console()) else 1
    except KeyboardInterrupt:
        print("\nbin/shots: stopped.", file=sys.stderr)
    except Failure as problem:
        print(f"bin/shots: {problem}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
