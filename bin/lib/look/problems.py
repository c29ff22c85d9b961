"""What a browser complains of while it shows a page, and what it had to fetch."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

#: Fires also for what a policy refuses without a word in the console.
_TELL_OF_REFUSALS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`refused by the content security policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""
_IS_WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room + 1) return "";
  const wide = [...document.body.querySelectorAll("*")].find((one) => {
    const box = one.getBoundingClientRect();
    return box.right > room + 1 && box.width > 0;
  });
  const name = wide ? `${wide.tagName.toLowerCase()}.${[...wide.classList].join(".")}` : "?";
  return `${document.documentElement.scrollWidth} px wide in ${room} (${name})`;
}"""


@dataclass
class Problems:
    """Follows one page; `found` is what went wrong, in words."""

    origin: str
    #: What the page itself should answer.
    status: int = 200
    found: list[str] = field(default_factory=list)
    #: The content security policy of the page that answered last, by its address.
    policy: tuple[str, str] = ("", "")

    def follow(self, page: Page) -> None:
        """Listen to `page` from before its first request on."""
        page.add_init_script(_TELL_OF_REFUSALS)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.found.append(f"script: {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        where = str(message.location.get("url", ""))
        # The browser notes the status of the page itself, which is meant to be this one.
        is_own_status = f"the server responded with a status of {self.status}" in message.text
        if self.status >= 400 and is_own_status:
            return
        self.found.append(f"console {message.type}: {message.text} ({where})")

    def _failed(self, request: Request) -> None:
        # Walking on gives up what the last page was still asking for.
        if request.failure != "net::ERR_ABORTED":
            self.found.append(f"request failed: {request.failure}: {request.url}")

    def _asked(self, request: Request) -> None:
        url = request.url
        if url.startswith(("data:", "blob:", "about:")):
            return
        if f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" != self.origin:
            self.found.append(f"request to another host: {url}")

    def _answered(self, response: Response) -> None:
        is_page = response.request.is_navigation_request()
        if is_page and response.status < 300:
            self.policy = (response.url, response.headers.get("content-security-policy", ""))
        if response.status >= 400 and not (is_page and response.status == self.status):
            self.found.append(f"answer {response.status}: {response.url}")

    def measure(self, page: Page) -> None:
        """Whether it scrolls sideways at the width it has now."""
        wide: Any = page.evaluate(_IS_WIDER)
        if wide:
            self.found.append(f"scrolls sideways: {wide}")
