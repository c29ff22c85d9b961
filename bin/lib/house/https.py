"""`--https`: the house on its local network, with a certificate made on the spot.

Three ports: the house itself by https on `--port`; one above it the gate, plain http, which hands
out the authority's certificate and sends everybody else to https; and above that the stand-in for
Stripe, when there is one.
"""

import json
import os
import secrets
import socket
import ssl
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from house.console import Console, Failure
from house.environment import PYTHON, ROOT, VENV
from house.processes import Program, clean_environment

EVERYWHERE = "0.0.0.0"  # noqa: S104 - that is what --https is for
_LOOK_AGAIN_S = 30


@dataclass(frozen=True)
class Tls:
    """The certificate by which a house is known, and who answers to it."""

    certificate: str
    key: str
    authority: str
    fingerprint: str
    names: tuple[str, ...]
    main: str
    renew_at: float
    is_new_authority: bool

    def trusting(self) -> ssl.SSLContext:
        """For speaking with the house: trusts its own authority and nobody else."""
        return ssl.create_default_context(cafile=self.authority)


def gate_port(port: int) -> int:
    """Where plain http is answered."""
    return port + 1


def refuse_site_url(wanted: str) -> None:
    """Raises Failure for a `SITE_URL` that goes against https."""
    if wanted and urlsplit(wanted).scheme != "https":
        raise Failure(
            f"--https and SITE_URL={wanted} go against each other: let SITE_URL begin with"
            " https://, or leave it unset."
        )


def make_certificate(folder: Path) -> Tls:
    """The certificate for this machine as its networks know it now. Raises Failure."""
    host = urlsplit(os.environ.get("SITE_URL", "")).hostname or ""
    command: list[str | Path] = [PYTHON, ROOT / "bin" / "lib" / "certify.py", folder]
    done = subprocess.run(
        [*command, "--host", host],
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise Failure(f"--https: {_kindly(said[-1])}")
    found = json.loads(done.stdout)
    return Tls(**found | {"names": tuple(found["names"])})


def _kindly(line: str) -> str:
    missing = line.partition("No module named ")[2].strip("'\"")
    if not missing:
        return line
    return f"{missing} is not installed in .venv: remove .venv and start again."


def told(tls: Tls, port: int) -> dict[str, str]:
    """What the house's programs must know, beyond what whoever started it has set herself."""
    names = ["127.0.0.1", *(name for name in tls.names if not name.startswith("127."))]
    return {
        "SITE_URL": os.environ.get("SITE_URL") or f"https://{tls.main}:{port}",
        "ALLOWED_HOSTS": os.environ.get("ALLOWED_HOSTS") or ",".join(names),
        "MINKA_AUTHORITY": tls.authority,
        "MINKA_OWN_ADDRESSES": ",".join(name for name in tls.names if name[-1].isdigit()),
    }


def demo_pass() -> dict[str, str]:
    """For a demo that other machines can reach: what lets a phone use its log-ins; new each time."""
    return {"MINKA_DEMO_PASS": secrets.token_urlsafe(16)}


# The gate ----------------------------------------------------------------------------------
def gate(tls: Tls, host: str, port: int, log: Path) -> Program:
    """Plain http beside the house; not started."""
    command: list[str | Path] = [PYTHON, ROOT / "bin" / "lib" / "gate.py"]
    command += ["--host", host, "--port", str(gate_port(port)), "--house", str(port)]
    command += ["--authority", tls.authority, "--main", tls.main, *tls.names]
    return Program("the gate", command, log, clean_environment(), ROOT)


class Lookout:
    """Whether the certificate still fits: looked at now and then, at no cost."""

    def __init__(self, tls: Tls) -> None:
        self._tls = tls
        self._next = time.monotonic() + _LOOK_AGAIN_S

    def must_renew(self) -> bool:
        """Whether this machine has another address now, or the certificate nears its end."""
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + _LOOK_AGAIN_S
        return time.time() > self._tls.renew_at or _way_out() not in {*self._tls.names, ""}


def _way_out() -> str:
    """The address by which this machine reaches its network; "" when it is alone."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(asking.getsockname()[0])


# What is said ------------------------------------------------------------------------------
def show(console: Console, tls: Tls, port: int, told_to_house: dict[str, str]) -> None:
    """The addresses for phones, each as a QR, and what is open to whom."""
    trust = f"http://{tls.main}:{gate_port(port)}/trust/"
    console.say(f"\nFor phones on the same network (this machine is {tls.main}):\n")
    console.say("  1. Once: trust this house.")
    _show_qr(console, trust)
    console.say(f"     The phone shows the same fingerprint (SHA-256):\n{_grouped(tls)}")
    demo_pass = told_to_house.get("MINKA_DEMO_PASS")
    home = f"https://{tls.main}:{port}"
    console.say("\n  2. Then: come in.")
    if demo_pass:
        _show_qr(console, f"{home}/let-in/{demo_pass}/")
    else:
        _show_qr(console, f"{home}/m/")
    console.say(
        "\nOpen to everybody on this network: the shop and the log-in pages, by https on port"
        f" {port},\nand how to trust them, by http on port {gate_port(port)}."
    )
    if demo_pass:
        console.say(
            "The demo's log-ins work on this machine, and on a phone that scanned QR 2 since the"
            "\nhouse was opened; they refuse everybody else."
        )
    if tls.is_new_authority:
        console.say("The certificate's authority is new: every phone must trust it once.")


def _grouped(tls: Tls) -> str:
    pairs = [tls.fingerprint[at : at + 2].upper() for at in range(0, 64, 2)]
    return "\n".join("     " + " ".join(pairs[at : at + 16]) for at in (0, 16))


def _show_qr(console: Console, address: str) -> None:
    drawn = subprocess.run(
        [VENV / "bin" / "segno", "--compact", "--border", "2", "--error", "L", "--", address],
        env=clean_environment() | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    console.say(f"     {address}")
    if drawn.returncode == 0:
        # White and black whatever the window's own colours: not every phone reads it inverted.
        before, after = ("\033[97;40m", "\033[0m") if console.is_terminal else ("", "")
        lines = drawn.stdout.splitlines()
        console.say("\n".join(f"     {before}{line}{after}" for line in lines))
