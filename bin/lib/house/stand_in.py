"""A stand-in for Stripe beside the house, so that paying by card can be tried out.

It is the one of the tests: it keeps its state in the data folder, listens on this machine only,
and nobody is charged.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from house import servers
from house.console import Failure
from house.environment import PYTHON, ROOT
from house.prepare import House
from house.processes import Program


def _port(house: House) -> int:
    """Above the house's own and its gate's, so that it is there again next time."""
    return house.port + (2 if house.tls else 1)


def address(house: House) -> str:
    """Where it listens."""
    return f"http://{servers.LOCAL}:{_port(house)}"


def refuse_port(port: int, *, is_https: bool) -> None:
    """Raises Failure when the port that it will take, above the house's, is not free."""
    wanted = port + (2 if is_https else 1)
    if wanted > servers.LAST_PORT:
        raise Failure("--fake-stripe takes a port above --port: choose a lower one.")
    servers.refuse_port_in_use(servers.LOCAL, wanted)


def connect(house: House) -> None:
    """Tell the house's programs of it."""
    house.extra.update(
        {
            "STRIPE_SECRET_KEY": f"sk_test_{secrets.token_hex(12)}",
            "STRIPE_WEBHOOK_SECRET": f"whsec_{secrets.token_hex(12)}",
            "STRIPE_API_BASE": address(house),
        }
    )


@contextmanager
def running(house: House) -> Iterator[None]:
    """It listens while the house is open."""
    env = house.environment()
    webhook = f"{env['SITE_URL']}/stripe/webhook/"
    if house.tls:
        # From beside it, whatever its name outside; and trusted like any phone does.
        webhook = f"https://{servers.LOCAL}:{house.port}/stripe/webhook/"
        env["SSL_CERT_FILE"] = house.tls.authority
    program = Program(
        "the stand-in for Stripe",
        [
            PYTHON,
            "-m",
            "tests.fake_stripe",
            "--port",
            str(_port(house)),
            "--state",
            house.data.path / "stand-in-stripe.sqlite3",
            "--key",
            env["STRIPE_SECRET_KEY"],
            "--secret",
            env["STRIPE_WEBHOOK_SECRET"],
            "--webhook",
            webhook,
            "--currency",
            env.get("BOOKS_CURRENCY", "PEN").lower(),
        ],
        house.data.logs / "stand-in-stripe.log",
        env,
        ROOT,
    )
    try:
        program.start()
        yield
    finally:
        program.stop()
