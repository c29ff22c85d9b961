"""`FakeStripe`: the fake for as long as a `with` block lasts, as a thread or a process."""

import dataclasses
import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.fake_stripe.fake import Fake
from tests.fake_stripe.server import Server, bind
from tests.fake_stripe.world import Options

_ROOT = Path(__file__).parents[2]


class ControlRefused(Exception):
    """The fake does not know the command, or not with these values."""


class FakeStripe:
    """`with FakeStripe(webhook=…) as stripe:`; options are those of `world.Options`."""

    def __init__(
        self,
        *,
        process: bool = False,
        port: int = 0,
        state: str | Path = "memory",
        **options: Any,
    ) -> None:
        self.options = Options(**options)
        self.key = self.options.key
        self.secret = self.options.secret
        self.url = ""
        self.process: subprocess.Popen[str] | None = None
        self._as_process = process
        self._port = port
        self._state = str(state)
        self._server: Server | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Also again after `stop` or `kill`: then on the same port."""
        if self._as_process:
            self._start_process()
        else:
            self._start_thread()
        self._port = int(self.url.rpartition(":")[2])

    def _start_thread(self) -> None:
        self._server = bind(self._port)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._server.fake = Fake(self.options, self.url, self._state)
        self._server.fake.start()
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="fake-stripe", daemon=True
        )
        self._thread.start()

    def _start_process(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.fake_stripe", *self._arguments()],
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if "listens on" not in line:
            raise RuntimeError("The fake of Stripe did not start; it said why on stderr.")
        self.url = line.split()[-1]

    def _arguments(self) -> list[str]:
        given = dataclasses.asdict(self.options)
        given |= {"port": self._port, "state": self._state}
        for name in ("settlement", "fees", "accounts"):
            del given[name]
        pauses = [str(pause) for pause in given.pop("retry_after")]
        words = ["--retry-after", *pauses]
        for name, value in given.items():
            if value is not None:
                words += [f"--{name.replace('_', '-')}", str(value)]
        for presented, (settled, rate) in self.options.settlement.items():
            words += ["--settlement", f"{presented}={settled}:{rate}"]
        for currency, (percent, fixed) in self.options.fees.items():
            words += ["--fee", f"{currency}={percent}+{fixed}"]
        for account, currency in self.options.accounts.items():
            words += ["--account", f"{account}={currency}"]
        return words

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server.fake.stop()
            self._server = None
        self._end_process(kill=False)

    def kill(self) -> None:
        """SIGKILL: what was not kept is lost."""
        self._end_process(kill=True)

    def _end_process(self, *, kill: bool) -> None:
        if self.process is None:
            return
        if kill:
            self.process.kill()
        else:
            self.process.terminate()
        self.process.wait(timeout=20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None

    def control(self, name: str, **values: Any) -> dict[str, Any]:
        """`control("pay", session=…)`: see README.md for every command."""
        request = urllib.request.Request(
            f"{self.url}/_fake/{name}",
            data=json.dumps(values).encode(),
            headers={"Content-Type": "application/json"},
        )
        # Never through a proxy: the fake is on this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=120) as answer:
                result: dict[str, Any] = json.load(answer)
                return result
        except urllib.error.HTTPError as error:
            raise ControlRefused(json.load(error)["error"]["message"]) from error
