"""What bin/serve has prepared it does not prepare again."""

from pathlib import Path

import pytest

from house import prepare
from house.data import DataFolder
from house.database import Database
from house.prepare import House


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house of two stylesheets whose data stand where they do by default, in var/."""
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    for name in ("static/shop.css", "coop/portal/static/portal.css", "requirements.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    data = DataFolder(tmp_path / "var")
    data.make()
    return House(data, Database.of(None, data.path), 8000)


def collect(house: House) -> bool:
    """Whether static files had to be collected; they are then."""
    if prepare._static_step(house) is None:
        return False
    made = house.data.building / "static"
    made.mkdir(parents=True)
    (made / "shop.css").touch()
    prepare._keep_static(house)
    return True


def test_static_files_are_collected_once_though_they_come_to_stand_in_var(house: House) -> None:
    assert collect(house)
    assert not collect(house)


@pytest.mark.parametrize("name", ["static/new.css", "coop/portal/static/portal.css"])
def test_static_files_that_change_are_collected_again(house: House, name: str) -> None:
    collect(house)
    (prepare.ROOT / name).write_text("p { color: red }")

    assert collect(house)
    assert not collect(house)
