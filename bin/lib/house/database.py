"""The database, looked at before Django is there: can it be reached, and what is in it?"""

import hashlib
import json
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from house.console import Failure
from house.environment import PYTHON, ROOT
from house.processes import clean_environment

_PATIENCE_S = 5
Execute = Callable[[str], Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Look:
    """What a database holds: applied migrations (their hash, "" for none), people, its mode."""

    migrations: str = ""
    has_people: bool = False
    mode: str = "empty"


@dataclass(frozen=True)
class Database:
    """The database of a house, by its URL."""

    url: str

    @classmethod
    def of(cls, url: str | None, data: Path) -> "Database":
        """`DATABASE_URL`, or SQLite in the data folder. Raises Failure for another scheme."""
        database = cls(url or f"sqlite:///{data / 'db.sqlite3'}")
        scheme = urlsplit(database.url).scheme
        if scheme not in {"sqlite", "postgres", "postgresql"}:
            raise Failure(
                "DATABASE_URL must begin with sqlite:// or postgresql://,"
                f" not {scheme or 'nothing'!r}."
            )
        return database

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file of ours."""
        return self.url.startswith("sqlite:")

    @property
    def file(self) -> Path:
        """The file of an SQLite database."""
        return ROOT / unquote(urlsplit(self.url).path[1:])

    @property
    def named(self) -> str:
        """What may be printed: no password."""
        if self.is_sqlite:
            return str(self.file)
        parts = urlsplit(self.url)
        host = parse_qs(parts.query).get("host", [parts.hostname or "this machine"])[0]
        return f"{parts.path[1:]} at {host}" + (f":{parts.port}" if parts.port else "")

    def knock(self) -> None:
        """Before any long work: does something answer there? Raises Failure."""
        if self.is_sqlite:
            folder = self.file.parent
            if folder.exists() and not folder.is_dir():
                raise Failure(f"DATABASE_URL: {folder} is not a folder.")
            return
        try:
            parts = urlsplit(self.url)
            host = parse_qs(parts.query).get("host", [unquote(parts.hostname or "")])[0]
            port = parts.port or 5432
        except ValueError as problem:
            raise Failure(f"DATABASE_URL cannot be read: {problem}.") from problem
        if not host:
            # The client library knows where this machine's own socket is.
            return
        try:
            if host.startswith("/"):
                with socket.socket(socket.AF_UNIX) as caller:
                    caller.settimeout(_PATIENCE_S)
                    caller.connect(f"{host}/.s.PGSQL.{port}")
            else:
                socket.create_connection((host, port), _PATIENCE_S).close()
        except OSError as problem:
            why = problem.strerror or str(problem) or type(problem).__name__
            raise Failure(
                f"DATABASE_URL: the database {self.named} cannot be reached ({why.lower()})."
            ) from problem

    def look(self) -> Look:
        """What is in it. Raises Failure when it cannot be opened."""
        if self.is_sqlite:
            return self._look_into_file()
        found = subprocess.run(
            [PYTHON, Path(__file__).parents[1] / "look_into_postgres.py"],
            env=clean_environment() | {"DATABASE_URL": self.url},
            capture_output=True,
            text=True,
            check=False,
        )
        if found.returncode:
            lines = found.stderr.strip().splitlines() or ["it said nothing"]
            raise Failure(f"DATABASE_URL: the database {self.named} cannot be used: {lines[-1]}.")
        return Look(**json.loads(found.stdout))

    def _look_into_file(self) -> Look:
        if not self.file.exists():
            return Look()
        try:
            connection = sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True, timeout=30)
            try:
                return look_through(
                    lambda query: connection.execute(query).fetchall(), sqlite3.OperationalError
                )
            finally:
                connection.close()
        except sqlite3.Error as problem:
            raise Failure(f"the database {self.file} cannot be used: {problem}.") from problem


def look_through(execute: Execute, no_such_table: type[Exception]) -> Look:
    """Look with three short queries; a table that is not there yet holds nothing."""

    def rows(query: str) -> Sequence[Sequence[str]]:
        try:
            return execute(query)
        except no_such_table as problem:
            if "no such table" in str(problem) or "does not exist" in str(problem):
                return []
            raise

    applied = rows("SELECT app, name FROM django_migrations ORDER BY app, name")
    text = "\n".join(f"{app}.{name}" for app, name in applied)
    people = rows("SELECT 1 FROM people_user LIMIT 1")
    mode = rows("SELECT mode FROM people_installation")
    return Look(
        migrations=hashlib.sha256(text.encode()).hexdigest() if text else "",
        has_people=bool(people),
        mode=mode[0][0] if mode else "empty",
    )


def settle(file: Path) -> None:
    """Fold an SQLite database's write-ahead log into its file, so that the file is all of it.

    It stays one that writes ahead: of several programs that open a file of the older kind at
    once, one may be told that it is locked, without waiting.

    Raises:
        sqlite3.OperationalError: another program is using it.
    """
    if not file.exists():
        return
    connection = sqlite3.connect(file, timeout=30)
    connection.execute("PRAGMA journal_mode=WAL")
    (is_in_use, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    connection.close()
    if is_in_use:
        raise sqlite3.OperationalError(f"{file} is in use")


def print_look(look: Look) -> None:
    """For the caller in another process."""
    json.dump(asdict(look), sys.stdout)
