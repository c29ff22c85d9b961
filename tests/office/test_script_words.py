"""What Wagtail's script says: all of it in the reader's language, also when many ask at once."""

import json
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import polib
import pytest
import wagtail.admin
from django.test import Client
from django.urls import resolve, reverse

from coop.kit.script_words import words_of
from coop.people import roles
from tests.factories.office import browser

AT_ONCE = 24


def said(script: bytes) -> dict[str, object]:
    """The sentences of a catalogue, as the browser reads them."""
    found = re.search(r"newcatalog = (\{.*?\n  \});", script.decode(), re.DOTALL)
    sentences: dict[str, object] = json.loads(found[1]) if found else {}
    return sentences


@pytest.fixture
def _nothing_kept() -> Iterator[None]:
    """As after a start, with threads that give way to each other all the time."""
    words_of.cache_clear()
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def test_every_sentence_of_the_script_is_said_in_spanish() -> None:
    own = Path(wagtail.admin.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "djangojs.po"

    spanish = said(words_of("es"))

    english = [one.msgid for one in polib.pofile(str(own)) if not one.msgctxt]
    assert len(english) > 50
    assert [one for one in english if one not in spanish] == []
    assert spanish["%(num)s error"] == ["%(num)s error", "%(num)s errores", "%(num)s errores"]


@pytest.mark.usefixtures("_nothing_kept")
def test_many_who_ask_at_once_after_a_start_all_get_the_whole_of_it() -> None:
    start = Barrier(AT_ONCE)

    def ask(at: int) -> tuple[str, bytes]:
        language = ("es", "en")[at % 2]
        start.wait()
        return language, words_of(language)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(ask, range(AT_ONCE)))

    assert len(set(answers)) == 2
    assert {language for language, _script in answers} == {"es", "en"}
    assert all(len(script) > 2000 for _language, script in answers)


@pytest.mark.django_db
def test_the_office_loads_them_from_here_in_her_language() -> None:
    address = reverse("wagtailadmin_javascript_catalog")
    assert resolve(address).url_name == "office-script-words"

    answer = browser("Petra", roles.PRESIDENT).get(address)

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    assert said(answer.content)["Autosave in progress…"] == "Guardando…"


@pytest.mark.django_db
def test_whoever_is_not_in_gets_nothing() -> None:
    assert Client().get(reverse("wagtailadmin_javascript_catalog")).status_code == 302
