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

from house import environment, https, servers, stand_in
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
        "--https",
        action="store_true",
        help="for phones on the same network: https with a certificate made here, and on the next"
        " port, by http, how to trust it",
    )
    parser.add_argument(
        "--fake-stripe",
        action="store_true",
        help="paying by card, at a stand-in for Stripe on the port above: nobody is charged",
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
    house = House(data, database, typed.port)
    _refuse_early(typed)
    database.knock()
    data.make()
    with data.held():
        environment.ensure(console, log=data.logs / "setup.log")
        if typed.https:
            certify(house)
        if typed.fake_stripe:
            stand_in.connect(house)
        look = prepare(house, console, empty=typed.empty)
        if not look.has_people:
            make_first_account(house, console)
            look = database.look()
        if typed.fake_stripe and look.mode == "real":
            raise Failure(
                "--fake-stripe is for trying things out, and this database holds a real"
                " cooperative: set STRIPE_SECRET_KEY instead (docs/payments.md says how)."
            )
        while True:
            stay_open(house, console, look, began, with_stand_in=typed.fake_stripe)
            # Only a certificate that no longer fits brings us here.
            console.say("\nThe addresses of this machine have changed: a new certificate.")
            began = time.monotonic()
            certify(house)


def _refuse_early(typed: argparse.Namespace) -> None:
    """What can be refused at once is refused before any long work. Raises Failure."""
    host = https.EVERYWHERE if typed.https else servers.LOCAL
    servers.refuse_port_in_use(host, typed.port)
    if typed.https:
        https.refuse_site_url(os.environ.get("SITE_URL", ""))
        if https.gate_port(typed.port) > servers.LAST_PORT:
            raise Failure("--https takes the port above --port too: choose a lower one.")
        servers.refuse_port_in_use(host, https.gate_port(typed.port))
    if typed.fake_stripe:
        stand_in.refuse_port(typed.port, is_https=typed.https)


def certify(house: House) -> None:
    """Make or renew the certificate, and tell the house's programs of it. Raises Failure."""
    house.tls = https.make_certificate(house.data.path / "https")
    house.extra.update(https.told(house.tls, house.port))


def stay_open(
    house: House, console: Console, look: Look, began: float, *, with_stand_in: bool
) -> None:
    """Open the house, and say where; ends when its certificate no longer fits. Raises Failure."""
    if house.tls and look.mode == "demo":
        house.extra.update(https.demo_pass())
    host = servers.address_to_bind(look.mode, is_https=bool(house.tls))
    servers.refuse_port_in_use(host, house.port)
    beside = stand_in.running(house) if with_stand_in else contextlib.nullcontext()
    with beside, servers.running(house, host) as refuse_dead:
        console.say()
        show_addresses(house, console, look)
        if with_stand_in:
            console.say(f"  cards    {stand_in.address(house)}/_fake/ (card 4242 4242 4242 4242)")
            if house.tls:
                console.say("           Its page opens on this machine only, not on phones.")
        if house.tls:
            https.show(console, house.tls, house.port, house.extra)
        console.say(f"\nOpen after {time.monotonic() - began:.1f} s. Ctrl-C closes the house.")
        console.is_open = True
        lookout = https.Lookout(house.tls) if house.tls else None
        while not (lookout and lookout.must_renew()):
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
