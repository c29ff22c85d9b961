"""Everything the fake knows, as rows of one SQLite file: it survives a SIGKILL between any two lines."""

import datetime
import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# A Stripe object as JSON. Keys that begin with "_" are the fake's own and never leave it.
Thing = dict[str, Any]

# Another layout of the tables below: a file with another number is refused, not misread.
_LAYOUT = 2
_TABLES = """
CREATE TABLE IF NOT EXISTS things (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, account TEXT NOT NULL, kind TEXT NOT NULL, created INTEGER NOT NULL,
    status TEXT, expires INTEGER, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS things_kind ON things (account, kind, seq);
CREATE INDEX IF NOT EXISTS things_open ON things (expires) WHERE status = 'open';
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answers (
    account TEXT NOT NULL, key TEXT NOT NULL, asked TEXT NOT NULL, status INTEGER NOT NULL,
    body TEXT NOT NULL, created INTEGER NOT NULL, PRIMARY KEY (account, key));
CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    event TEXT NOT NULL, state TEXT NOT NULL, due REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    last_status INTEGER);
"""
_NAMES = ("things", "facts", "answers", "deliveries")


class OtherLayout(Exception):
    """The state file is not one of this version."""


class Store:
    """Objects by id, facts by name, and a clock that can be put forward.

    Objects belong to accounts: a thread works in one at a time (`within`) and sees no other's.
    """

    def __init__(self, path: str = ":memory:", home: str = "home") -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._home = home
        self._here = threading.local()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._refuse_other_layouts()
        # A killed process loses nothing that was committed; only a power cut could.
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_TABLES)
        self._db.execute(f"PRAGMA user_version={_LAYOUT}")

    def _refuse_other_layouts(self) -> None:
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if self._db.execute("SELECT 1 FROM sqlite_master").fetchone() and found != _LAYOUT:
            self._db.close()
            raise OtherLayout("The state is from another version of the fake: remove it.")

    def close(self) -> None:
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and one at a time."""
        with self._lock:
            if self._depth == 0:
                self._db.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._db.execute("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self._db.execute("COMMIT")

    def run(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def forget_everything(self) -> None:
        with self.transaction():
            for name in _NAMES:
                self.run(f"DELETE FROM {name}")

    # Accounts ----------------------------------------------------------------------------

    @property
    def account(self) -> str:
        """Where this thread works."""
        return str(getattr(self._here, "account", self._home))

    @contextmanager
    def within(self, account: str) -> Iterator[None]:
        before = self.account
        self._here.account = account
        try:
            yield
        finally:
            self._here.account = before

    def owner(self, thing_id: str) -> str | None:
        """The account of an object, wherever this thread works."""
        rows = self.run("SELECT account FROM things WHERE id = ?", thing_id)
        return str(rows[0]["account"]) if rows else None

    # The clock ---------------------------------------------------------------------------

    def now(self) -> int:
        return int(time.time()) + int(self.fact("clock_offset", 0))

    def today(self) -> datetime.date:
        return datetime.datetime.fromtimestamp(self.now(), tz=datetime.UTC).date()

    def advance(self, seconds: int) -> None:
        self.set_offset(int(self.fact("clock_offset", 0)) + seconds)

    def set_offset(self, seconds: int) -> None:
        """How far the fake's clock is ahead of the real one; below zero, behind."""
        self.set_fact("clock_offset", seconds)

    # Facts -------------------------------------------------------------------------------

    def fact(self, name: str, default: Any = None) -> Any:
        rows = self.run("SELECT body FROM facts WHERE name = ?", name)
        return json.loads(rows[0]["body"]) if rows else default

    def set_fact(self, name: str, value: Any) -> None:
        self.run("INSERT OR REPLACE INTO facts (name, body) VALUES (?, ?)", name, json.dumps(value))

    # Objects -----------------------------------------------------------------------------

    def add(self, thing: Thing) -> Thing:
        self.run(
            "INSERT INTO things (id, account, kind, created, status, expires, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            thing["id"],
            self.account,
            thing["object"],
            thing["created"],
            thing.get("status"),
            thing.get("expires_at"),
            json.dumps(thing),
        )
        return thing

    def save(self, thing: Thing) -> Thing:
        self.run(
            "UPDATE things SET status = ?, body = ? WHERE id = ?",
            thing.get("status"),
            json.dumps(thing),
            thing["id"],
        )
        return thing

    def find(self, kind: str, thing_id: str) -> Thing | None:
        rows = self.run(
            "SELECT body FROM things WHERE id = ? AND kind = ? AND account = ?",
            *(thing_id, kind, self.account),
        )
        return json.loads(rows[0]["body"]) if rows else None

    def get(self, kind: str, thing_id: str) -> Thing:
        """What must exist, because another object names it."""
        thing = self.find(kind, thing_id)
        if thing is None:
            raise LookupError(f"{kind} {thing_id}")
        return thing

    def all(self, kind: str) -> list[Thing]:
        """Newest first, as Stripe lists them."""
        rows = self.run(
            "SELECT body FROM things WHERE kind = ? AND account = ? ORDER BY seq DESC",
            *(kind, self.account),
        )
        return [json.loads(row["body"]) for row in rows]

    def overdue(self) -> list[tuple[str, str]]:
        """Account and id of what is open beyond its time, the oldest first. Asked often, so cheap."""
        rows = self.run(
            "SELECT account, id FROM things WHERE status = 'open' AND expires <= ? ORDER BY seq",
            self.now(),
        )
        return [(row["account"], row["id"]) for row in rows]
