"""The yarns and grounds of the pictures as plain colours; nothing here needs numpy."""

from functools import cache

from coop.kit import motifs

#: Yarns that pictures need besides the twelve that the cooperative buys: shadows of a landscape,
#: skins, the inside of an ear.
_MORE = {
    "grey": "#9B938A",
    "purple": "#5C2B57",
    "rose": "#B9807A",
    "moss": "#8C9A4E",
    "ochre": "#BE8236",
    "skin": "#A86F4C",
    "condor_head": "#94605A",
    "condor_comb": "#75403F",
    "dawn": "#EBD3A4",
    "late_dawn": "#E4B692",
    "night": "#16254B",
    "late_night": "#3C4B82",
    "far_night": "#57629A",
    "moss_night": "#4D5C4B",
    "moss_deep": "#34432F",
    "lake_night": "#2F5173",
    "ochre_night": "#6B4E3A",
}

#: The pale dyes that pieces lie on.
GROUNDS = {
    "sand": "#D9CBB4",
    "lake": "#AEBFC2",
    "clay": "#CFAA93",
    "straw": "#DDCFA8",
    "stone": "#C6C1B6",
    "rose": "#D4B9AE",
    "moss": "#B8BCA0",
}


@cache
def yarns() -> dict[str, str]:
    """Every yarn that a picture may use, by key, as hex: the house's dyes and some more."""
    return {**motifs.dyes(), **_MORE}


def channels(hex_colour: str) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1, as a screen takes them."""
    red, green, blue = (int(hex_colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue
