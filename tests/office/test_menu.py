"""The way through the office: ordered by what people do, with our name and icons."""

import json
import re

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string

from coop.kit import waiting
from coop.people import roles
from tests.factories.ledger import person
from tests.factories.office import browser, browser_of
from tests.factories.shop import Shop

pytestmark = pytest.mark.django_db


def menu_of(page: HttpResponse) -> list[dict[str, object]]:
    """The items of the menu, as Wagtail hands them to its script."""
    props = re.search(
        r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page.content.decode(), re.DOTALL
    )
    assert props is not None
    found: list[dict[str, object]] = []

    def look(node: object) -> None:
        if isinstance(node, dict):
            if "icon_name" in node:
                found.append(node)
            for value in node.values():
                look(value)
        elif isinstance(node, list):
            for value in node:
                look(value)

    look(json.loads(props[1]))
    return found


def names_of(page: HttpResponse) -> list[str]:
    return [str(one["name"]) for one in menu_of(page)]


def test_the_menu_follows_the_day() -> None:
    names = names_of(browser("Petra", roles.PRESIDENT).get("/office/"))

    order = ["today", "orders", "selling", "work", "hours", "wool", "members", "payments"]
    order += ["books", "rules", "catalogue", "explorer", "images"]
    assert [one for one in names if one in order] == order
    assert "help" not in names


def test_buyers_and_ways_of_shipping_are_found_without_snippets() -> None:
    labels = [
        str(one["label"]) for one in menu_of(browser("Petra", roles.PRESIDENT).get("/office/"))
    ]

    assert {"Compradores", "Formas de envío"} <= set(labels)


def test_every_item_has_an_icon_of_ours() -> None:
    for item in menu_of(browser("Petra", roles.PRESIDENT).get("/office/")):
        if item["name"] in {"today", "orders", "selling", "work", "hours", "wool", "members"}:
            assert f'id="icon-{item["icon_name"]}"' in render_to_string(
                _drawing(str(item["icon_name"]))
            )


def _drawing(name: str) -> str:
    return (
        "production/office/icons/knitting.svg" if name == "knitting" else f"office/icons/{name}.svg"
    )


def test_a_count_stands_beside_what_waits(shop: Shop) -> None:
    shop.ready_pick_up()

    items = {one["name"]: one for one in menu_of(browser_of(shop.president).get("/office/"))}

    assert items["orders"]["attrs"]["data-waiting"] == "1"
    assert "data-waiting" not in items["rules"]["attrs"]  # type: ignore[operator]


def test_a_badge_has_room_for_two_figures_and_says_the_whole_number(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = waiting.Waiting(2232, "%(count)s", "Go", "/", menu="orders", icon="paper")
    monkeypatch.setattr(waiting, "_sources", [])
    waiting.source(1)(lambda person: [line])

    items = {one["name"]: one for one in menu_of(browser_of(shop.president).get("/office/"))}

    attrs = items["orders"]["attrs"]
    assert isinstance(attrs, dict)
    assert attrs["data-waiting"] == "99+"
    assert "2232" in attrs["data-waiting-said"]


def test_another_persons_counts_are_not_left_in_the_menu(shop: Shop) -> None:
    shop.ready_pick_up()
    browser_of(shop.president).get("/office/")

    items = {one["name"]: one for one in menu_of(browser_of(shop.auditor).get("/office/"))}

    assert "data-waiting" not in items["orders"]["attrs"]  # type: ignore[operator]


@pytest.mark.parametrize("address", ["/office/", "/office/account/", "/office/no-such-page/"])
def test_the_house_is_never_called_by_another_name(address: str) -> None:
    page = browser_of(person("Petra", roles.PRESIDENT)).get(address).content.decode()

    words = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    words = re.sub(r"<noscript.*?</noscript>", "", words, flags=re.DOTALL)
    assert "Wagtail" not in re.sub(r"<[^>]+>", " ", words)
    assert "favicon.ico" not in page
    assert "img/mark" in page
