"""What the documents name is there: their pictures, their pages, and the buttons of the guide."""

import re
from pathlib import Path

import polib
import pytest

from look.guide import VIEWS, name_of
from look.kinds import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PICTURES = ROOT / "docs" / "pictures"
#: All pictures of the documents together: whoever reads them pays for the bytes.
MOST_BYTES = 1_500_000
GUIDES = {"en": ROOT / "docs" / "treasurer.md", "es": ROOT / "docs/es/mes-de-la-tesorera.md"}
_LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")


def named_in(document: Path) -> list[str]:
    """Every file that a document leads to or shows."""
    found = (one or other for one, other in _LINK.findall(document.read_text(encoding="utf-8")))
    return [one.partition("#")[0] for one in found if not re.match(r"[a-z]+:|#", one)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_picture_and_page_that_a_document_names_is_there(document: Path) -> None:
    missing = [one for one in named_in(document) if not (document.parent / one).exists()]

    assert not missing


def test_every_picture_is_shown_somewhere_and_all_of_them_are_light() -> None:
    shown = {(one.parent / name).resolve() for one in DOCUMENTS for name in named_in(one)}
    pictures = set(PICTURES.iterdir())

    assert not pictures - shown
    assert sum(one.stat().st_size for one in pictures) < MOST_BYTES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_treasurers_month_shows_each_of_its_pictures_in_its_language(language: str) -> None:
    shown = [Path(one).name for one in named_in(GUIDES[language]) if one.endswith(".webp")]

    assert shown == [name_of(view, language) for view in VIEWS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_button_in_the_treasurers_month_is_called_so_in_the_house(language: str) -> None:
    catalogue = polib.pofile(str(ROOT / "locale/es/LC_MESSAGES/django.po"))
    words = {entry.msgid if language == "en" else entry.msgstr for entry in catalogue}
    named = re.findall(r"\*\*([^*]+)\*\*", GUIDES[language].read_text(encoding="utf-8"))

    assert named
    assert not [one for one in named if one.rstrip(".") not in words and one not in words]


def test_both_guides_name_the_same_buttons_in_the_same_order() -> None:
    catalogue = polib.pofile(str(ROOT / "locale/es/LC_MESSAGES/django.po"))
    told: dict[str, set[str]] = {}
    for entry in catalogue:
        told.setdefault(entry.msgid, set()).add(entry.msgstr)
    english, spanish = (
        re.findall(r"\*\*([^*]+)\*\*", GUIDES[one].read_text(encoding="utf-8"))
        for one in ("en", "es")
    )

    assert len(english) == len(spanish)
    for one, other in zip(english, spanish, strict=True):
        assert other in told.get(one, {one}), (one, other)
