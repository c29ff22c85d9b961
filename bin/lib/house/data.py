"""The data folder (`var/`, or `--data`): everything of a house that is not code."""

import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from house.console import Failure


class DataFolder:
    """Where database, media, static files, secret key and logs stand."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.secret_file = path / "secret.key"
        self.logins_file = path / "demo-logins.json"
        self.logs = path / "logs"
        # What is made here moves to its place when it is whole.
        self.building = path / ".building"
        self._stamps = path / "stamps.json"

    def make(self) -> None:
        """Make the folder. Raises Failure when it cannot be written to."""
        try:
            # The database and the log-ins are nobody else's to read.
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.logs.mkdir(exist_ok=True)
        except (FileExistsError, NotADirectoryError) as problem:
            raise Failure(f"{self.path} cannot hold the data: it is not a folder.") from problem
        except PermissionError as problem:
            raise self._not_writable() from problem
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise self._not_writable()

    def _not_writable(self) -> Failure:
        return Failure(
            f"the data folder {self.path} is not writable for you: choose another with --data."
        )

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other bin/serve off this folder. Raises Failure when one is on it."""
        with (self.path / "serve.lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as problem:
                raise Failure(
                    f"another bin/serve uses {self.path}: stop it, or choose another folder with --data."
                ) from problem
            yield

    def secret_key(self) -> str:
        """`SECRET_KEY` of the environment, or the one kept here, made at the first start."""
        if os.environ.get("SECRET_KEY"):
            return os.environ["SECRET_KEY"]
        with contextlib.suppress(FileNotFoundError):
            key = self.secret_file.read_text(encoding="utf-8").strip()
            if key:
                return key
        key = secrets.token_urlsafe(64)
        write_private(self.secret_file, key + "\n")
        return key

    def stamps(self) -> dict[str, Any]:
        """What was done here last, so that what has not changed is not done again."""
        try:
            stamps: dict[str, Any] = json.loads(self._stamps.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return stamps

    def stamp(self, **facts: Any) -> None:
        """Remember `facts`."""
        write_private(self._stamps, json.dumps(self.stamps() | facts, indent=1) + "\n")


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    half = file.with_name(f"{file.name}.new")
    half.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as writing:
            writing.write(text)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
