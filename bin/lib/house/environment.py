"""The house's own Python (.venv) with exactly the packages that the locked lists name."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from house.console import Console, Failure
from house.processes import Program, clean_environment, run_steps

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = "requirements.txt"
DEV_REQUIREMENTS = "requirements-dev.txt"
# Says what is installed. A .venv without it is not trusted: everything is installed again.
_STAMP = VENV / "minka-installed.json"
# Outside of what `uv pip sync` looks after, which would remove it.
_UV_HOME = VENV / "uv"
_NEEDED_MB = 700


def ensure(console: Console, *, log: Path, with_dev: bool = False) -> None:
    """Make or bring up to date `.venv`; does nothing when the lists have not changed.

    Raises Failure when a package cannot be had or the disk is full.
    """
    wanted = [REQUIREMENTS, DEV_REQUIREMENTS] if with_dev else [REQUIREMENTS]
    with _alone():
        installed = _installed()
        if installed is not None and all(installed.get(name) == _hash(name) for name in wanted):
            return
        # Whoever has the tools of a developer keeps them, also where the stamp is lost.
        has_tools = DEV_REQUIREMENTS in installed if installed is not None else _runs("pytest")
        wanted = [REQUIREMENTS, DEV_REQUIREMENTS] if with_dev or has_tools else [REQUIREMENTS]
        log.parent.mkdir(parents=True, exist_ok=True)
        _STAMP.unlink(missing_ok=True)
        if installed is None and not _repair(console, wanted, log):
            _make(console, log)
            _install(console, wanted, log)
        elif installed is not None:
            _install(console, wanted, log)
        _STAMP.write_text(json.dumps({"root": str(ROOT), "files": {n: _hash(n) for n in wanted}}))


def _installed() -> dict[str, str] | None:
    """The hash of each list as installed; None if `.venv` is missing or cannot be trusted."""
    try:
        stamp = json.loads(_STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    # A .venv that was moved, or whose Python is gone from the machine, is of no use.
    files: dict[str, str] = stamp.get("files", {})
    return files if stamp.get("root") == str(ROOT) and _runs() else None


def _runs(module: str = "sys") -> bool:
    """Whether the Python of `.venv` runs, is new enough, and has `module`."""
    test = f"import sys, {module}; sys.exit(sys.version_info < (3, 11))"
    try:
        return (
            subprocess.run([PYTHON, "-c", test], check=False, capture_output=True).returncode == 0
        )
    except OSError:
        return False


def _repair(console: Console, files: list[str], log: Path) -> bool:
    """Install everything again into a `.venv` that runs but is not ours to trust.

    Whoever works in it keeps it: it is never removed while it can be repaired.
    """
    if not _runs("pip"):
        return False
    try:
        _install(console, files, log, again=True)
    except Failure as problem:
        if "disk is full" in str(problem):
            raise
        return False
    return True


def _make(console: Console, log: Path) -> None:
    free_mb = shutil.disk_usage(ROOT).free // 1_000_000
    if free_mb < _NEEDED_MB:
        raise Failure(
            f"the disk is full: {free_mb} MB are free where {ROOT} stands,"
            f" and the packages need about {_NEEDED_MB} MB."
        )
    # Not the Python of a .venv that somebody has activated: it may be the one we replace.
    python = getattr(sys, "_base_executable", "") or sys.executable
    shutil.rmtree(VENV, ignore_errors=True)
    name = f"making .venv (Python {sys.version.split()[0]})"
    run_steps(console, _step(name, log, python, "-m", "venv", VENV), folder=ROOT)


def _install(console: Console, files: list[str], log: Path, *, again: bool = False) -> None:
    """With uv, which is many times quicker; with pip where uv cannot be had."""
    uv = _uv(console, log)
    if uv:
        try:
            anew = ["--reinstall"] if again else []
            command = (uv, "pip", "sync", "--python", PYTHON, *anew, *files)
            run_steps(console, _step("installing packages", log, *command), folder=ROOT)
            return
        except Failure as problem:
            if "disk is full" in str(problem):
                raise
            console.say("  uv did not manage (see the log); trying pip")
    lists = [part for name in files for part in ("-r", name)]
    lists += ["--force-reinstall"] if again else []
    command = (PYTHON, "-m", "pip", "install", "--no-input", "--progress-bar", "off", *lists)
    run_steps(console, _step("installing packages with pip", log, *command), folder=ROOT)


def _uv(console: Console, log: Path) -> str | Path | None:
    on_path = shutil.which("uv")
    if on_path:
        return on_path
    ours = _UV_HOME / "bin" / "uv"
    if not ours.exists():
        command = (PYTHON, "-m", "pip", "install", "--no-input", "--quiet", "--target", _UV_HOME)
        pinned = ("--only-binary", ":all:", "-r", ROOT / "bin" / "lib" / "uv.txt")
        try:
            run_steps(console, _step("fetching uv", log, *command, *pinned), folder=ROOT)
        except Failure as problem:
            if "disk is full" in str(problem):
                raise
            return None
    return ours if ours.exists() else None


def _step(name: str, log: Path, *command: str | Path) -> Program:
    env = clean_environment() | {"UV_NO_PROGRESS": "1", "UV_PYTHON_DOWNLOADS": "never"}
    home = env.get("HOME")
    if not home or not os.access(home, os.W_OK):
        # Nowhere to keep downloads for the next time.
        env |= {"UV_NO_CACHE": "1", "PIP_NO_CACHE_DIR": "1"}
    return Program(name, list(command), log, env, ROOT)


def _hash(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """One bin/serve or bin/test at a time works on `.venv`; the next waits for it."""
    with (ROOT / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
