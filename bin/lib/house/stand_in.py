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


def address(house: House) -> str:
    """Where it listens: one port above the house's own, so that it is there again next time."""
    return f"http://{servers.LOCAL}:{house.port + 1}"


def connect(house: House) -> None:
    """Tell the house's programs of it. Raises Failure when its port is taken."""
    if house.port == servers.LAST_PORT:
        raise Failure("--fake-stripe takes the port above --port: choose a lower one.")
    servers.refuse_port_in_use(servers.LOCAL, house.port + 1)
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
    program = Program(
        "the stand-in for Stripe",
        [
            PYTHON,
            "-m",
            "tests.fake_stripe",
            "--port",
            str(house.port + 1),
            "--state",
            house.data.path / "stand-in-stripe.sqlite3",
            "--key",
            env["STRIPE_SECRET_KEY"],
            "--secret",
            env["STRIPE_WEBHOOK_SECRET"],
            "--webhook",
            f"{env['SITE_URL']}/stripe/webhook/",
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
