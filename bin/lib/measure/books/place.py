"""Where the ledger is measured: a PostgreSQL server of its own, databases, hordak's environment."""

import contextlib
import hashlib
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

from house.console import Console, Failure
from house.environment import PYTHON, ROOT
from house.processes import clean_environment
from measure.books.talk import Side

HERE = Path(__file__).parent
#: The peer at the version that was measured, and what it stands on.
PEER = ("django-hordak==2.0.0", "Django>=5.2,<5.3", "psycopg[binary]>=3.2,<4")
PEER_HOME = ROOT / "var" / "bench" / "hordak"


def peer_python(console: Console) -> Path:
    """The Python of hordak's own environment, made if it is not there. Raises Failure."""
    python = PEER_HOME / "bin" / "python"
    mark = PEER_HOME / "ready"
    wanted = hashlib.sha256(" ".join(PEER).encode()).hexdigest()
    if mark.exists() and mark.read_text() == wanted:
        return python
    console.say(f"  {PEER[0]} comes into {PEER_HOME.relative_to(ROOT)}")
    venv.create(PEER_HOME, with_pip=True, clear=True)
    done = subprocess.run(
        [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *PEER],
        stdout=sys.stderr,
        check=False,
    )
    if done.returncode:
        raise Failure(f"{PEER[0]} could not be installed; the ledger is measured beside it.")
    mark.write_text(wanted)
    return python


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server: MINKA_BENCH_PG, or one started for this run."""
    given = os.environ.get("MINKA_BENCH_PG")
    if given:
        yield given
        return
    sys.path.insert(0, str(ROOT))
    from tests.harness import postgres  # noqa: PLC0415 - its folder was just added

    disk = ROOT / "var" / "bench"
    disk.mkdir(parents=True, exist_ok=True)
    # Not below a home that only its owner enters: PostgreSQL may run as somebody else.
    with tempfile.TemporaryDirectory(prefix="minka-bench-", dir="/var/tmp") as folder:
        Path(folder).chmod(0o711)
        try:
            yield postgres.start(Path(folder), is_durable=True)
        finally:
            postgres.stop()


def database(url: str, name: str) -> str:
    """A new database on the server; its URL."""
    code = (
        "import os, sys, psycopg; url, name = sys.argv[1:];"
        "c = psycopg.connect(url, autocommit=True);"
        "c.execute(f'DROP DATABASE IF EXISTS {name}'); c.execute(f'CREATE DATABASE {name}')"
    )
    subprocess.run([PYTHON, "-c", code, url, name], check=True)
    head, _, rest = url.partition("?")
    base = head.rsplit("/", 1)[0]
    return f"{base}/{name}" + (f"?{rest}" if rest else "")


def ours(url: str, data: Path) -> Side:
    """Our side on an empty database that it migrates."""
    data.mkdir(parents=True, exist_ok=True)
    env = _environment(url, data)
    subprocess.run(
        [PYTHON, "manage.py", "migrate", "-v", "0"],
        cwd=ROOT,
        env=env,
        check=True,
        stdout=sys.stderr,
    )
    return Side(PYTHON, HERE / "ours.py", env)


def another(url: str, data: Path) -> Side:
    """Our side once more, on a database that is there."""
    return Side(PYTHON, HERE / "ours.py", _environment(url, data))


def _environment(url: str, data: Path) -> dict[str, str]:
    return clean_environment() | {
        "DATABASE_URL": url,
        "MINKA_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "coop.settings.test",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'bin' / 'lib'}",
    }


def peer(url: str, console: Console) -> Side:
    """Hordak's side on an empty database that it migrates."""
    env = clean_environment() | {"DATABASE_URL": url, "PYTHONPATH": str(ROOT / "bin" / "lib")}
    return Side(peer_python(console), HERE / "peer.py", env)
