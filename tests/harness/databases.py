"""Prepared databases: migrated once, kept for the next run, copied for every worker and test.

The ledger's triggers refuse DELETE and TRUNCATE, so that Django's way of cleaning a database
between tests (flush) must fail; a fresh copy takes some hundredths of a second instead.
"""

import fcntl
import hashlib
import itertools
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from house.database import settle
from tests.harness import postgres, run

# What shapes an empty database, beside the packages: migrations and what they read. A change
# here means migrating anew; a model's own words do not.
_SHAPED_BY = (
    "**/migrations/*.py",
    "**/triggers.py",
    "**/triggers/*.py",
    "**/sql.py",
    "**/traces.py",
    "**/charts/*.toml",
    "coop/kit/triggers.py",
    "coop/people/roles.py",
    "requirements.txt",
)
_HOUSE = ("coop", "catalog", "orders", "ledger", "cms")
_KEPT = 3
_copies = itertools.count(1)


@cache
def fingerprint(patterns: tuple[str, ...] = _SHAPED_BY) -> str:
    """A hash of every file of the house that `patterns` name, as the run found them."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in _house_files(pattern)}):
        digest.update(str(path.relative_to(run.ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _house_files(pattern: str) -> Iterator[Path]:
    if not pattern.startswith("**"):
        yield from run.ROOT.glob(pattern)
        return
    for app in _HOUSE:
        yield from (file for file in (run.ROOT / app).glob(pattern) if file.is_file())


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Let one process at a time through: the others wait."""
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


# This process's connection -----------------------------------------------------------------
def point_at(name: str) -> str:
    """Make every connection of this process, in all threads, go to the database `name`.

    Returns the name before, to go back to. Only the calling thread's connection is closed.
    """
    # Django hands this one dictionary to the connection of each thread.
    settings = connections.settings["default"]
    before: str = settings["NAME"]
    connections["default"].close()
    settings["NAME"] = name
    return before


def url_of(name: str) -> str:
    """The DATABASE_URL of a database, for programs that a test starts."""
    if run.vendor() == "sqlite":
        return f"sqlite:///{name}"
    head, _, query = run.postgres_server().partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


# Making and copying ------------------------------------------------------------------------
def prepared() -> str:
    """The name of the migrated, empty database of this run; made by the first who asks."""
    made_from = fingerprint()
    if run.vendor() == "sqlite":
        kept = run.cache_dir() / f"empty-{made_from}.sqlite3"
        with only_one(run.cache_dir() / "empty.lock"):
            if not kept.exists():
                _migrate_sqlite(kept)
                forget_old("empty-*.sqlite3")
        return str(kept)
    name = f"minka_prepared_{made_from}_{run.run_dir().name[-8:]}".lower()
    with only_one(run.run_dir() / "prepared.lock"):
        if not _postgres_has(name):
            _migrate_postgres(name, run.cache_dir() / f"empty-{made_from}.pgdump")
    return name


def copy_of(source: str) -> str:
    """A fresh copy of the database `source`; returns its name."""
    if run.vendor() == "sqlite":
        copy = run.own_data_dir() / f"copy-{os.getpid()}-{next(_copies)}.sqlite3"
        shutil.copyfile(source, copy)
        return str(copy)
    name = f"minka_test_{run.run_dir().name[-8:]}_{run.worker()}_{next(_copies)}".lower()
    create_copy(name, source)
    return name


def create_copy(name: str, source: str) -> None:
    """Make the PostgreSQL database `name`, a copy of `source`."""
    # Ours syncs nothing: copying files takes half the time of writing them to a log first.
    how = "STRATEGY FILE_COPY" if run.has_own_server() else ""
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{source}" {how}')


def create(name: str) -> None:
    """Make an empty PostgreSQL database."""
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING UTF8')


def drop(name: str) -> None:
    """Remove a copy."""
    if run.vendor() == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(name + ending).unlink(missing_ok=True)
    else:
        _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def forget_old(pattern: str) -> None:
    """Keep only the newest few prepared databases."""
    kept = sorted(run.cache_dir().glob(pattern), key=lambda one: one.stat().st_mtime)
    for old in kept[:-_KEPT]:
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink()


def _migrate_sqlite(kept: Path) -> None:
    building = kept.with_suffix(".building")
    drop(str(building))
    _migrate(str(building))
    settle(building)
    building.replace(kept)


def _migrate_postgres(name: str, kept: Path) -> None:
    """Migrate, or put back what an earlier run has kept of the same state."""
    building = f"{name}_building"
    drop(building)
    create(building)
    if kept.exists():
        _run_tool("pg_restore", "--dbname", url_of(building), kept)
    else:
        _migrate(building)
        if run.has_own_server():
            # Another run may be at the same, with a lock and a server of its own.
            half = kept.with_name(f"{name}.building")
            _run_tool("pg_dump", "--format=custom", "--file", half, url_of(building))
            half.replace(kept)
            forget_old("empty-*.pgdump")
    _on_server(f'ALTER DATABASE "{building}" RENAME TO "{name}"')


def _run_tool(name: str, *words: str | Path) -> None:
    command = [postgres.installed() / "bin" / name, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} failed: {done.stderr.strip()}")


def _migrate(name: str) -> None:
    before = point_at(name)
    call_command("migrate", verbosity=0, interactive=False)
    connections["default"].close()
    point_at(before)


def _postgres_has(name: str) -> bool:
    return bool(_on_server("SELECT 1 FROM pg_database WHERE datname = %s", name))


def _on_server(statement: str, *values: str) -> list[tuple]:
    import psycopg

    with psycopg.connect(run.postgres_server(), autocommit=True) as server:
        done = server.execute(statement.encode(), values or None)
        return done.fetchall() if done.description else []
