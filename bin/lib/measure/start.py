"""How long bin/serve takes, the second time, from being typed to its first page."""

import contextlib
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from house.console import Failure
from house.environment import PYTHON, ROOT
from measure.row import Row, less_is_better, median

NAME = "start.first_page"
_PATIENCE_S = 180
#: What no start can be quicker than: Python, Django's code, and a page that is always the same.
_BARE = """
import sys, django
from http.server import BaseHTTPRequestHandler, HTTPServer
class Constant(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"ok")
    def log_message(self, *_words): pass
HTTPServer(("127.0.0.1", int(sys.argv[1])), Constant).serve_forever()
"""


def row(data: Path, port: int, *, is_quick: bool) -> Row:
    """In turns with the bare one. The house in `data` was opened before."""
    rounds = 1 if is_quick else 3
    serve = [str(ROOT / "bin" / "serve"), "--port", str(port), "--data", str(data)]
    bare = [str(PYTHON), "-c", _BARE, str(port)]
    # The code may have changed since the last time; what that costs is not measured.
    _first_page(serve, port, "/es/")
    pairs = [
        (_first_page(serve, port, "/es/"), _first_page(bare, port, "/")) for _ in range(rounds)
    ]
    mine, least = (median(side) for side in zip(*pairs, strict=True))
    return less_is_better(NAME, mine, "s", (f"bare {least:.2f} s", least), rounds)


def _first_page(command: Sequence[str], port: int, path: str) -> float:
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.perf_counter() - began < _PATIENCE_S:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30).close()
                return time.perf_counter() - began
            if process.poll() is not None:
                raise Failure(f"{command[0]} ended by itself before its first page.")
            time.sleep(0.02)
        raise Failure(f"{command[0]} had no page after {_PATIENCE_S} s.")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
