"""The wool in her hands, and the book that is open to all."""

from coop.members.services import appoint
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

    assert page.count('class="story__one"') >= 4
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


def test_the_book_comes_in_pages(workshop, phone):
    for piece in workshop.brought(25):
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    client = phone(workshop.rosa.user)

    first = client.get("/m/book/").content.decode()

    assert first.count('class="story__one"') == 20
    assert 'rel="next"' in first
    assert 'class="ours"' in first
    assert 'class="ours"' not in client.get("/m/book/?page=2").content.decode()


def test_the_book_costs_the_same_for_one_piece_and_for_three(
    workshop, phone, django_assert_max_num_queries
):
    client = phone(workshop.rosa.user)
    pieces = workshop.brought(4)
    pass_piece(piece=pieces[0], checker=workshop.checker, on=DAY)
    with django_assert_max_num_queries(16) as one:
        client.get("/m/book/")
    for piece in pieces[1:]:
        pass_piece(piece=piece, checker=workshop.checker, on=DAY)
    with django_assert_max_num_queries(len(one)):
        client.get("/m/book/")
