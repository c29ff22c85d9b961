"""The worker, the app's card, the page without signal, and saving data."""

import gzip
import json
import re
import time
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import pytest
from django.contrib.staticfiles import finders

from coop.portal.audio.phrases import phrase
from coop.portal.offline import saver, shell


def test_the_worker_names_files_that_are_there(client, db):
    response = client.get("/m/sw.js")

    text = response.content.decode()
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in response.headers["Cache-Control"]
    told = json.loads(text[text.index("serve({") + 6 : text.rindex(");")])
    for name in ("offline/main.js", "offline/vault.js", "offline/store.js", "away.js", "tokens"):
        assert any(name in one for one in told["shell"]), name
    for address in told["away"].values():
        assert client.get(address).status_code == 200


def test_the_shell_keeps_no_page_of_the_house(db):
    made = shell.shell()

    of_nobody = ("/static/", "/media/audio/", "/m/check/")
    assert all(one.startswith(of_nobody) for one in made.files)
    assert {"/m/check/es/", "/m/check/en/"} <= set(made.files)


def test_another_file_is_another_version(db, monkeypatch):
    shell._made.cache_clear()
    before = shell._make().version
    monkeypatch.setattr(shell, "away_page", lambda language: f"<p>{language}")

    assert shell._make().version != before


def test_the_same_files_are_the_same_version_on_every_machine_and_day(db):
    today = shell._make().version

    with patch("django.core.signing.time.time", return_value=time.time() + 100_000):
        assert shell._make().version == today


def test_the_shell_is_small(db):
    """60 kB over the wire for the screens and their script. Beside them a phone that does not save
    data keeps the dozen sentences which it may have to say without signal, and the page that checks
    receipts in both languages (it reads the paper's PDF too: 8 kB each).
    """
    kept = Counter[str]()
    for name in shell._make().files:
        if name.startswith("/m/check/"):
            kept[".html"] += len(gzip.compress(shell.check_page(name.split("/")[3])[0].encode()))
            continue
        path = Path(str(finders.find(name.removeprefix("/static/"))))
        is_text = path.suffix in {".css", ".js"}
        kept[path.suffix] += (
            len(gzip.compress(path.read_bytes())) if is_text else path.stat().st_size
        )

    assert kept[".css"] + kept[".js"] + kept[".woff2"] < 60_000
    assert 0 < kept[".html"] < 18_000
    assert 0 < kept[".mp3"] < 100_000


def test_switched_off_the_worker_ends_itself(client, db, settings):
    settings.MEMBERS_OFFLINE = False

    text = client.get("/m/sw.js").content.decode()

    assert "registration.unregister()" in text
    assert "caches.delete" in text


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_app_says_neither_whose_it_is_nor_what_for(client, db, language):
    response = client.get("/m/app.webmanifest", headers={"Accept-Language": language})

    card = json.loads(response.content)
    assert (card["start_url"], card["display"], card["scope"]) == ("/m/", "standalone", "/m/")
    said = f"{card['name']} {card['short_name']}".lower()
    assert not re.search("mink|pay|pago|money|dinero|coop|muj|wom|tejed|soci", said)
    assert {icon["sizes"] for icon in card["icons"]} == {"192x192", "512x512"}
    assert any(icon.get("purpose") == "maskable" for icon in card["icons"])


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_without_signal_is_the_same_for_everybody(workshop, phone, client, language):
    address = f"/m/offline/{language}/"

    hers = phone(workshop.rosa.user).get(address).content

    assert hers == client.get(address).content
    assert workshop.rosa.name not in hers.decode()
    assert b"csrfmiddlewaretoken" not in hers


def test_a_language_that_we_do_not_speak_has_no_such_page(client, db):
    assert client.get("/m/offline/xx/").status_code == 404


def test_the_switch_belongs_to_the_phone(workshop, phone):
    client = phone(workshop.rosa.user)
    assert 'aria-pressed="false"' in client.get("/m/phone/").content.decode()

    client.post("/m/phone/saver/", {"on": "1"})

    page = client.get("/m/phone/")
    assert 'data-saver="on"' in page.content.decode()
    assert {"Save-Data", "Cookie"} <= set(page.headers["Vary"].split(", "))
    client.post("/m/leave/")
    assert 'data-saver="on"' in client.get("/m/login/").content.decode()


@pytest.mark.parametrize(
    ("cookie", "header", "saves"),
    [
        ("", "", False),
        ("", "on", True),
        ("off", "on", False),
        ("on", "", True),
        ("nonsense", "", False),
    ],
)
def test_her_switch_wins_over_the_browsers_wish(rf, cookie, header, saves):
    request = rf.get("/m/", headers={"Save-Data": header} if header else {})
    if cookie:
        request.COOKIES[saver.COOKIE] = cookie

    assert saver.saves_data(request) is saves


def test_what_keeping_means_is_heard_before_she_switches_it_on(workshop, phone):
    """She may not read, and others may make her type her number."""
    page = phone(workshop.rosa.user).get("/m/phone/").content.decode()

    for key in ("keep-work-how", "keep-money-how", "keep-money-danger"):
        spoken = f'data-words="{phrase(key).es}"'
        assert spoken in page, key
    money = page[page.index('data-stays="money"') :]
    assert money.index("Quien sepa tu número") < money.index('aria-pressed="false"')
