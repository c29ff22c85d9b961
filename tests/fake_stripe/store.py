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

_TABLES = """
CREATE TABLE IF NOT EXISTS things (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, created INTEGER NOT NULL,
    status TEXT, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS things_kind ON things (kind, seq);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, asked TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
    created INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    event TEXT NOT NULL, state TEXT NOT NULL, due REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    last_status INTEGER);
"""
_NAMES = ("things", "facts", "answers", "deliveries")


class Store:
    """Objects by id, facts by name, and a clock that can be put forward."""

    def __init__(self, path: str = ":memory:") -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        # A killed process loses nothing that was committed; only a power cut could.
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_TABLES)

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

    # The clock ---------------------------------------------------------------------------

    def now(self) -> int:
        return int(time.time()) + int(self.fact("clock_offset", 0))

    def today(self) -> datetime.date:
        return datetime.datetime.fromtimestamp(self.now(), tz=datetime.UTC).date()

    def advance(self, seconds: int) -> None:
        self.set_fact("clock_offset", int(self.fact("clock_offset", 0)) + seconds)

    # Facts -------------------------------------------------------------------------------

    def fact(self, name: str, default: Any = None) -> Any:
        rows = self.run("SELECT body FROM facts WHERE name = ?", name)
        return json.loads(rows[0]["body"]) if rows else default

    def set_fact(self, name: str, value: Any) -> None:
        self.run("INSERT OR REPLACE INTO facts (name, body) VALUES (?, ?)", name, json.dumps(value))

    # Objects -----------------------------------------------------------------------------

    def add(self, thing: Thing) -> Thing:
        self.run(
            "INSERT INTO things (id, kind, created, status, body) VALUES (?, ?, ?, ?, ?)",
            thing["id"],
            thing["object"],
            thing["created"],
            thing.get("status"),
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
        rows = self.run("SELECT body FROM things WHERE id = ? AND kind = ?", thing_id, kind)
        return json.loads(rows[0]["body"]) if rows else None

    def get(self, kind: str, thing_id: str) -> Thing:
        """What must exist, because another object names it."""
        thing = self.find(kind, thing_id)
        if thing is None:
            raise LookupError(f"{kind} {thing_id}")
        return thing

    def all(self, kind: str, *, status: str | None = None) -> list[Thing]:
        """Newest first, as Stripe lists them."""
        rows = self.run(
            "SELECT body FROM things WHERE kind = ? AND (? IS NULL OR status = ?) "
            "ORDER BY seq DESC",
            *(kind, status, status),
        )
        return [json.loads(row["body"]) for row in rows]
