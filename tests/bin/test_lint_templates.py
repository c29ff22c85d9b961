"""Templates are judged once: what was found well is not looked at again until it changes."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from house.environment import ROOT


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with one template, the rules of ours, and nothing remembered."""
    for name in ("pyproject.toml", "requirements-dev.txt", "bin/lib/lint_templates.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text('<img src="x" alt="">\n')
    return tmp_path


def lint(house: Path) -> tuple[int, str]:
    """The exit code, and what it said."""
    done = subprocess.run(
        [sys.executable, "bin/lib/lint_templates.py", "templates"],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_template_is_judged_once(house: Path) -> None:
    first, second = lint(house), lint(house)

    assert first[0] == second[0] == 0
    assert "All done" in first[1]
    assert second[1] == ""


def test_a_template_that_changes_is_judged_again_until_it_is_right(house: Path) -> None:
    lint(house)
    (house / "templates" / "page.html").write_text('<img src="x">\n')

    for _time in range(2):
        code, said = lint(house)
        assert code == 1
        assert "image_alt" in said


def test_other_rules_judge_everything_again(house: Path) -> None:
    lint(house)
    with (house / "pyproject.toml").open("a") as rules:
        rules.write("\n")

    assert "All done" in lint(house)[1]
