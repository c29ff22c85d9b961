"""bin/test: everything that CI checks."""

import argparse
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from house import environment
from house.browser import HOW_TO_INSTALL, find_chromium
from house.console import Console, Failure, Stopped, disk_full, is_disk_full
from house.environment import PYTHON, ROOT, VENV
from house.prepare import compile_messages
from house.processes import Program, clean_environment
from look import lighthouse

CACHE = ROOT / "var" / "cache"
# pytest found no test: an answer when somebody asked for some, a fault when all should run.
NO_TESTS = 5


@dataclass(frozen=True)
class Tools:
    """What this machine has beyond Python, and what some tests need."""

    chromium: bool
    npm: bool

    @property
    def lacking(self) -> list[str]:
        """What is not there, with what is skipped and how to install it."""
        said = []
        if not self.chromium:
            said.append(
                f"No Chromium on this machine: the browser tests were SKIPPED. {HOW_TO_INSTALL}"
            )
        if not self.npm:
            said.append(
                "No node and npm on this machine: Lighthouse was SKIPPED. Install them with"
                " `apt install nodejs npm` (Debian, Ubuntu) or `brew install node` (macOS)."
            )
        return said


@dataclass(frozen=True)
class Result:
    """How one step ended."""

    name: str
    seconds: float
    is_well: bool


def read_arguments(words: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Our own options, and what goes on to pytest."""
    parser = argparse.ArgumentParser(
        prog="bin/test",
        usage="bin/test [--whole | --long] [pytest arguments]",
        description="What must hold, in less than ten minutes: format, lint, types, floors,"
        " templates, migrations, languages; each test of the database on SQLite or on PostgreSQL, by"
        " turns, and the great journeys in Chromium. With pytest arguments (a file, -k WORD) only"
        " those tests run, all of them, on both databases and in the browser.",
        epilog="MINKA_TEST_PG=postgresql://… uses that server instead of one started for the run;"
        " MINKA_CHROMIUM names another browser.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--whole",
        action="store_true",
        help="what CI runs, about 25 minutes: each test on both databases, all in the browser,"
        " storms, every kind of page judged by axe, Lighthouse",
    )
    parser.add_argument(
        "--long",
        action="store_true",
        help="the whole, soaks and full crawls too, and storms on PostgreSQL",
    )
    return parser.parse_known_args(words)


# Checks that run no test -------------------------------------------------------------------
def static_checks(env: dict[str, str]) -> list[Program]:
    """The longest first: two run at a time."""
    commands: dict[str, list[str | Path]] = {
        "mypy": [PYTHON, "-m", "mypy"],
        "makemigrations --check": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
        "lint-imports": [VENV / "bin" / "lint-imports", "--cache-dir", CACHE / "imports"],
        "languages": [PYTHON, "bin/lib/messages.py"],
        "curlylint": [PYTHON, "bin/lib/lint_templates.py", *_template_folders()],
        "djhtml": [PYTHON, "-m", "djhtml", "--check", "--tabwidth", "2", *_template_folders()],
        "ruff check": [PYTHON, "-m", "ruff", "check"],
        "ruff format": [PYTHON, "-m", "ruff", "format", "--check"],
    }
    return [
        Program(name, command, CACHE / "checks" / f"{name.replace(' ', '-')}.log", env, ROOT)
        for name, command in commands.items()
    ]


def _template_folders() -> list[Path]:
    folders = [ROOT / "templates", *ROOT.glob("*/templates"), *ROOT.glob("*/*/templates")]
    return [folder for folder in folders if any(folder.rglob("*.html"))]


def run_checks(console: Console, checks: list[Program], at_once: int = 2) -> list[Result]:
    """Run all, some at a time; what a failing one printed is shown."""
    results, waiting, running = [], list(checks), list[Program]()
    began = time.monotonic()
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                running.append(waiting.pop(0))
                running[-1].start()
            for check in [one for one in running if one.has_ended()]:
                running.remove(check)
                is_well = check.exit_code == 0
                results.append(Result(check.name, check.seconds, is_well))
                console.end(check.name, check.seconds, "ok" if is_well else "FAILED")
                if not is_well:
                    console.say(check.printed().rstrip())
            console.running([check.name for check in running], began)
            time.sleep(0.05)
    finally:
        console.clear()
        for check in running:
            check.stop()
    return results


# Tests -------------------------------------------------------------------------------------
def run_pytest(
    console: Console,
    name: str,
    markers: str,
    words: list[str],
    how: list[str],
    env: dict[str, str],
) -> Result:
    """Pytest itself at the terminal, so that its own lines are seen."""
    console.say(f"\n── {name} " + "─" * max(0, 80 - len(name)))
    began = time.monotonic()
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "pytest",
        # One more than CI has cores: while a browser waits for a page another test goes on.
        "-n",
        "3",
        "--dist",
        "worksteal",
        "-m",
        markers,
        *words,
        *how,
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        code = process.wait()
    except Stopped:
        # Ctrl-C reached it as well; it stops its workers and its PostgreSQL by itself.
        process.terminate()
        process.wait()
        raise
    is_well = code == 0 or (code == NO_TESTS and bool(words))
    return Result(name, time.monotonic() - began, is_well)


def run_tests(
    console: Console, words: list[str], how: list[str], env: dict[str, str], tools: Tools
) -> list[Result]:
    """On SQLite, in the browser and by Lighthouse too; what the database matters to on PostgreSQL."""
    left_out = {"browser": not tools.chromium, "lighthouse": not (tools.chromium and tools.npm)}
    here = " and ".join(f"not {name}" for name, is_out in left_out.items() if is_out)
    postgres = env | {"MINKA_TEST_DATABASE": "postgres"}
    return [
        run_pytest(console, "tests on SQLite, and in the browser", here, words, how, env),
        run_pytest(
            console, "tests on PostgreSQL", "database and not browser", words, how, postgres
        ),
    ]


def check(words: list[str], console: Console) -> bool:
    """Run everything; whether all of it went well. Raises Failure when it cannot begin."""
    typed, for_pytest = read_arguments(words)
    environment.ensure(console, log=CACHE / "setup.log", with_dev=True)
    # The tests read Spanish pages too.
    compile_messages(console, log=CACHE / "setup.log")
    env = clean_environment()
    # What a developer's shell says about a house of their own is not meant for the tests.
    for name in ("DATABASE_URL", "MINKA_DATA", "SITE_URL", "DJANGO_SETTINGS_MODULE"):
        env.pop(name, None)
    results: list[Result] = []
    if not for_pytest:
        checking = env | {"DJANGO_SETTINGS_MODULE": "coop.settings.test"}
        results += run_checks(console, static_checks(checking))
    tools = Tools(find_chromium() is not None, lighthouse.is_here())
    how = ["--long"] if typed.long else [] if typed.whole or for_pytest else ["--daily"]
    results += run_tests(console, for_pytest, how, env, tools)
    is_ci = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
    show_summary(console, results)
    for line in tools.lacking:
        console.say(f"\n{line}{' In CI that is a failure.' if is_ci else ''}")
    return all(result.is_well for result in results) and not (is_ci and tools.lacking)


def show_summary(console: Console, results: list[Result]) -> None:
    """Each step with its seconds."""
    console.say("\n── Summary " + "─" * 73)
    for result in results:
        console.end(result.name, result.seconds, "ok" if result.is_well else "FAILED")
    failed = [result.name for result in results if not result.is_well]
    seconds = sum(result.seconds for result in results)
    console.say(f"  {'FAILED: ' + ', '.join(failed) if failed else 'all well'} ({seconds:.0f} s)")


def _stop(signum: int, _frame: object) -> NoReturn:
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    raise Stopped(signum)


def main() -> int:
    """Run, and turn every foreseen end into a line and an exit code."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, _stop)
    try:
        return 0 if check(sys.argv[1:], Console()) else 1
    except Stopped:
        print("\nbin/test: stopped.", file=sys.stderr)
    except Failure as problem:
        print(f"bin/test: {problem}", file=sys.stderr)
    except OSError as problem:
        line = disk_full(ROOT) if is_disk_full(problem) else problem
        print(f"bin/test: {line}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
