"""The gate of `bin/serve --https`: plain http, which nobody should use for anything else.

A phone that does not know the house's authority yet can fetch it here, and read how to trust it,
without a warning in between. Whatever else is asked for is to be had by https.
"""

import argparse
import http.client
import re
import ssl
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOUSE = "127.0.0.1"
#: What the house is asked for on the visitor's behalf: public, and the same for everybody.
_PASSED_ON = re.compile(r"/(?:[a-z]{2,3}/)?trust/|/static/")
_ASKED_WITH = ("Accept", "Accept-Encoding", "Accept-Language", "If-None-Match", "User-Agent")
_ANSWERED_WITH = (
    "Cache-Control",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Language",
    "Content-Security-Policy",
    "Content-Type",
    "ETag",
    "Vary",
    "X-Content-Type-Options",
)
_PATIENCE_S = 15


class Gate(BaseHTTPRequestHandler):
    """Answers one visitor."""

    timeout = _PATIENCE_S
    server_version = "minka"
    sys_version = ""
    server: "GateServer"

    def do_GET(self) -> None:
        """The page about trust and what belongs to it; else the way to https."""
        # A path of two slashes would lead to another house.
        path = "/" + self.path.lstrip("/") if self.path.startswith("/") else "/"
        if _PASSED_ON.match(path):
            self._pass_on(path)
        else:
            self._to_https(path)

    def do_HEAD(self) -> None:
        """The same without the body."""
        self.do_GET()

    def do_POST(self) -> None:
        """A form that was sent in the clear is not passed on."""
        self._to_https("/", HTTPStatus.SEE_OTHER)

    def _host(self) -> str:
        """By which of our names the visitor came."""
        asked = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        return asked if asked in self.server.names else self.server.main

    def _to_https(self, path: str, status: HTTPStatus = HTTPStatus.TEMPORARY_REDIRECT) -> None:
        self.send_response(status)
        self.send_header("Location", f"https://{self._host()}:{self.server.house}{path}")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _pass_on(self, path: str) -> None:
        house = http.client.HTTPSConnection(
            HOUSE, self.server.house, timeout=_PATIENCE_S, context=self.server.trusting
        )
        headers = {name: self.headers[name] for name in _ASKED_WITH if self.headers[name]}
        headers["Host"] = f"{self._host()}:{self.server.house}"
        try:
            house.request("GET", path, headers=headers)
            answer = house.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            self.send_error(HTTPStatus.BAD_GATEWAY, "The house does not answer yet")
            return
        finally:
            house.close()
        self.send_response(answer.status)
        place = urlsplit(answer.getheader("Location", "")).path
        if place:
            self.send_header("Location", place)
        for name in _ANSWERED_WITH:
            if value := answer.getheader(name):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: who came is nobody's business."""


class GateServer(ThreadingHTTPServer):
    """What the gate knows of the house."""

    daemon_threads = True

    def __init__(self, typed: argparse.Namespace) -> None:
        super().__init__((typed.host, typed.port), Gate)
        self.house: int = typed.house
        self.main: str = typed.main
        self.names = frozenset(typed.names)
        self.trusting = ssl.create_default_context(cafile=typed.authority)


def main() -> int:
    """Listen until we are stopped."""
    parser = argparse.ArgumentParser(prog="gate")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--house", type=int, required=True)
    parser.add_argument("--authority", required=True)
    parser.add_argument("--main", required=True)
    parser.add_argument("names", nargs="*")
    with GateServer(parser.parse_args()) as gate:
        gate.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
