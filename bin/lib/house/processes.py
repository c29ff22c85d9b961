"""Programs that we start: steps that end, servers that stay; none of them outlives us."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from house.console import Console, Failure, disk_full, is_disk_full

_PR_SET_PDEATHSIG = 1
# Loaded here: between fork and exec nothing may be imported.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_TICK = 0.1
_LOG_LIMIT = 5_000_000
_HARDLY_ANY = 2_000_000


def die_with_parent() -> None:
    """Between fork and exec: ask Linux to end this child when its parent is killed."""
    if _libc:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _for_its_owner(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


@dataclass
class Program:
    """One program of ours, in a session of its own, so that Ctrl-C reaches only us."""

    name: str
    command: Sequence[str | Path]
    log: Path
    env: dict[str, str]
    cwd: Path
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    log_began: int = 0
    seconds: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Start it; what it prints goes to its log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".1.log"))
        # The demo prints its log-ins.
        with open(self.log, "ab", opener=_for_its_owner) as log:
            self.log_began = log.tell()
            self.began = time.monotonic()
            self.process = subprocess.Popen(
                self.command,
                cwd=self.cwd,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,  # noqa: PLW1509 - this process has no threads
            )

    def has_ended(self) -> bool:
        """Whether it is over, well or badly."""
        if not self.process or self.process.poll() is None:
            return False
        self.seconds = self.seconds or time.monotonic() - self.began
        return True

    @property
    def exit_code(self) -> int | None:
        """What it ended with; None while it runs."""
        return self.process.returncode if self.process else None

    def printed(self) -> str:
        """What it has printed since it was started."""
        with self.log.open("rb") as log:
            log.seek(self.log_began)
            return log.read().decode(errors="replace")

    def last_line(self) -> str:
        """The last line it printed: in a traceback, the error."""
        lines = [line.strip() for line in self.printed().splitlines() if line.strip()]
        return lines[-1] if lines else "it said nothing"

    def failure(self, folder: Path) -> Failure:
        """Why it ended badly, in one line. `folder`: where it wrote, should the disk be full."""
        # SQLite calls a full disk by other names too, whichever of its files did not fit.
        is_full = shutil.disk_usage(folder).free < _HARDLY_ANY
        if is_disk_full(self.printed()) or (is_full and "disk I/O error" in self.printed()):
            return disk_full(folder)
        why = self.last_line().removeprefix("minka: ").removeprefix("CommandError: ")
        return Failure(f"{self.name}: {why[:300].rstrip('.')}. All it said is in {self.log}.")

    def stop(self, patience: float = 10.0) -> None:
        """Ask it to end; after `patience` seconds, end it and whatever it started."""
        if not self.process:
            return
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            # The usual case: it took all of its own with it.
            return


def run_steps(console: Console, *steps: Program, folder: Path) -> None:
    """Run programs side by side to their end, with progress.

    Raises Failure when one ends badly; the others are stopped then.
    """
    began = time.monotonic()
    waiting = list(steps)
    try:
        for step in steps:
            console.begin(step.name)
            step.start()
        while waiting:
            for step in [one for one in waiting if one.has_ended()]:
                waiting.remove(step)
                if step.exit_code:
                    raise step.failure(folder)
                console.end(step.name, step.seconds)
            if waiting:
                console.running([step.name for step in waiting], began)
                time.sleep(_TICK)
    finally:
        console.clear()
        for step in steps:
            step.stop()


def clean_environment() -> dict[str, str]:
    """The environment for programs of the house's own Python: not that of whoever called us."""
    unwanted = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    # Compiled once and kept, a start takes a third of the time.
    unwanted |= {"PYTHONDONTWRITEBYTECODE", "PYTHONOPTIMIZE"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return kept | {"PYTHONUNBUFFERED": "1"}
