"""The wool in her hands, and the book that is open to all."""

from datetime import timedelta

from coop.members.services import appoint
from ledger.queries.words import _TOLD_ONE_BY_ONE, SENTENCES, SEVERAL
from orders.production.services import pass_piece
from tests.factories.ledger import DAY


def test_she_sees_her_wool_by_colour(workshop, phone):
    workshop.issue(workshop.red, 120)
    workshop.issue(workshop.lot(grams=500, colour_key="indigo"), 45)
    workshop.issue(workshop.lot(grams=500), 30)

    page = phone(workshop.rosa.user).get("/m/wool/").content.decode()

    assert "<b>150</b> g" in page
    assert "<b>45</b> g" in page
    assert "195\xa0g" in page
    assert page.count('class="ball"') == 2
    assert 'fill="#9C1A3A"' in page


def test_she_sees_nobody_elses_wool(workshop, phone):
    workshop.issue(workshop.red, 120)

    page = phone(workshop.another().user).get("/m/wool/").content.decode()

    assert "<b>120</b> g" not in page
    assert 'class="nothing"' in page


def test_the_book_tells_every_entry_in_a_sentence(workshop, phone):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    page = phone(workshop.rosa.user).get("/m/book/").content.decode()

    assert page.count("story__one") >= 3
    assert "S/\xa08.00" in page


def test_the_book_names_no_member_to_a_member(workshop, phone):
    """Others' pay by order, not by name, as long as the assembly decides nothing else."""
    other = workshop.another("Basilia Quispe")
    (piece,) = workshop.brought(1, who=other)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    page = phone(workshop.rosa.user).get("/m/book/").content.decode()

    for word in (other.name, other.code, str(other.user)):
        assert word not in page


def test_the_junta_reads_names(workshop, phone):
    (piece,) = workshop.brought(1)
    pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    reader = workshop.another()
    appoint(member=reader, post="president", from_on=DAY, actor=workshop.secretary)

    page = phone(reader.user).get("/m/book/").content.decode()

    assert str(workshop.rosa.user) in page


def test_alike_entries_of_a_day_are_one_line_that_adds_them_up(workshop, phone):
    for piece in workshop.brought(25):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    page = phone(workshop.rosa.user).get("/m/book/").content.decode()

    [line] = [one for one in page.split('class="lot"') if "piezas aprobadas" in one]
    assert '"entry__count">25<' in line
    assert "S/\xa0200.00" in line.split("</summary>")[0]
    assert line.count("S/\xa08.00") == 25


def test_the_book_is_read_by_days_the_newest_first(workshop, phone):
    for number, piece in enumerate(workshop.brought(6)):
        day = DAY + timedelta(days=number)
        pass_piece(piece=piece, checker=workshop.checker, on=day)
    client = phone(workshop.rosa.user)

    first = client.get("/m/book/").content.decode()
    rest = f"?from={DAY + timedelta(days=1)}"
    second = client.get(f"/m/book/{rest}").content.decode()

    assert first.count('class="dayhead"') == 4
    assert f'href="{rest}"' in first
    assert 'class="ours"' in first
    assert 'class="ours"' not in second
    assert second.count('class="dayhead"') >= 2


def test_the_book_costs_the_same_for_one_piece_and_for_three(
    workshop, phone, django_assert_max_num_queries
):
    client = phone(workshop.rosa.user)
    pieces = workshop.brought(4)
    pass_piece(piece=pieces[0], checker=workshop.checker, on=DAY)
    with django_assert_max_num_queries(31) as one:
        client.get("/m/book/")
    for piece in pieces[1:]:
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    with django_assert_max_num_queries(len(one)):
        client.get("/m/book/")


def test_several_alike_entries_are_counted_in_words_that_can_be_read_and_heard(workshop, phone):
    for piece in workshop.brought(3):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)

    page = phone(workshop.rosa.user).get("/m/book/").content.decode()

    assert '<b class="entry__count">3</b> piezas aprobadas<br>' in page
    assert 'data-words="tres piezas aprobadas' in page


def test_whatever_the_book_adds_up_has_a_word_for_several():
    assert set(SENTENCES) - set(SEVERAL) == _TOLD_ONE_BY_ONE
