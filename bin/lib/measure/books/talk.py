"""Programs that are told what to do in lines of JSON, and answer in one."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from house.console import Failure
from house.processes import die_with_parent

Command = Callable[..., Any]


class Side:
    """One program that takes its turn: `side.post(count=100)` runs its command `post`."""

    def __init__(self, python: Path, program: Path, env: dict[str, str]) -> None:
        self.program = program
        self._process = subprocess.Popen(
            [python, program],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - no thread runs beside it
        )

    def tell(self, command: str, **values: Any) -> Any:
        """Run a command there; what it answers. Raises Failure if the program fails."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None  # noqa: S101 - both are pipes
        assert stdout is not None  # noqa: S101
        try:
            stdin.write(json.dumps([command, values]) + "\n")
            stdin.flush()
        except BrokenPipeError as ended:
            raise Failure(f"{self.program.name} has ended.") from ended
        answer = stdout.readline()
        if not answer:
            raise Failure(f"{self.program.name} failed at “{command}”: see above.")
        return json.loads(answer)

    def end(self) -> None:
        """Let it go."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait(timeout=60)


def listen(commands: dict[str, Command]) -> None:
    """Obey, line by line, until nobody speaks any more; what is printed goes to the errors."""
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        command, values = json.loads(line)
        print(json.dumps(commands[command](**values)), file=answers, flush=True)
