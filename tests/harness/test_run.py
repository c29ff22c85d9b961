"""The folder of a run of the tests: gone when the run is, even if it was killed."""

import fcntl

import pytest

from tests.harness import run


def test_what_a_killed_run_left_is_swept_and_what_a_living_one_uses_is_not(tmp_path):
    dead, alive, unknown = (tmp_path / f"minka-tests-{name}" for name in ("dead", "alive", "new"))
    for folder in (dead, alive, unknown):
        folder.mkdir()
        (folder / "copy.sqlite3").touch()
    (dead / "alive.lock").touch()

    with run._held_lock(alive):
        run._sweep(tmp_path)

        assert not dead.exists()
        assert (alive / "copy.sqlite3").exists()
        assert (unknown / "copy.sqlite3").exists()


def test_this_run_holds_its_folder():
    with (run.run_dir() / "alive.lock").open() as lock, pytest.raises(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
