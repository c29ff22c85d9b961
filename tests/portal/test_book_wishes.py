"""The open book by month, by sort, and by words."""

import re
from datetime import date, timedelta

import pytest
from django.utils import translation

from coop.kit import days
from coop.kit.words import says
from coop.portal import queries
from coop.portal.book_wishes import SORTS
from coop.portal.queries.signing import Overdue
from ledger import queries as books
from ledger.models import JournalEntry
from ledger.services import (
    NewEntry,
    credit,
    debit,
    gather_block,
    post_entries,
    reverse_entry,
)
from orders.production.services import pass_piece
from tests.factories.ledger import DAY, soles
from tests.portal.test_pay import pay
from tests.shop.test_looking import every_word_finds_its_entry

Kind = JournalEntry.Kind


def lines(page: str) -> int:
    return page.count("story__one")


def test_a_month_shows_its_own_days_only(workshop, phone):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    client = phone(workshop.rosa.user)

    this = client.get(f"/m/book/?month={DAY:%Y-%m}").content.decode()
    other = client.get("/m/book/?month=2031-01").content.decode()

    assert lines(this) >= 1
    assert lines(other) == 0
    assert "En el libro no hay nada así." in other


def test_a_sort_leaves_the_others_out(workshop, phone):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    client = phone(workshop.rosa.user)

    work = client.get("/m/book/?what=work").content.decode()
    wool = client.get("/m/book/?what=wool").content.decode()

    assert "una pieza aprobada" in work
    assert "una pieza aprobada" not in wool
    assert lines(wool) >= 1


@pytest.mark.parametrize("sort", SORTS, ids=lambda one: one.name)
def test_every_sort_opens_and_can_be_left_again(workshop, phone, sort):
    page = phone(workshop.rosa.user).get(f"/m/book/?what={sort.name}").content.decode()

    assert page.count('aria-current="true"') == 1
    assert 'class="sorts__key" href="?"' in page


@pytest.mark.parametrize(
    "query",
    [
        "month=2026-13",
        "month=yesterday",
        "what=everything",
        "month=0000-01",
        "month=9999-12",
        "words=",
    ],
)
def test_what_makes_no_sense_is_no_wish(workshop, phone, query):
    client = phone(workshop.rosa.user)
    whole = lines(client.get("/m/book/").content.decode())

    answer = client.get(f"/m/book/?{query}")

    assert answer.status_code == 200
    assert lines(answer.content.decode()) == whole


def test_words_find_what_a_sentence_says_and_amounts_what_was_moved(workshop, phone):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    client = phone(workshop.rosa.user)

    for words in ("aprobadas", "piezas aprobada", "PIEZA", "8.00", "S/8"):
        page = client.get("/m/book/", {"words": words}).content.decode()
        assert "una pieza aprobada" in page, words
    for words in ("alquiler imposible", "123456.78", "999999999999999999"):
        assert lines(client.get("/m/book/", {"words": words}).content.decode()) == 0, words


def test_whoever_looks_for_wool_finds_what_was_bought_and_handed_out_not_every_piece(workshop):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    passed = JournalEntry.objects.get(kind=Kind.PIECE_PASSED)
    assert passed.postings.filter(account__role="wool_members").exists(), "its wool is in it"
    reverse_entry(entry=passed, reason="wrong", day=DAY, actor=workshop.treasurer)

    for language, word in (("es", "lana"), ("en", "wool")):
        with translation.override(language):
            found = {one.kind for one in books.looking_for(books.entries(), word)}
        assert {Kind.WOOL_BOUGHT, Kind.WOOL_ISSUED} <= found
        assert not found & {Kind.PIECE_PASSED, Kind.REVERSAL}, language


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_word_of_every_sentence_finds_its_entry(workshop, language):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    pay(workshop, "8.00")

    every_word_finds_its_entry(language)


def test_the_name_of_a_woman_finds_nothing(workshop, phone):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    name = str(workshop.rosa.user).split()[0]

    page = phone(workshop.another().user).get("/m/book/", {"words": name}).content.decode()

    assert lines(page) == 0


def test_the_way_on_keeps_the_wish(workshop, phone):
    for number, piece in enumerate(workshop.brought(6)):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY + timedelta(days=number))
    client = phone(workshop.rosa.user)

    page = client.get("/m/book/?what=work").content.decode()

    [on] = [part.split('"')[0] for part in page.split('rel="next" href="')[1:]]
    assert "what=work" in on
    following = client.get(f"/m/book/{on.replace('&amp;', '&')}").content.decode()
    assert "una pieza aprobada" in following
    assert 'class="months"' not in following


def test_the_months_are_drawn_from_the_entries(workshop, phone, monkeypatch):
    monkeypatch.setattr(days, "today", lambda: DAY)

    page = phone(workshop.rosa.user).get("/m/book/").content.decode()

    assert 'class="month"' in page
    assert f'href="?month={DAY:%Y-%m}"' in page


def test_the_book_says_which_piece_it_was(workshop, phone):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    page = phone(workshop.rosa.user).get("/m/book/").content.decode()

    assert f"{piece.variant.design.name_es}: una pieza aprobada, y una socia ganó" in page


def test_a_design_is_found_in_either_language(workshop, phone):
    (piece,) = workshop.brought(1)
    design = piece.variant.design
    type(design).objects.filter(pk=design.pk).update(name_es="Cóndor", name_en="Vulture")
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    client = phone(workshop.rosa.user)

    for words in ("condor", "cóndores 8.00", "VULTURES"):
        page = client.get("/m/book/", {"words": words}).content.decode()
        assert "Cóndor: una pieza aprobada" in page, words
    assert lines(client.get("/m/book/", {"words": "vicuña"}).content.decode()) == 0


def test_a_month_is_drawn_as_a_hundred_stitches_each_part_with_its_voice(workshop, phone):
    for piece in workshop.brought(2):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    pay(workshop, "10.00")

    page = phone(workshop.rosa.user).get(f"/m/book/?month={DAY:%Y-%m}").content.decode()

    chart = page.split('class="hundred__chart"')[1].split("</svg>")[0]
    assert len(re.findall(r'class="stitch--\w+"', chart)) == 100
    shares = page.split('class="flow__swatch"')[1:]
    assert shares
    assert all("data-say=" in one.split("</li>")[0] for one in shares)
    assert page.index("hundred__chart") < page.index('class="flow"')


def test_a_number_is_an_entrys_only_where_it_is_written_as_one(workshop, phone):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    gather_block()
    number = JournalEntry.objects.get(kind="piece_passed").number
    client = phone(workshop.rosa.user)

    for words in (f"#{number}", f"No. {number}", f"n.º {number}", f"no {number}", "8"):
        page = client.get("/m/book/", {"words": words}).content.decode()
        assert "una pieza aprobada" in page, words
    for words in ("#8000", str(number), "8.01", "800"):
        page = client.get("/m/book/", {"words": words}).content.decode()
        assert "una pieza aprobada" not in page, words


@pytest.mark.parametrize("words", ["%", "'", "%%", "_%", "' or 1=1", "\\"])
def test_signs_find_nothing_special(workshop, phone, words):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    page = phone(workshop.rosa.user).get("/m/book/", {"words": words}).content.decode()
    assert lines(page) == 0


def test_words_match_from_their_beginning():
    assert says("Se recibió dinero", "recib")
    assert says("Los cóndores", "CONDOR")
    assert says("un recibo", "recibos")
    assert not says("Se recibió dinero", "recibos")
    assert not says("Se recibió dinero", "cibio")


def test_a_late_advance_is_found_by_what_it_was_for(workshop, phone, monkeypatch):
    late = Overdue("Rosa", "Stand en la feria de Puno", DAY, soles("80"))
    monkeypatch.setattr(queries, "overdue_advances", lambda names: [late])
    client = phone(workshop.rosa.user)

    assert late.what in client.get("/m/book/", {"words": "feria"}).content.decode()
    assert late.what not in client.get("/m/book/", {"words": "lana"}).content.decode()


def test_in_a_month_what_was_found_stands_above_the_charts(workshop, phone):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    pay(workshop, "8.00")
    client = phone(workshop.rosa.user)

    query = {"month": f"{DAY:%Y-%m}", "words": "pieza"}
    page = client.get("/m/book/", query).content.decode()
    assert page.index("story__one") < page.index("hundred__chart")


def test_the_chart_says_what_a_stitch_is_in_words_and_aloud(workshop, phone):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    pay(workshop, "8.00")

    page = phone(workshop.rosa.user).get(f"/m/book/?month={DAY:%Y-%m}").content.decode()

    told = "Cada punto es uno de cada cien soles que salieron."
    assert f">{told}<" in page
    assert f'data-words="A dónde se fue {told}"' in page
    assert 'data-words="En qué se pagó"' in page


def test_who_looks_for_words_is_led_to_what_was_found(workshop, phone):
    page = phone(workshop.rosa.user).get("/m/book/?words=lana").content.decode()

    assert 'role="search" action="#found"' in page
    assert page.index('id="found"') > page.index('role="search"')


def test_every_month_of_two_years_has_a_way_to_it(workshop, phone, monkeypatch):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    pay(workshop, "8.00")
    monkeypatch.setattr(days, "today", lambda: DAY + timedelta(days=600))
    client = phone(workshop.rosa.user)

    assert f'href="?month={DAY:%Y-%m}"' in client.get("/m/book/").content.decode()


def test_whoever_the_sentence_names_is_said_after_what_is_recorded(workshop, phone):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    name, design = str(workshop.rosa.user), piece.variant.design.name_es

    by_name = phone(workshop.treasurer).get("/m/book/?what=work").content.decode()
    by_order = phone(workshop.another().user).get("/m/book/?what=work").content.decode()

    assert f'data-besides="{name}, {design}"' in by_name
    assert f'data-besides="{design}"' in by_order
    assert name not in by_order


# Years, and an order -----------------------------------------------------------------------------
def in_the_box(*when: date) -> None:
    """Something came in on each of these days."""
    box, equity = books.account("cash"), books.account("opening_equity")
    post_entries(
        NewEntry(
            day,
            JournalEntry.Kind.OPENING,
            "",
            [debit(box, soles("5.00")), credit(equity, soles("5.00"))],
            f"year:{day}",
            None,
        )
        for day in when
    )


def test_months_beyond_two_years_are_reached_by_their_year(workshop, phone, monkeypatch):
    monkeypatch.setattr(days, "today", lambda: DAY)
    old = DAY.replace(year=DAY.year - 5, month=7)
    in_the_box(old, old.replace(month=9))
    client = phone(workshop.rosa.user)

    whole = client.get("/m/book/").content.decode()
    years = re.findall(r'href="\?year=(\d{4})"', whole)
    page = client.get(f"/m/book/?year={old.year}").content.decode()

    assert years == [f"{DAY.year - back}" for back in (2, 3, 4, 5)]
    assert re.findall(r'href="\?month=(\d{4}-\d\d)"', page) == [f"{old.year}-09", f"{old.year}-07"]
    assert lines(page) == 2
    month = client.get(f"/m/book/?month={old.year}-07").content.decode()
    assert lines(month) == 1


def test_young_books_offer_no_earlier_years(workshop, phone, monkeypatch):
    monkeypatch.setattr(days, "today", lambda: DAY)

    assert "?year=" not in phone(workshop.rosa.user).get("/m/book/").content.decode()


@pytest.mark.parametrize("query", ["year=20x6", "year=0000", "year=99999", "order=-1", "order=x"])
def test_a_year_or_an_order_that_makes_no_sense_is_no_wish(workshop, phone, query):
    client = phone(workshop.rosa.user)
    whole = lines(client.get("/m/book/").content.decode())

    assert lines(client.get(f"/m/book/?{query}").content.decode()) == whole


def test_a_year_and_an_order_of_which_there_is_nothing_say_so(workshop, phone):
    client = phone(workshop.rosa.user)

    told = {
        "year=1999": "En el libro no hay nada así.",
        "order=987654321&words=lana": "En el libro no hay nada así.",
        "order=987654321": "De este pedido no hay nada en el libro todavía: se anota cuando el",
    }
    for query, sentence in told.items():
        assert sentence in client.get(f"/m/book/?{query}").content.decode(), query
