"""Fifty browsers want the one shawl, through the running servers: two processes, many threads."""

import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from http.cookiejar import CookieJar
from typing import Any

import pytest
from django.urls import reverse

from catalog.models import Variant
from house import servers
from house.prepare import House
from orders.shop.models import Allocation, Order
from tests.factories.shop import Shop, findings
from tests.harness.fixtures import at_the_same_time
from tests.harness.site import Site, free_port
from tests.shop.pages import WRITTEN

pytestmark = pytest.mark.storm
BUYERS = 50


class _StaysHere(urllib.request.HTTPRedirectHandler):
    """The answer itself is looked at, not where it leads."""

    def redirect_request(self, *args: Any) -> None:
        return None


class _AsItIs(urllib.request.HTTPErrorProcessor):
    """An error page is an answer too."""

    def http_response(self, request: Any, response: Any) -> Any:
        return response


@dataclass(frozen=True)
class Answer:
    """What came back, and whither it led."""

    status: int
    leads_to: str
    page: str


class Browser:
    """A visitor with cookies of her own, at one door of the house."""

    def __init__(self, door: str) -> None:
        self.door = door
        keeps = urllib.request.HTTPCookieProcessor(CookieJar())
        # Whatever proxy the machine has, the house stands on this machine.
        direct = urllib.request.ProxyHandler({})
        self.opener = urllib.request.build_opener(direct, keeps, _StaysHere, _AsItIs)

    def ask(self, path: str, form: dict[str, Any] | None = None) -> Answer:
        """Get a page, or send a form."""
        data = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(self.door + path, data, {"Accept": "text/html"})
        with self.opener.open(request, timeout=60) as answer:
            page = answer.read().decode()
            return Answer(answer.status, answer.headers.get("Location", ""), page)

    def order(self, form: dict[str, Any]) -> Answer:
        """Send the checkout's form; where it led, and what stands there."""
        sent = self.ask("/en/checkout/", form)
        return replace(self.ask(sent.leads_to), leads_to=sent.leads_to) if sent.leads_to else sent

    def fill_in(self, variant: Variant) -> dict[str, Any]:
        """Put `variant` in the cart; the checkout's form, filled in and not sent."""
        # Every form of the house takes it; the page of a product needs Wagtail's tree.
        token = _hidden(self.ask(reverse("account_login")).page, "csrfmiddlewaretoken")
        form = {"variant": variant.pk, "quantity": 1, "csrfmiddlewaretoken": token}
        assert self.ask("/en/cart/add/", form).status == 302
        page = self.ask("/en/checkout/").page
        names = ("form_key", "seen", "csrfmiddlewaretoken")
        return {**WRITTEN, **{name: _hidden(page, name) for name in names}}


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page
    return found[1]


@contextmanager
def another_door(site: Site) -> Iterator[str]:
    """A second web server, another process, on the same database and the same files."""
    house = House(site.house.data, site.house.database, free_port())
    with servers.running(house):
        yield f"http://127.0.0.1:{house.port}"


def everybody_orders(doors: list[str]) -> list[Answer]:
    """Fifty visitors fill in the checkout, each at a door, and send it at once; the answers."""
    shop = Shop()
    shop.knit(shop.shawl)
    browsers = [Browser(doors[number % len(doors)]) for number in range(BUYERS)]
    forms = at_the_same_time(*(partial(one.fill_in, shop.shawl) for one in browsers))
    assert [form for form in forms if not isinstance(form, dict)] == []

    answers = at_the_same_time(
        *(partial(browser.order, form) for browser, form in zip(browsers, forms, strict=True))
    )
    came_back = [one for one in answers if isinstance(one, Answer)]
    assert len(came_back) == BUYERS, answers
    return came_back


@pytest.mark.site("empty")
def test_fifty_visitors_of_two_servers_and_one_shawl(running_site: Site) -> None:
    with another_door(running_site) as other:
        answers = everybody_orders([running_site.url, other])

    order = Order.objects.get()
    assert Allocation.objects.get().line.order == order
    assert {one.status for one in answers} == {200}
    to_order = f"/en/order/{order.token}/"
    refused = [one for one in answers if one.leads_to != to_order]
    assert [one.leads_to for one in refused] == ["/en/checkout/"] * (BUYERS - 1)
    assert all("has just been sold" in one.page for one in refused)
    assert "Traceback" not in running_site.log()
    assert "ERROR" not in running_site.log()
    assert running_site.manage("audit")


@pytest.mark.site("empty")
def test_the_race_would_be_seen_through_the_servers(
    running_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: a house without lock, look and constraint sells the shawl to all."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.shop.careless")
    with another_door(running_site) as careless:
        answers = everybody_orders([careless])

    assert {one.leads_to[:10] for one in answers} == {"/en/order/"}
    assert Order.objects.count() == BUYERS
    assert len(findings(of=["orders.shop"])) == BUYERS
