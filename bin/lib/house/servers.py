"""The running house: web server, background worker and, with --https, the gate: opened together."""

import contextlib
import http.client
import os
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from house import https
from house.console import Failure
from house.environment import PYTHON, ROOT, VENV
from house.prepare import House
from house.processes import Program

LOCAL = "127.0.0.1"
LAST_PORT = 65535
_APPLICATION = "coop.wsgi:application"
_WORKER: list[str | Path] = [PYTHON, ROOT / "manage.py", "db_worker"]
_READY_WITHIN_S = 60
_TICK = 0.05


def refuse_port_in_use(host: str, port: int) -> None:
    """Raises Failure when we could not listen there."""
    with socket.socket() as probe:
        # As the server does: a connection that is only just closed does not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except PermissionError as problem:
            raise Failure(
                f"port {port} needs more rights than you have: choose one above 1023."
            ) from problem
        except OSError as problem:
            raise Failure(
                f"port {port} is in use: stop what listens there, or choose another with --port."
            ) from problem


def address_to_bind(mode: str, *, is_https: bool = False) -> str:
    """Only this machine, but for a real cooperative whose SITE_URL says where people reach it,
    and for a house with a certificate, which phones are meant to reach.
    """
    if is_https:
        return https.EVERYWHERE
    host = urlsplit(os.environ.get("SITE_URL", "")).hostname or LOCAL
    is_local = host in {"localhost", "::1"} or host.startswith("127.")
    return LOCAL if is_local or mode != "real" else "0.0.0.0"  # noqa: S104 - asked for by SITE_URL


def programs(house: House, host: str) -> Sequence[Program]:
    """The web server of a house, its worker and, with a certificate, its gate; not started."""
    env, logs = house.environment(), house.data.logs
    # What granian itself advises at most; the rest wait in its own queue.
    threads = min(16, 2 * (os.cpu_count() or 1) + 1)
    granian: list[str | Path] = [VENV / "bin" / "granian", "--interface", "wsgi", "--host", host]
    granian += ["--port", str(house.port), "--workers", "1", "--blocking-threads", str(threads)]
    granian += ["--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "8"]
    if house.tls:
        granian += ["--ssl-certificate", house.tls.certificate, "--ssl-keyfile", house.tls.key]
        # Old phones speak nothing newer.
        granian += ["--ssl-protocol-min", "tls1.2"]
    granian.append(_APPLICATION)
    web = Program("the web server", granian, logs / "web.log", env, ROOT)
    worker = Program("the background worker", _WORKER, logs / "worker.log", env, ROOT)
    if not house.tls:
        return web, worker
    return web, worker, https.gate(house.tls, host, house.port, logs / "gate.log")


@contextmanager
def running(house: House, host: str = LOCAL) -> Iterator[Callable[[], None]]:
    """Open the house; gives a function that raises Failure when one of its programs has ended."""
    web, *others = programs(house, host)

    def refuse_dead() -> None:
        for program in (web, *others):
            if program.has_ended():
                raise Failure(
                    f"{program.name} ended by itself ({_how(program.exit_code)}):"
                    f" {program.last_line()[:200].rstrip('.')}. All it said is in {program.log}."
                )

    try:
        web.start()
        _wait_until_ready(house, refuse_dead)
        for program in others:
            program.start()
        yield refuse_dead
    finally:
        for program in (web, *others):
            if program.process and not program.has_ended():
                program.process.terminate()
        for program in (web, *others):
            program.stop()


def _how(code: int | None) -> str:
    return f"signal {-code}" if code and code < 0 else f"exit {code}"


def _wait_until_ready(house: House, refuse_dead: Callable[[], None]) -> None:
    deadline = time.monotonic() + _READY_WITHIN_S
    answer = "no answer"
    while time.monotonic() < deadline:
        refuse_dead()
        with contextlib.suppress(OSError, http.client.HTTPException):
            answer = _ask(house)
            if answer == "200":
                return
        time.sleep(_TICK)
    raise Failure(f"the house is not ready after {_READY_WITHIN_S} s: /readyz says {answer}.")


def _ask(house: House) -> str:
    """What /readyz answers: its status, and its words when it is not 200."""
    site = urlsplit(house.environment()["SITE_URL"])
    connection = (
        http.client.HTTPSConnection(LOCAL, house.port, timeout=10, context=house.tls.trusting())
        if house.tls
        else http.client.HTTPConnection(LOCAL, house.port, timeout=10)
    )
    try:
        headers = {"Host": site.netloc, "X-Forwarded-Proto": site.scheme}
        connection.request("GET", "/readyz", headers=headers)
        response = connection.getresponse()
        body = response.read(300).decode(errors="replace")
        return "200" if response.status == 200 else f"{response.status} {body}"
    finally:
        connection.close()
