"""Lighthouse, by npm: what it says of a page as a phone shows it."""

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from house.browser import find_chromium
from house.console import Failure
from house.environment import ROOT

FOLDER = ROOT / "tests" / "quality" / "lighthouse"
JUDGED = ("accessibility", "best-practices", "seo")
#: A page that asks search machines to leave it out is told so by this audit: that is meant.
FOR_UNLISTED = "is-crawlable"
_SECONDS_A_PAGE = 120


@dataclass(frozen=True)
class Visit:
    """A page to judge, and whose cookie it is shown to."""

    name: str
    url: str
    cookie: str = ""
    is_unlisted: bool = False


@dataclass(frozen=True)
class Verdict:
    """Scores from 0 to 1 by category, what cost points, and figures in milliseconds or bytes."""

    scores: dict[str, float]
    failed: list[str] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)


def is_here() -> bool:
    """Whether this machine has node and npm, and a whole browser."""
    return bool(shutil.which("node") and shutil.which("npm") and find_chromium(is_whole=True))


def install() -> None:
    """What package-lock.json names, unless it is there. Raises Failure."""
    lock = FOLDER / "package-lock.json"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = FOLDER / "node_modules" / "minka-installed"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failure(f"npm could not install Lighthouse: {done.stderr.strip()[-400:]}")
    stamp.write_text(wanted)


def judge(visits: Sequence[Visit], categories: Sequence[str] = JUDGED) -> dict[str, Verdict]:
    """What Lighthouse says of each, by name. Raises Failure."""
    install()
    plan: dict[str, Any] = {
        "chrome": find_chromium(is_whole=True),
        "categories": list(categories),
        "pages": [
            {
                "name": one.name,
                "url": one.url,
                "cookie": one.cookie,
                "skip": [FOR_UNLISTED] if one.is_unlisted else [],
            }
            for one in visits
        ],
    }
    with tempfile.TemporaryDirectory() as place:
        plan_file, result_file = Path(place, "plan.json"), Path(place, "result.json")
        plan_file.write_text(json.dumps(plan))
        done = subprocess.run(
            ["node", "run.mjs", plan_file, result_file],
            cwd=FOLDER,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS_A_PAGE * len(visits),
        )
        if done.returncode:
            raise Failure(f"Lighthouse ended with {done.returncode}: {done.stderr[-600:]}")
        results = json.loads(result_file.read_text())
    return {name: Verdict(**found) for name, found in results.items()}
