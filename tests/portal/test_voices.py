"""What the screens say: her language, then Spanish, then a machine, then nothing."""

import html
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from djmoney.money import Money

from coop.people.services import hear
from coop.portal.audio import numbers, slots, spoken, voice
from coop.portal.audio.phrases import PHRASES, by_wording, phrase
from coop.portal.audio.voice import Voice
from coop.portal.errors import NobodySpeaks, NotASound, SoundTooLong, UnknownSentence
from coop.portal.models import Recording
from coop.portal.services import keep_recording, remove_recording
from tests.factories.people import an_account

pytestmark = pytest.mark.django_db
MP3 = b"\xff\xf3\x18\xc4" + bytes(60)
DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def record(key: str, language: str = "es", body: bytes = MP3, name: str = "a.mp3", **change):
    facts = {
        "language": language,
        "key": key,
        "file": SimpleUploadedFile(name, body),
        "recorded_by": "Rosa",
        "recorded_on": DAY,
        "actor": an_account(email=None),
    }
    return keep_recording(**facts | change)


def addresses(said: voice.Utterance) -> list[str]:
    return [re.sub(r"-\w{4}(\.\w+)?\.mp3$", "", one.rpartition("/")[2]) for one in said.addresses]


# In pieces -------------------------------------------------------------------------------------
def test_an_amount_is_said_in_pieces():
    said = Voice("es").say("owed", Money("174.50", "PEN"))

    assert said.spanish == ("Me deben ciento setenta y cuatro soles con cincuenta céntimos")
    assert addresses(said) == [
        "me-deben", "ciento", "setenta", "y", "cuatro", "soles", "con", "cincuenta", "centimos",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0.00", "cero soles"),
        ("1.00", "un sol"),
        ("0.01", "un céntimo"),
        ("21.00", "veintiún soles"),
        ("-5.00", "cinco soles"),
        ("1000.00", "mil soles"),
    ],
)
def test_an_amount_agrees_with_its_money(amount, words):
    assert Voice("es").say(Money(amount, "PEN")).spanish == words


def test_bolivianos_are_called_by_their_name():
    assert Voice("es").say(Money("2.00", "BOB")).spanish == "dos bolivianos"


def test_what_is_counted_is_said_with_its_gender():
    assert Voice("es").say(spoken.count(21, "pieces")).spanish == "veintiuna piezas"
    assert Voice("es").say(spoken.count(1, "days")).spanish == "un día"


def test_more_than_can_be_counted_is_read_as_it_is_written():
    said = Voice("es").say(Money("1000000.00", "PEN"))

    assert said.spanish == "1,000,000 soles"
    assert not said.addresses


# Fallback ----------------------------------------------------------------------------------------
def test_nobody_has_recorded_it_so_a_machine_speaks_and_is_marked():
    said = Voice("qu").say("take")

    assert said.is_machine
    assert "/audio/es/" in said.addresses[0]


def test_the_cooperatives_spanish_comes_before_the_machine():
    recording = record("take")

    said = Voice("qu").say("take")

    assert said.addresses == (recording.file.url,)
    assert not said.is_machine


def test_her_language_comes_before_spanish():
    record("take")
    quechua = record("take", "qu")

    assert Voice("qu").say("take").addresses == (quechua.file.url,)
    assert Voice("ay").say("take").addresses != (quechua.file.url,)


def test_a_wording_that_changed_makes_the_recording_stale(monkeypatch):
    recording = record("take")
    phrase.cache_clear()
    monkeypatch.setitem(PHRASES, "take", "Yes")
    try:
        assert recording.file.url not in Voice("es").say("take").addresses
        (slot,) = [one for one in slots.slots("es") if one.word.key == "take"]
        assert slot.state == slots.State.STALE
    finally:
        phrase.cache_clear()


def test_half_a_sentence_is_not_played():
    said = Voice("es").say("owed", "Something that nobody has a sound for")

    assert said.addresses == ()
    assert said.words


def test_a_number_is_said_in_one_language_from_end_to_end():
    record("n-en-twenty", "en")

    assert "veinticinco" in Voice("en").say(spoken.count(25, "pieces")).spanish

    record("n-en-five", "en")
    with translation.override("en"):
        assert Voice("en").say(spoken.count(25, "pieces")).words == "twenty five pieces"


def test_a_message_of_the_house_finds_its_sound_by_its_words():
    with translation.override("es"):
        said = Voice("es").say("Lo has tomado. Recoge tu lana.", str(PHRASES["taken"]))
    assert said.spanish.endswith(phrase("taken").es)


# Recording -----------------------------------------------------------------------------------
def test_a_new_recording_takes_the_place_of_the_old_which_stays_as_a_trace():
    old = record("take")
    new = record("take")

    assert list(Recording.objects.current()) == [new]
    old.refresh_from_db()
    assert old.replaced_at is not None


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"key": "no-such"}, UnknownSentence),
        ({"language": "qu", "key": "n-es-uno"}, UnknownSentence),
        ({"recorded_by": "  "}, NobodySpeaks),
        ({"body": b"<html>"}, NotASound),
        ({"name": "a.exe"}, NotASound),
        ({"body": MP3 + bytes(500_000)}, SoundTooLong),
    ],
)
def test_what_cannot_be_a_recording_is_refused(change, refusal):
    with pytest.raises(refusal):
        record(**{"key": "take"} | change)

    assert not Recording.objects.exists()


def test_a_voice_that_is_wanted_back_goes_with_its_file(django_capture_on_commit_callbacks):
    recording = record("take")
    path = Path(recording.file.path)
    assert path.exists()

    with django_capture_on_commit_callbacks(execute=True):
        remove_recording(recording=recording)

    assert not path.exists()
    assert not Recording.objects.exists()


def test_a_recorded_voice_is_served_and_nothing_else_that_was_uploaded(client):
    recording = record("take")

    assert client.get(recording.file.url).status_code == 200
    assert client.get("/media/documents/a.pdf").status_code == 404


# Placeholders -----------------------------------------------------------------------------------
def test_every_sentence_and_number_has_a_placeholder_in_the_repository():
    wanted = {phrase(key).es for key in PHRASES} | set(numbers.all_spanish())

    assert not wanted - set(voice.placeholders())


def test_placeholders_are_spanish_small_and_all_used():
    folder = Path(settings.BASE_DIR) / "static" / "audio"
    files = {file.name for file in (folder / "es").glob("*.mp3")}

    assert files == set(voice.placeholders().values())
    assert [one.name for one in folder.iterdir()] == ["es"]
    assert sum(file.stat().st_size for file in folder.rglob("*.mp3")) < 2_200_000


def test_templates_name_only_sentences_that_exist():
    pages = Path(settings.BASE_DIR, "templates", "portal").rglob("*.html")
    tags = re.compile(r"{% (?:say|speaks) ([^%]*)%}")
    cloths = re.compile(r'{% cloth \S+ "([\w-]+)"')
    named: set[str] = set()
    for page in pages:
        source = page.read_text("utf-8")
        named.update(
            key for tag in tags.findall(source) for key in re.findall(r'"([^"]+)"(?!\|)', tag)
        )
        named.update(cloths.findall(source))

    assert "owed" in named
    assert named <= set(PHRASES)


_NAMED = re.compile(r'{% trans "([^"]*)"(?: context "[^"]*")? as (\w+) %}')
_FACTS = re.compile(r"{% blocktrans[^%]* asvar (\w+)[^%]*%}")
_SPEAKING = re.compile(r"{% (?:say|speaks|action|sure) [^%]*%}|{% include [^%]*kit/[^%]*%}")


def speaking(source: str, name: str) -> list[str]:
    """The tags that would say what stands under a name."""
    its_own = re.compile(rf"(?<![=\w.|]){name}\b|\b(?:word|text|next)={name}\b")
    unquoted = re.compile(r'"[^"]*"')
    return [one for one in _SPEAKING.findall(source) if its_own.search(unquoted.sub("", one))]


@pytest.mark.parametrize(
    "page",
    [
        one
        for one in sorted(Path(settings.BASE_DIR, "templates", "portal").rglob("*.html"))
        if "office" not in one.parts
    ],
    ids=lambda one: one.stem,
)
def test_every_sentence_that_a_screen_says_has_a_key(page):
    """So that a voice can be recorded for it. With a name in it, something else is said."""
    source, known = page.read_text("utf-8"), by_wording()

    without = [
        text
        for text, name in _NAMED.findall(source)
        if html.unescape(text) not in known and speaking(source, name)
    ]
    named = {
        tag
        for name in _FACTS.findall(source)
        for tag in speaking(source, name)
        if not re.search(r"(?:spoken|asked)=", tag) and _is_of(source, tag, name)
    }

    assert not without
    assert not named


def _is_of(source: str, tag: str, name: str) -> bool:
    """Whether the tag says that name as it was set last before it."""
    before = source[: source.index(tag)]
    last = max(
        [*_NAMED.finditer(before), *_FACTS.finditer(before)],
        key=lambda one: one.end() if name in one.groups() else -1,
        default=None,
    )
    return last is not None and last.re is _FACTS and name in last.groups()


def test_every_message_of_a_screen_has_a_key():
    """But those that name somebody, or tell a number."""
    folder = Path(settings.BASE_DIR, "coop", "portal", "views")
    said = re.compile(r'(?:messages\.\w+\(\s*request,\s*|sentence = )_\(\s*"([^"]*)"\s*\)')
    sentences = {one for file in folder.glob("*.py") for one in said.findall(file.read_text())}

    assert len(sentences) > 8
    assert {one for one in sentences if "%(" not in one} <= set(by_wording())


def test_what_somebody_typed_is_marked_and_is_no_sentence_of_the_house():
    said = Voice("es").say(spoken.typed("Rosa Mamani"), Money("8.00", "PEN"))

    assert said.is_typed
    assert said.addresses == ()
    assert not Voice("es").say("owed", Money("8.00", "PEN")).is_typed


# On the screens -----------------------------------------------------------------------------------
def test_a_loudspeaker_opens_its_sound_without_script(workshop, phone):
    workshop.offered(5)

    page = phone(workshop.rosa.user).get("/m/work/").content.decode()

    found = re.search(r'<a class="say say--machine" href="([^"]+)" data-say="\1"', page)
    assert found
    assert found[1].endswith(".mp3")


def test_a_loudspeaker_of_many_pieces_opens_a_page_with_all_of_them(workshop, phone):
    workshop.offered(5)
    client = phone(workshop.rosa.user)
    address = re.search(
        r'href="(/m/say/[^"]+)" data-say="[^" ]+ ', client.get("/m/work/").content.decode()
    )[1]

    page = client.get(address).content.decode()

    assert page.count("<audio") > 2
    assert client.get("/m/say/nonsense/").status_code == 404


def test_an_amount_is_spoken_only_under_the_cloth(workshop, phone):
    workshop.offered(5)

    page = phone(workshop.rosa.user).get("/m/work/").content.decode()

    outside = "".join(part.split("</details>")[-1] for part in page.split("<details"))
    assert "cuarenta soles" in page
    assert "cuarenta soles" not in outside


def test_quechua_is_offered_once_its_name_is_recorded(workshop, phone):
    client = phone(workshop.rosa.user)
    recording = record("work", "qu")
    assert "Runasimi" not in client.get("/m/").content.decode()

    name = record("language", "qu")
    assert name.file.url in client.get("/m/").content.decode()
    assert 'value="qu"' in client.get("/m/").content.decode()
    client.post("/m/language/", {"language": "qu", "next": "/m/"})

    page = client.get("/m/").content.decode()
    assert '<html lang="es"' in page
    assert recording.file.url in page
    workshop.rosa.user.refresh_from_db()
    assert (workshop.rosa.user.language, workshop.rosa.user.voice) == ("es", "qu")


def test_one_query_for_all_loudspeakers_of_a_page(workshop, phone, django_assert_max_num_queries):
    workshop.offered(5)
    client = phone(workshop.rosa.user)
    hear(user=workshop.rosa.user, language="qu")

    with django_assert_max_num_queries(14) as found:
        client.get("/m/work/")

    assert sum("portal_recording" in query["sql"] for query in found.captured_queries) == 1


def test_a_name_is_said_besides_and_spoils_nothing_that_is_recorded():
    """The main loudspeaker of a payment: what kind and how much, and who, where a phone can."""
    amount = Money("8.00", "PEN")
    whole = Voice("es").say("owed", amount)
    said = Voice("es").say("owed", amount, spoken.besides("Rosa Quispe"))

    assert said.addresses == whole.addresses != ()
    assert said.besides == "Rosa Quispe"
    assert said.words.endswith("Rosa Quispe")
    assert not said.is_typed
    assert Voice("es").say("owed", spoken.typed("Rosa Quispe")).addresses == ()
