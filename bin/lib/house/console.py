"""What a person at the terminal sees: steps with their seconds, and one clear line when it fails."""

import errno
import sys
import time
from pathlib import Path

WIDTH = 34


class Failure(Exception):
    """Ends the command with exit 1; its text is the one line that says why and what to do."""


class Stopped(BaseException):
    """Somebody asked us to end (Ctrl-C, SIGTERM): not an error, and nothing may swallow it."""


def is_disk_full(problem: OSError | str) -> bool:
    """Whether an error, or what a program printed, says that the disk (or the quota) is full."""
    if isinstance(problem, OSError):
        return problem.errno in {errno.ENOSPC, errno.EDQUOT}
    signs = ("No space left on device", "database or disk is full", "Disk quota exceeded")
    return any(sign in problem for sign in signs)


def disk_full(folder: Path) -> Failure:
    """The one line for a full disk."""
    return Failure(f"the disk is full: make room where {folder} stands, and start again.")


class Console:
    """Progress, on a terminal (a running count of seconds) or in a log (one line each)."""

    def __init__(self) -> None:
        self.is_terminal = sys.stdout.isatty()
        self.is_open = False

    def say(self, text: str = "") -> None:
        """One line of its own."""
        print(text, flush=True)

    def begin(self, name: str) -> None:
        """A step begins."""
        if not self.is_terminal:
            self.say(f"  {name} …")

    def running(self, names: list[str], since: float) -> None:
        """Show that these steps are still at work."""
        if self.is_terminal:
            text = f"  {', '.join(names)} … {time.monotonic() - since:.0f} s"
            print(f"\r\033[K{text[:100]}", end="", flush=True)

    def end(self, name: str, seconds: float, mark: str = "") -> None:
        """A step is done."""
        start = "\r\033[K" if self.is_terminal else ""
        dots = "." * max(2, WIDTH - len(name))
        print(f"{start}  {name} {dots} {seconds:6.1f} s{mark and '  ' + mark}", flush=True)

    def clear(self) -> None:
        """Forget a half-written line."""
        if self.is_terminal:
            print("\r\033[K", end="", flush=True)
