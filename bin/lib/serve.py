"""bin/serve: from a bare clone to a running house; the second time in seconds."""

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from house import environment, servers, stand_in
from house.console import Console, Failure, Stopped, disk_full, is_disk_full
from house.data import DataFolder
from house.database import Database, Look
from house.prepare import House, prepare
from house.processes import run_steps

DEFAULT_PORT = 8000


class Parser(argparse.ArgumentParser):
    """Refuses in one line, with exit 1."""

    def error(self, message: str) -> NoReturn:
        sys.exit(f"bin/serve: {message} (bin/serve --help says what it takes).")


def read_arguments(words: list[str]) -> argparse.Namespace:
    """What was typed. Ends with one line and exit 1 when it cannot be understood."""
    parser = Parser(prog="bin/serve", description=__doc__, allow_abbrev=False)
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, help="default: %(default)s")
    parser.add_argument(
        "--empty",
        action="store_true",
        help="without the demo cooperative: asks for the first office account"
        " (or takes MINKA_FIRST_EMAIL, MINKA_FIRST_NAME, MINKA_FIRST_PASSWORD)",
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=environment.ROOT / "var",
        metavar="DIR",
        help="where database, media, secret key and logs stand (default: var/)",
    )
    parser.add_argument(
        "--fake-stripe",
        action="store_true",
        help="paying by card, at a stand-in for Stripe on the next port: nobody is charged",
    )
    return parser.parse_args(words)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= servers.LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (1 to 65535)")
    return int(text)


def serve(words: list[str], console: Console) -> None:
    """Prepare and open the house, until somebody stops it. Raises Failure."""
    began = time.monotonic()
    typed = read_arguments(words)
    data = DataFolder(typed.data.expanduser().absolute())
    database = Database.of(os.environ.get("DATABASE_URL"), data.path)
    # What can be refused at once is refused before any long work.
    servers.refuse_port_in_use(servers.LOCAL, typed.port)
    house = House(data, database, typed.port)
    if typed.fake_stripe:
        stand_in.connect(house)
    database.knock()
    data.make()
    with data.held():
        environment.ensure(console, log=data.logs / "setup.log")
        look = prepare(house, console, empty=typed.empty)
        if not look.has_people:
            make_first_account(house, console)
            look = database.look()
        host = servers.address_to_bind(look.mode)
        servers.refuse_port_in_use(host, typed.port)
        if typed.fake_stripe and look.mode == "real":
            raise Failure(
                "--fake-stripe is for trying things out, and this database holds a real"
                " cooperative: set STRIPE_SECRET_KEY instead (docs/payments.md says how)."
            )
        beside = stand_in.running(house) if typed.fake_stripe else contextlib.nullcontext()
        with beside, servers.running(house, host) as refuse_dead:
            console.say()
            show_addresses(house, console, look)
            if typed.fake_stripe:
                console.say(
                    f"  cards    {stand_in.address(house)}/_fake/ (card 4242 4242 4242 4242)"
                )
            console.say(f"\nOpen after {time.monotonic() - began:.1f} s. Ctrl-C closes the house.")
            console.is_open = True
            while True:
                refuse_dead()
                time.sleep(0.3)


def make_first_account(house: House, console: Console) -> None:
    """Ask for the first office account, or take it from the environment, or say how to make it."""
    env = house.environment()
    if all(env.get(f"MINKA_FIRST_{part}") for part in ("EMAIL", "PASSWORD")):
        env.setdefault("MINKA_FIRST_NAME", env["MINKA_FIRST_EMAIL"].partition("@")[0])
        step = house.manage("first office account", "first_account", env=env)
        run_steps(console, step, folder=house.data.path)
        console.say(f"  {step.last_line()}")
        return
    if not sys.stdin.isatty():
        console.say(
            "  No office account yet: start bin/serve --empty on a terminal, or with"
            " MINKA_FIRST_EMAIL and MINKA_FIRST_PASSWORD set."
        )
        return
    console.say("\nThe first office account:")
    command: list[str | Path] = [environment.PYTHON, environment.ROOT / "manage.py"]
    command.append("first_account")
    while subprocess.run(command, env=env, cwd=environment.ROOT, check=False).returncode:
        # The command has said why: she is asked again.
        continue


def show_addresses(house: House, console: Console, look: Look) -> None:
    """Where to go, and with which log-in while the house shows the demo."""
    site = house.environment()["SITE_URL"].rstrip("/")
    for name, path in (("shop", "/"), ("office", "/office/"), ("members", "/m/")):
        console.say(f"  {name:<9}{site}{path}")
    if look.mode == "demo" and house.data.logins_file.exists():
        console.say(f"\nDemo log-ins (kept in {house.data.logins_file}):")
        for line in login_lines(json.loads(house.data.logins_file.read_text(encoding="utf-8"))):
            console.say(f"  {line}")


def login_lines(logins: list[dict[str, Any]]) -> list[str]:
    """One line for each log-in, in columns."""
    columns = list(dict.fromkeys(name for login in logins for name in login))
    table = [[str(login.get(name, "")) for name in columns] for login in logins]
    widths = [max(len(row[place]) for row in table) for place in range(len(columns))]
    return [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]


def _stop(signum: int, _frame: object) -> NoReturn:
    # While we close, a second Ctrl-C must not leave a program behind.
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    raise Stopped(signum)


def main() -> int:
    """Run, and turn every foreseen end into a line and an exit code."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, _stop)
    console = Console()
    try:
        serve(sys.argv[1:], console)
    except Stopped:
        console.clear()
        if not console.is_open:
            print("bin/serve: stopped before the house was open.", file=sys.stderr)
            return 1
        console.say("\nThe house is closed.")
    except Failure as problem:
        print(f"bin/serve: {problem}", file=sys.stderr)
        return 1
    except OSError as problem:
        line = disk_full(environment.ROOT) if is_disk_full(problem) else problem
        print(f"bin/serve: {line}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
