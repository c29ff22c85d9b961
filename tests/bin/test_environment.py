"""What stands in `.venv`: a developer's tools are never taken away by the way."""

import json
from contextlib import nullcontext
from pathlib import Path

import pytest

from house import environment
from house.console import Console
from house.environment import DEV_REQUIREMENTS, REQUIREMENTS


@pytest.fixture
def installs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A `.venv` that runs and has pytest; which lists are installed into it."""
    for name in (REQUIREMENTS, DEV_REQUIREMENTS):
        (tmp_path / name).write_text("# one package")
    asked: list[list[str]] = []
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "_STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(environment, "_alone", nullcontext)
    monkeypatch.setattr(environment, "_runs", lambda module="sys": True)
    monkeypatch.setattr(
        environment, "_install", lambda console, files, log, again=False: asked.append(files)
    )
    return asked


def ensure(folder: Path) -> None:
    """As bin/serve does, which needs no tools itself."""
    environment.ensure(Console(), log=folder / "logs" / "setup.log")


@pytest.mark.parametrize("stamp", ["", json.dumps({"root": "/elsewhere", "files": {}})])
def test_tools_are_kept_where_the_stamp_is_not_to_be_trusted(stamp, installs, tmp_path):
    (tmp_path / "stamp.json").write_text(stamp)

    ensure(tmp_path)
    ensure(tmp_path)

    assert installs == [[REQUIREMENTS, DEV_REQUIREMENTS]]


def test_a_house_without_tools_gets_none(installs, tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "_runs", lambda module="sys": module != "pytest")

    ensure(tmp_path)

    assert installs == [[REQUIREMENTS]]


def test_tools_are_brought_up_to_date_with_the_rest(installs, tmp_path):
    ensure(tmp_path)
    (tmp_path / REQUIREMENTS).write_text("# another package")

    ensure(tmp_path)

    assert installs == [[REQUIREMENTS, DEV_REQUIREMENTS]] * 2
