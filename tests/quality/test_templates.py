"""What a strict content security policy needs: nothing inline in any template of a page of ours."""

import re

from house.environment import ROOT

#: Scripts that are data, which no policy stops.
_DATA = r'(?![^>]*type="(?:application/(?:ld\+)?json|importmap)")'
INLINE = {
    "a style attribute": re.compile(r'\sstyle="'),
    "a style element": re.compile(r"<style\b"),
    "a script without src": re.compile(rf"<script\b(?![^>]*\bsrc=){_DATA}"),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+="),
    "a javascript: address": re.compile(r'="javascript:', re.IGNORECASE),
    "another host": re.compile(r'(?:src|srcset|action)="(?:https?:)?//|<link[^>]*href="https?://'),
}
#: The office has a policy of its own, since Wagtail needs it.
ALLOWED = {
    "templates/wool/office/wool.html": "a yarn's own colour, which the office writes down",
    "templates/ledger/checker.html": "one file that is kept and opened from disk; its policy names"
    " the hashes of its style and script",
}


def test_no_template_has_anything_inline_or_from_elsewhere():
    found = []
    for file in sorted((ROOT / "templates").rglob("*.html")):
        if str(file.relative_to(ROOT)) in ALLOWED:
            continue
        text = re.sub(
            r"{%.*?%}|{{.*?}}|{#.*?#}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        found += [
            f"{file.relative_to(ROOT)}: {what}"
            for what, sign in INLINE.items()
            if sign.search(text)
        ]

    assert not found


def test_the_signs_find_what_they_name():
    samples = {
        "a style attribute": '<p style="color: red">',
        "a style element": "<style>",
        "a script without src": "<script>go()</script>",
        "an event attribute": '<button onclick="go()">',
        "a javascript: address": '<a href="javascript:go()">',
        "another host": '<img src="https://example.org/a.png">',
    }

    assert all(INLINE[what].search(text) for what, text in samples.items())


#: A table of figures that does not become cards on a phone is pushed sideways there.
PUSHED_SIDEWAYS = re.compile(
    r'<div class="office-table(?![^"]*stacked)[^"]*"(?![^>]*tabindex)[^>]*>'
)
#: Its cells are fields, each of which takes the keyboard.
FULL_OF_FIELDS = {"templates/quotas/office/table.html"}


def test_a_table_that_is_pushed_sideways_on_a_phone_is_reached_by_the_keyboard():
    assert PUSHED_SIDEWAYS.search('<div class="office-table is-flat">')
    assert not PUSHED_SIDEWAYS.search('<div class="office-table is-stacked">')
    assert not PUSHED_SIDEWAYS.search('<div class="office-table" tabindex="0">')
    found = [
        str(file.relative_to(ROOT))
        for file in sorted((ROOT / "templates").rglob("*.html"))
        if PUSHED_SIDEWAYS.search(file.read_text(encoding="utf-8"))
    ]

    assert set(found) == FULL_OF_FIELDS
