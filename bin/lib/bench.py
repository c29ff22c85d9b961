"""bin/bench: figures of the house, one JSON object a line, each beside its baseline."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from house import environment
from house.browser import HOW_TO_INSTALL, find_chromium
from house.console import Console, Failure
from house.environment import ROOT
from measure.books import rows as books

NAMES = {
    "look.home": "Lighthouse's score for speed on a phone (baseline: 95)",
    "look.list": "the same of the shop",
    "look.product": "the same of a product",
    "weight.home": "bytes over the wire, first view on a phone (baseline: its limit)",
    "weight.list": "the same of the shop",
    "weight.product": "the same of a product",
    "weight.m-home": "the same of a member's first screen, without pictures",
    "start.first_page": "bin/serve, the second time, to its first page (baseline: bare Django)",
    "shop.list": "the shop answered (baseline: a constant page of the same server)",
    "shop.detail": "a product answered",
    "portal.home": "a member's first screen answered",
    **books.NAMES,
}
PORT = 8077
DATA = ROOT / "var" / "shots-house"


class Quiet(Console):
    """What is done on the way is said beside the figures, not among them."""

    def say(self, text: str = "") -> None:
        """One line of its own."""
        print(text, file=sys.stderr, flush=True)

    def end(self, name: str, seconds: float, mark: str = "") -> None:
        """A step is done."""
        self.say(f"  {name} {seconds:.1f} s {mark}".rstrip())

    def running(self, names: list[str], since: float) -> None:
        """Nothing: only figures go to the terminal."""


def read_arguments(words: list[str]) -> argparse.Namespace:
    """What was typed."""
    said = "\n".join(f"  {name:<18}{text}" for name, text in NAMES.items())
    parser = argparse.ArgumentParser(
        prog="bin/bench",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=f"{__doc__}\n\nA ratio above 1 is always better than the baseline."
        f" docs/benchmarks.md says how to read them.\n\n{said}",
        allow_abbrev=False,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="or the beginning of names")
    parser.add_argument(
        "--long", action="store_true", help="the ledger with ten million postings, too"
    )
    parser.add_argument("--quick", action="store_true", help="few rounds: to see that it runs")
    return parser.parse_args(words)


def chosen(words: list[str]) -> list[str]:
    """The figures that were asked for. Raises Failure for a word that begins none."""
    for word in words:
        if not any(name == word or name.startswith(f"{word}.") for name in NAMES):
            raise Failure(f"no figure is called {word!r}: bin/bench --help names them.")
    return [
        name
        for name in NAMES
        if not words or any(name == word or name.startswith(f"{word}.") for word in words)
    ]


def ledger_lines(names: list[str], console: Console, typed: argparse.Namespace) -> Iterator[str]:
    """The ledger's figures: no page, no browser. Raises Failure."""
    size = books.QUICK if typed.quick else books.LONG if typed.long else books.WHOLE
    wanted = _in(names, books.NAMES)
    if wanted:
        yield from (row.line() for row in books.rows(wanted, console, size))


def lines(names: list[str], console: Console, *, is_quick: bool) -> Iterator[str]:
    """Each figure of pages as it is measured. Raises Failure."""
    # These need the house's own Python.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from look import own_house  # noqa: PLC0415
    from look.eyes import ARGUMENTS, Eyes  # noqa: PLC0415
    from measure import answers, looks, start  # noqa: PLC0415

    with own_house.running(DATA, PORT, console) as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        eyes = Eyes(browser, place)
        found = answers.rows(eyes, _in(names, answers.PAGES), is_quick=is_quick)
        yield from (row.line() for row in found)
        yield from (row.line() for row in looks.weights(eyes, _in(names, looks.WEIGHTS)))
        browser.close()
        wanted = _in(names, looks.SPEEDS)
        if wanted:
            yield from (row.line() for row in looks.speeds(eyes, wanted, is_quick=is_quick))
    if start.NAME in names:
        yield start.row(DATA, PORT, is_quick=is_quick).line()


def _in(names: list[str], known: dict[str, str]) -> list[str]:
    return [name for name in names if name in known]


def main() -> int:
    """Run, and turn every foreseen end into a line and an exit code."""
    words = sys.argv[1:]
    typed = read_arguments(words)
    console = Quiet()
    try:
        names = chosen(typed.names)
        environment.ensure(console, log=ROOT / "var" / "cache" / "setup.log", with_dev=True)
        if Path(sys.prefix).resolve() != environment.VENV.resolve():
            os.execv(environment.PYTHON, [str(environment.PYTHON), __file__, *words])  # noqa: S606
        for line in ledger_lines(names, console, typed):
            print(line, flush=True)
        pages = [name for name in names if name not in books.NAMES]
        if pages and not find_chromium():
            raise Failure(f"no Chromium on this machine: {HOW_TO_INSTALL}")
        for line in lines(pages, console, is_quick=typed.quick) if pages else ():
            print(line, flush=True)
    except KeyboardInterrupt:
        print("\nbin/bench: stopped.", file=sys.stderr)
    except (Failure, ConnectionError) as problem:
        print(f"bin/bench: {problem}", file=sys.stderr)
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
