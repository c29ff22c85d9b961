"""A settled database is one file, which many may open at once."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from house.database import settle


@pytest.fixture
def used(tmp_path: Path) -> Path:
    """A database with a row that stands in its write-ahead log."""
    file = tmp_path / "used.sqlite3"
    connection = sqlite3.connect(file, isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; CREATE TABLE piece(number)")
    connection.execute("INSERT INTO piece VALUES (1)")
    connection.close()
    return file


def test_a_settled_database_is_one_file(used, tmp_path):
    settle(used)

    assert [one.name for one in tmp_path.iterdir()] == ["used.sqlite3"]
    copy = shutil.copyfile(used, tmp_path / "copy.sqlite3")
    assert sqlite3.connect(copy).execute("SELECT number FROM piece").fetchall() == [(1,)]


def test_nobody_who_opens_it_has_to_change_its_kind(used):
    settle(used)

    assert sqlite3.connect(used).execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_one_that_is_being_read_is_not_called_settled(used, monkeypatch):
    reader = sqlite3.connect(used, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT number FROM piece").fetchall()
    writer = sqlite3.connect(used, isolation_level=None)
    writer.execute("INSERT INTO piece VALUES (2)")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda file, **_: connect(file, timeout=0))

    with pytest.raises(sqlite3.OperationalError, match="in use"):
        settle(used)
