"""Motifs are charts; every picture of one is drawn from them, whatever its dye."""

import xml.etree.ElementTree as ET

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from coop.kit import motifs

EVERY_MOTIF = sorted(motifs.motifs())


@pytest.mark.parametrize("key", EVERY_MOTIF)
def test_a_chart_is_a_rectangle_of_its_own_colours(key):
    one = motifs.motif(key)

    assert {len(row) for row in one.rows} == {one.width}
    assert max(max(row) for row in one.rows) < len(one.colours)
    assert set(one.colours) <= set(motifs.dyes())
    assert one.meaning_es
    assert one.meaning_en


@pytest.mark.parametrize("colour", [motifs.PLAIN, *motifs.dyes()])
@pytest.mark.parametrize("key", EVERY_MOTIF)
def test_every_dye_leaves_the_figure_to_be_seen(key, colour):
    colours = motifs.palette(motifs.motif(key), colour)

    assert len(set(colours)) == len(colours)
    if colour != motifs.PLAIN:
        assert colours[0] == motifs.dyes()[colour]


@pytest.mark.parametrize("key", EVERY_MOTIF)
def test_pictures_are_valid_svg_in_their_shape_and_small(key):
    square = motifs.square_svg(key, "indigo")
    swatch = motifs.swatch_svg(key)

    frame = ET.fromstring(square).attrib
    assert frame["width"] == frame["height"]
    frame = ET.fromstring(swatch).attrib
    assert (frame["width"], frame["height"]) == ("250", "312")
    assert "style" not in square
    assert "<script" not in square
    assert len(square) < 12_000
    assert len(swatch) < 16_000


@pytest.mark.parametrize("key", EVERY_MOTIF)
def test_a_makers_panel_holds_her_motif_once_and_ends_in_its_edge(key):
    one = motifs.motif(key)
    svg = motifs.arch_svg(key, "indigo")
    colours = motifs.palette(one)
    chart = motifs.arch_chart(one, colours)

    frame = ET.fromstring(svg).attrib
    assert (frame["width"], frame["height"]) == ("250", "312")
    assert len(svg) < 16_000
    assert len(chart) == motifs.ARCH_ROWS
    left = (motifs.SWATCH_COLUMNS - one.width) // 2
    rows = [row[max(0, left) : left + one.width] for row in chart]
    wanted = [row[max(0, -left) :][: motifs.SWATCH_COLUMNS] for row in one.rows]
    found = [at for at in range(len(rows)) if rows[at : at + one.height] == wanted]
    assert len(found) == 1
    [hem] = set(chart[-1])
    assert colours[hem] not in {motifs.dyes()["cream"], motifs.dyes()["undyed_white"]}


def test_the_square_holds_every_stitch_of_the_motif():
    one = motifs.motif("zorro")
    chart = motifs.square_chart(one)

    count = sum(cell > 0 for row in chart for cell in row)
    assert count == sum(cell > 0 for row in one.rows for cell in row)


def test_the_two_yarns_change_places_when_the_ground_takes_the_figures_dye():
    zorro = motifs.motif("zorro")
    plain, orange = motifs.palette(zorro), motifs.palette(zorro, "orange")

    assert (orange[0], orange[1]) == (plain[1], plain[0])


@pytest.mark.django_db
def test_an_address_gives_a_picture_that_browsers_keep(client: Client):
    address = Template("{% motif_url 'zorro' 'indigo' %}").render(Context())
    assert address == f"/motif/zorro/indigo.svg?v={motifs.version()}"

    response = client.get(address)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert "immutable" in response["Cache-Control"]
    assert "max-age=31536000" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_makers_panel_has_an_address_too(client: Client):
    address = Template("{% arch_url 'zorro' %}").render(Context())

    response = client.get(address)

    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
    assert client.get("/motif/unicorn/plain-arch.svg").status_code == 404


def test_a_swatch_has_an_address_too(client: Client):
    address = Template("{% swatch_url 'zorro' %}").render(Context())
    assert address.startswith("/motif/zorro/plain-swatch.svg")
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("colour", [None, "", "tartan"])
def test_a_dye_that_we_do_not_have_leaves_the_motifs_own_colours(colour):
    address = Template("{% motif_url 'zorro' colour %}").render(Context({"colour": colour}))
    assert address.startswith("/motif/zorro/plain.svg")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/motif/dragon/plain.svg", "/motif/zorro/tartan.svg"])
def test_what_we_do_not_have_is_not_found(client: Client, path):
    assert client.get(path).status_code == 404


def test_a_motif_is_named_in_the_visitors_language():
    with translation.override("en"):
        assert Template("{{ 'zorro'|motif_name }}").render(Context()) == "Passing fox"
    with translation.override("es"):
        assert Template("{{ 'zorro'|motif_name }}").render(Context()) == "Zorro que pasa"
