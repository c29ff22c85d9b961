"""What a phone has to load over the wire before a page is seen, counted byte by byte.

A phone of 360 × 640 with three pixels a pixel, nothing kept from before, compressed as the house
serves it; what lies below the fold is not loaded yet. The sum does not depend on the machine.
"""

import pytest

from look.eyes import Eyes
from look.kinds import BY_NAME
from look.place import Place
from look.weights import LIMITS, Weight, weigh

pytestmark = [pytest.mark.browser, pytest.mark.database]


@pytest.mark.parametrize("name", sorted(LIMITS))
@pytest.mark.parametrize("language", ["es", pytest.param("en", marks=pytest.mark.long)])
def test_a_page_is_light_enough_for_a_phone(name: str, language: str, eyes: Eyes, place: Place):
    limit = LIMITS[name]

    weight = weigh(eyes, BY_NAME[name], language)

    counted = weight.all if limit.with_pictures else weight.without_pictures
    assert counted <= limit.all, f"{counted / 1000:.1f} kB of {limit.all / 1000:.0f}: {weight}"
    assert weight.script <= limit.script, f"{weight.script} B of script: {weight}"


def test_what_is_counted_is_what_was_sent(eyes: Eyes, place: Place):
    weight = weigh(eyes, BY_NAME["home"], "es")

    assert weight.all == sum(weight.by_kind.values())
    assert {"document", "stylesheet", "font"} <= set(weight.by_kind)
    assert weight.is_compressed


def test_script_and_pictures_are_told_apart():
    weight = Weight({"document": 10, "script": 4, "image": 7}, is_compressed=True)

    assert (weight.all, weight.script, weight.without_pictures) == (21, 4, 14)
