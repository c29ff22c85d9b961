"""HTTP in, HTTP out."""

import ipaddress
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from tests.fake_stripe import control, desk, forms, pages
from tests.fake_stripe.api import Asked
from tests.fake_stripe.errors import Refusal
from tests.fake_stripe.fake import Fake
from tests.fake_stripe.faults import LostAnswer

_BIGGEST = 1_000_000


class Server(ThreadingHTTPServer):
    daemon_threads = True
    # A test may open many connections at once.
    request_queue_size = 128

    fake: Fake

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A shop that was killed hangs up: that is what the fake is for, not an error."""
        if isinstance(sys.exception(), ConnectionError):
            return
        super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "fake-stripe"
    # Head and body go out in one packet each: waiting for the acknowledgement costs 40 ms.
    disable_nagle_algorithm = True
    server: Server

    _KINDS: ClassVar[dict[str, str]] = {"json": "application/json", "html": "text/html"}

    def do_GET(self) -> None:
        self._do("GET")

    def do_POST(self) -> None:
        self._do("POST")

    def _do(self, method: str) -> None:
        parts = urlsplit(self.path)
        body = self._body()
        try:
            if parts.path.startswith("/v1/"):
                self._api(method, parts.path, parts.query if method == "GET" else body)
            elif parts.path.startswith("/_fake/"):
                self._control(method, parts.path.removeprefix("/_fake/"), body)
            else:
                self._page(method, parts.path, body)
        except LostAnswer:
            self.close_connection = True

    def _body(self) -> str:
        length = int(self.headers.get("Content-Length") or 0)
        if length > _BIGGEST:
            self.close_connection = True
            return ""
        return self.rfile.read(length).decode("utf-8", "replace")

    def _api(self, method: str, path: str, form: str) -> None:
        answer = self.server.fake.api.answer(
            Asked(
                method,
                path,
                form,
                self.headers.get("Authorization", ""),
                self.headers.get("Idempotency-Key"),
                self.headers.get("Stripe-Account"),
                self.headers.get("Stripe-Version"),
            )
        )
        self._send(answer.status, answer.body, "json", answer.headers)

    def _page(self, method: str, path: str, body: str) -> None:
        form = dict(parse_qsl(body))
        accepted = self.headers.get("Accept-Language", "")
        page = pages.answer(self.server.fake, method, path, form, accepted)
        location = {"Location": page.location} if page.location else None
        self._send(page.status, page.html, "html", location)

    # Control -----------------------------------------------------------------------------

    def _control(self, method: str, name: str, body: str) -> None:
        if not self._from_here():
            self._send(403, "Only from this machine.", "html")
        elif method == "POST":
            self._command(name, body)
        elif not name:
            self._send(200, desk.page(self.server.fake), "html")
        else:
            self._send(404, "Nothing here.", "html")

    def _from_here(self) -> bool:
        """From this machine, and not from a foreign page open in its browser."""
        origin = self.headers.get("Origin")
        own = origin is None or urlsplit(origin).netloc == self.headers.get("Host")
        return own and ipaddress.ip_address(self.client_address[0]).is_loopback

    def _command(self, name: str, body: str) -> None:
        is_form = "form" in self.headers.get("Content-Type", "")
        try:
            values = forms.decode(body) if is_form else json.loads(body or "{}")
            result = control.command(self.server.fake, name, values)
        except Refusal as refusal:
            self._send(refusal.status, json.dumps(refusal.body("req_control")), "json")
        except (TypeError, ValueError) as error:
            answer = {"error": {"message": str(error), "type": "invalid_request_error"}}
            self._send(400, json.dumps(answer), "json")
        else:
            if is_form:
                self._see_other("/_fake/")
            else:
                self._send(200, json.dumps(result), "json")

    # Answers -----------------------------------------------------------------------------

    def _see_other(self, address: str) -> None:
        self._send(303, "", "html", {"Location": address})

    def _send(
        self, status: int, body: str, kind: str, headers: dict[str, str] | None = None
    ) -> None:
        payload = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{self._KINDS[kind]}; charset=utf-8")
        self.send_header("Content-Length", str(len(payload)))
        self.send_header("Cache-Control", "no-store")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *args: Any) -> None:
        """Silent: the events tell what happened."""


def bind(port: int) -> Server:
    """Listening on this machine only; `fake` is set once the port is known."""
    return Server(("127.0.0.1", port), Handler)
