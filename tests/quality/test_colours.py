"""Colours that can be read: every token that stands on another, measured as WCAG measures it.

Public pages by day and by night hold AA (4.5 for text, 3 for edges and charts). Members' screens,
which are read in the sun by day alone, hold AAA (7).
"""

import re
from pathlib import Path

import pytest

from house.environment import ROOT

CSS = ROOT / "static" / "css"
Colours = dict[str, str]

TEXT, GRAPHIC, SUN = 4.5, 3.0, 7.0
GROUNDS = ("page", "raised", "sunk")
INKS = ("ink", "ink-2", "cochineal", "cochineal-deep", "indigo")
DEEP = {"qolle-deep": "qolle", "chilca-deep": "chilca", "lake-deep": "lake"}
STITCHES = ("maker", "wool", "fund", "shipping", "fees")

#: What stands on what, wherever it does.
TEXTS = [
    *((ink, ground) for ink in (*INKS, *DEEP) for ground in ("page", "raised")),
    *((ink, "sunk") for ink in ("ink", "ink-2", "cochineal")),
    *((deep, f"tint-{dye}") for deep, dye in DEEP.items()),
    ("cochineal-deep", "tint-cochineal"),
    ("indigo", "tint-indigo"),
    *(("ink", f"tint-{dye}") for dye in ("cochineal", "qolle", "chilca", "lake", "indigo")),
    ("on-button", "button"),
    ("on-button", "button-hover"),
    ("on-foot", "foot"),
    ("on-foot-2", "foot"),
    ("on-vat", "vat"),
    ("on-vat-2", "vat"),
    ("page", "ink"),
]
GRAPHICS = [
    *(("control", ground) for ground in ("page", "raised")),
    *((f"stitch-{kind}", "raised") for kind in STITCHES),
    *((f"vat-{kind}", "vat") for kind in STITCHES),
]
MEMBERS = [
    *((ink, ground) for ink in (*INKS, *DEEP) for ground in ("page", "raised")),
    ("ink", "sunk"),
    *((deep, f"tint-{dye}") for deep, dye in DEEP.items()),
    ("cochineal-deep", "tint-cochineal"),
    ("indigo", "tint-indigo"),
    ("on-button", "cochineal-deep"),
    ("on-button", "button"),
    ("on-button", "chilca-deep"),
    ("on-button", "lake-deep"),
]


def tokens(
    file: Path = CSS / "tokens.css", night: str = "prefers-color-scheme: dark"
) -> tuple[Colours, Colours]:
    """The colours by day and by night."""
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = text.split("@media print")[0]
    day_text, _, night_text = text.partition(night)
    day = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\s*;", day_text))
    by_night = day | dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\s*;", night_text))
    return day, by_night


def luminance(colour: str) -> float:
    """Relative luminance. Source: WCAG 2.2, "relative luminance"."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * one for one in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21. Source: WCAG 2.2, "contrast ratio"."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_weak(colours: Colours, pairs: list[tuple[str, str]], least: float) -> list[str]:
    """The pairs that cannot be read."""
    measured = [(one, other, contrast(colours[one], colours[other])) for one, other in pairs]
    return [f"{one} on {other}: {ratio:.2f}" for one, other, ratio in measured if ratio < least]


def test_the_measure_is_the_known_one():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("light", [0, 1], ids=["by day", "by night"])
def test_public_text_can_be_read(light):
    assert not too_weak(tokens()[light], TEXTS, TEXT)


@pytest.mark.parametrize("light", [0, 1], ids=["by day", "by night"])
def test_edges_and_charts_can_be_seen(light):
    assert not too_weak(tokens()[light], GRAPHICS, GRAPHIC)


def test_members_read_in_the_sun():
    assert not too_weak(tokens()[0], MEMBERS, SUN)


def test_the_night_changes_every_ground_and_ink():
    day, night = tokens()

    assert not {name for name in (*GROUNDS, *INKS, *DEEP) if day[name] == night[name]}


# Colours stand in one file ----------------------------------------------------------------------
#: Literal colours elsewhere, each file with its reason.
LITERALS = {
    "office/theme.css": "the same tokens for Wagtail's two themes; held equal below",
    "office/wagtail.css": "Wagtail's own variables, which want literal colours",
    "office/sidebar.css": "Wagtail's dark side bar, between the tokens",
    "office/card-sheet.css": "black on white paper",
    "office/knitting-chart.css": "a chart's grid, the same on paper and on any ground",
    "office/print.css": "black on white paper",
    "office/paper-keys.css": "above white paper, on a page without the tokens",
    "office/tag-sheet.css": "black on white paper",
    "paper.css": "a statement's PDF, which is made without the tokens",
    "portal/": "white paper under pictures, and the dyes of what is drawn in two shades",
}
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\([^)v]*\)")


def literals(file: Path) -> list[str]:
    """The colours that a stylesheet names itself."""
    text = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    return _COLOUR.findall(text)


def test_no_stylesheet_names_a_colour_of_its_own():
    own = {
        str(file.relative_to(CSS)): found
        for file in sorted(CSS.rglob("*.css"))
        if file.name != "tokens.css" and (found := literals(file))
    }

    assert not {name: found for name, found in own.items() if not name.startswith(tuple(LITERALS))}


def test_no_reason_outlives_its_stylesheet():
    own = [str(file.relative_to(CSS)) for file in CSS.rglob("*.css") if literals(file)]

    assert all(any(name.startswith(known) for name in own) for known in LITERALS)


def test_the_office_wears_the_same_colours():
    there = tokens(CSS / "office" / "theme.css", ":root.w-theme-dark")
    house = tokens()

    for mine, known in zip(there, house, strict=True):
        differing = {name: hue for name, hue in mine.items() if known.get(name, hue) != hue}
        assert not differing
