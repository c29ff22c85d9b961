"""Stylesheets: small files, joined for the wire; every colour comes from the tokens."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import Context, Template
from django.test import override_settings

from coop.kit import motifs, styles

STATIC = Path(settings.STATICFILES_DIRS[0])
OURS = [
    file
    for file in sorted((STATIC / "css").rglob("*.css"))
    # Paper is white whatever the hour, and a statement's PDF is made without the tokens.
    if file.name not in {"tokens.css", "paper.css"} and not {"office", "portal"} & set(file.parts)
]
LITERAL = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_every_colour_is_a_token(file):
    css = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", file.read_text(), flags=re.DOTALL)

    assert not LITERAL.findall(css)


def test_every_token_that_is_used_is_defined():
    known = set(re.findall(r"(--[\w-]+):", (STATIC / "css/tokens.css").read_text()))
    for file in OURS:
        css = file.read_text()
        used = set(re.findall(r"var\((--[\w-]+)", css))
        assert used <= known | set(re.findall(r"(--[\w-]+):", css)), file.name


def test_the_yarns_are_those_of_the_motifs():
    css = (STATIC / "css/tokens.css").read_text()
    for key, colour in motifs.dyes().items():
        assert f"--yarn-{key.replace('_', '-')}: {colour.lower()};" in css


@pytest.mark.parametrize("sheet", styles.SHEETS)
def test_a_sheet_is_made_of_files_that_are_there(sheet):
    for name in styles.SHEETS[sheet]:
        assert (STATIC / name).is_file(), name


def test_addresses_in_a_joined_sheet_lead_to_the_same_files():
    css = styles.join_sheet("site", lambda name: (STATIC / name).read_text())

    addresses = re.findall(r'url\("([^"]+)"\)', css)
    assert addresses
    for address in addresses:
        assert (STATIC / "css/joined" / address).resolve().is_file(), address


def test_a_page_links_the_files_themselves_while_one_works_on_them():
    html = Template('{% sheet "account" %}').render(Context())

    assert 'href="/static/css/pages/account.css"' in html


def test_what_is_served_links_one_joined_file(tmp_path):
    storages = {"staticfiles": {"BACKEND": "coop.kit.styles.HouseStaticFilesStorage"}}
    with override_settings(
        STATIC_ROOT=tmp_path,
        STORAGES={**settings.STORAGES, **storages},
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        html = Template('{% sheet "shop" %}').render(Context())

        (address,) = re.findall(r'href="/static/(css/joined/shop\.\w+\.css)"', html)
        css = (tmp_path / address).read_text()
        call_command("collectstatic", interactive=False, verbosity=0)

    assert ".chip" in css
    assert ".card" in css


def test_the_dark_of_the_style_guide_is_that_of_a_dark_screen():
    css = (STATIC / "css/tokens.css").read_text()
    by_screen = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\}', css, re.DOTALL)
    by_word = re.search(r'\[data-theme="dark"\] \{(.*?)\}', css, re.DOTALL)
    told = [dict(re.findall(r"(--[\w-]+): ([^;]+);", one[1])) for one in (by_screen, by_word)]

    assert told[0] == told[1]
    assert len(told[0]) > 25
