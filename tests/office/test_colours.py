"""The office wears the house's colours, in both lights, with enough contrast to be read."""

import re

import pytest
from django.conf import settings

CSS = settings.BASE_DIR / "static" / "css"


def _declared(block: str) -> dict[str, str]:
    return {name: value.strip() for name, value in re.findall(r"(--[\w-]+):\s*([^;]+);", block)}


def _block(css: str, selector: str) -> dict[str, str]:
    start = css.index(selector + " {") + len(selector) + 2
    return _declared(css[start : css.index("}", start)])


def _tokens(theme: str) -> dict[str, str]:
    tokens = (CSS / "tokens.css").read_text()
    light = _block(tokens, ":root")
    dark = _block(tokens, ':root:not([data-theme="light"])')
    return {name: (dark if theme == "dark" else light)[name] for name in dark}


def _used() -> set[str]:
    """The properties that the office's stylesheets read."""
    sheets = (CSS / "office").glob("*.css")
    return {name for sheet in sheets for name in re.findall(r"var\((--[\w-]+)", sheet.read_text())}


def _all(theme: str) -> dict[str, str]:
    """Every property of the office in a theme, each followed to its colour."""
    own = (CSS / "office" / "wagtail.css").read_text()
    chosen = f":root.w-theme-{theme}" if theme == "dark" else ":root"
    base = _block((CSS / "tokens.css").read_text(), ":root") | _tokens(theme)
    base |= _block(own, ":root") | _block(own, chosen)
    wagtails = _declared(own[own.index("--w-font-sans") - 4 :])
    found = base | wagtails

    def colour(value: str) -> str:
        while (name := re.fullmatch(r"var\((--[\w-]+)\)", value)) is not None:
            value = found[name[1]]
        return value

    return {name: colour(value) for name, value in found.items()}


def _light_of(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG counts it."""
    lighter, darker = sorted((_light_of(one), _light_of(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_has_the_houses_own_colours(theme: str) -> None:
    chosen = _block((CSS / "office" / "theme.css").read_text(), f":root.w-theme-{theme}")

    tokens = _tokens(theme)
    assert chosen == {name: tokens[name] for name in chosen}
    assert _used() & tokens.keys() <= chosen.keys()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("--w-color-text-context", "--w-color-surface-page", 4.5),
        ("--w-color-text-meta", "--w-color-surface-page", 4.5),
        ("--w-color-text-placeholder", "--w-color-surface-field", 4.5),
        ("--w-color-text-placeholder", "--w-color-surface-button-inactive", 4.5),
        ("--w-color-text-link-default", "--w-color-surface-page", 4.5),
        ("--w-color-text-link-default", "--raised", 4.5),
        ("--w-color-text-error", "--w-color-surface-page", 4.5),
        ("--w-color-text-button", "--w-color-surface-button-default", 4.5),
        ("--w-color-text-button", "--w-color-surface-button-hover", 4.5),
        ("--w-color-text-label-menus-default", "--w-color-surface-menus", 4.5),
        ("--w-color-text-label-menus-default", "--w-color-surface-menu-item-active", 4.5),
        ("--w-color-text-status-label", "--w-color-surface-status-label", 4.5),
        ("--w-color-white", "--w-color-critical-200", 4.5),
        ("--w-color-white", "--w-color-positive-100", 4.5),
        ("--w-color-white", "--w-color-info-100", 4.5),
        ("--w-color-grey-600", "--w-color-warning-100", 4.5),
        ("--w-color-grey-600", "--w-color-critical-50", 4.5),
        ("--w-color-secondary-400", "--w-color-info-50", 4.5),
        ("--qolle-deep", "--tint-qolle", 4.5),
        ("--chilca-deep", "--tint-chilca", 4.5),
        ("--lake-deep", "--tint-lake", 4.5),
        ("--cochineal-deep", "--tint-cochineal", 4.5),
        ("--ink-2", "--sunk", 4.5),
        ("--w-color-border-field-default", "--w-color-surface-page", 3),
        ("--w-color-critical-200", "--w-color-surface-page", 3),
        ("--stitch-maker", "--raised", 3),
        ("--stitch-wool", "--raised", 3),
        ("--stitch-fund", "--raised", 3),
        ("--stitch-shipping", "--raised", 3),
    ],
)
def test_words_and_edges_can_be_seen(theme: str, text: str, ground: str, least: float) -> None:
    colours = _all(theme)

    assert contrast(colours[text], colours[ground]) >= least
