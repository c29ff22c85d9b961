"""The line for the minute book: what a hand may get wrong is found, and where."""

import itertools

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import Miscopied
from ledger.models import Block
from ledger.queries import changes, told_changes
from ledger.root_line import (
    GROUPS,
    RootLine,
    check_digit,
    first_difference,
    groups_of,
    line_of,
    read_line,
)
from ledger.services import gather_block, void_payment
from tests.factories.ledger import DAY, Books
from tests.ledger.behind import rules_off, run


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


LINE = RootLine(37, 1250, DAY, groups_of("ab" * 32))


def test_the_line_is_short_and_reads_back():
    assert LINE.text == (
        "Block 37, entries up to 1250, 2026-03-10: " + " ".join(LINE.checked) + f" = {LINE.sum}"
    )
    assert len(LINE.text) < 110
    assert read_line(LINE.text) == LINE
    assert read_line(LINE.text.replace("-X", "-x").replace(" = ", "  =  ")) == LINE


def test_the_check_digit_is_computed_by_hand():
    """5·4 + 4·8 + 3·2 + 2·1 = 60; 6 are missing to 66, which is 6 times 11."""
    assert check_digit("4821") == "6"
    assert check_digit("0000") == "0"
    assert check_digit("0005") == "1"
    assert check_digit("0006") == "X"


@given(
    group=st.integers(0, 9999).map("{:04d}".format), at=st.integers(0, 3), other=st.integers(1, 9)
)
def test_every_miscopied_digit_is_found(group: str, at: int, other: int):
    wrong = group[:at] + str((int(group[at]) + other) % 10) + group[at + 1 :]
    assert check_digit(wrong) != check_digit(group)


def test_two_digits_that_changed_places_are_found():
    for number in range(10_000):
        group = f"{number:04d}"
        for a, b in itertools.combinations(range(4), 2):
            swapped = list(group)
            swapped[a], swapped[b] = swapped[b], swapped[a]
            if swapped != list(group):
                assert check_digit("".join(swapped)) != check_digit(group)


def test_the_miscopied_group_is_named():
    wrong = str((int(LINE.groups[4][0]) + 1) % 10) + LINE.groups[4][1:]
    with pytest.raises(Miscopied, match="group 5"):
        read_line(LINE.text.replace(f" {LINE.groups[4]}-", f" {wrong}-"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("37", "38"), "last number"),
        (lambda text: text.replace("1250", "1251"), "last number"),
        (lambda text: text.replace("2026-03-10", "2026-03-11"), "last number"),
        (lambda text: text.replace("2026-03-10", "2026-13-10"), "no such day"),
        (lambda text: text.replace(f" = {LINE.sum}", ""), "last number"),
        (lambda text: text.replace(f" {LINE.checked[0]}", ""), "8 groups"),
        (lambda text: text.split(":")[1], "cannot be read"),
        (lambda text: "", "cannot be read"),
        (lambda text: "9" * 5000, "cannot be read"),
    ],
)
def test_what_else_was_miscopied_is_said(change, said: str):
    with pytest.raises(Miscopied, match=said):
        read_line(change(LINE.text))


def _spread(text: str) -> str:
    """As somebody types it off the paper: a space after every sign of the groups, lines ended."""
    head, groups = text.split(": ")
    return f"{head.replace(', ', chr(10))} :\n {' '.join(groups)}\n"


SAME = [
    lambda text: text,
    _spread,
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace(" ", "   "),
    lambda text: text.replace("-", " - "),
    lambda text: text.replace("-", "–"),
    lambda text: text.split(": ")[0] + ": " + text.split(": ")[1].replace(" ", ""),
    lambda text: text.split(": ")[0] + ": " + text.split(": ")[1].replace("-", ""),
    lambda text: text.replace("X", "x"),
    lambda text: f"\t{text}\r\n",
]


@pytest.mark.parametrize("typed", SAME)
def test_spaces_ends_of_lines_and_dashes_do_not_make_another_line(typed):
    assert read_line(typed(LINE.text)) == LINE
    assert first_difference(typed(LINE.text), LINE) == ""


OTHER = [
    (lambda text: text.replace("37", "38"), "block"),
    (lambda text: text.replace("1250", "1251"), "head"),
    (lambda text: text.replace("2026-03-10", "2026-03-11"), "head"),
    (lambda text: text.replace(f" = {LINE.sum}", " = 99"), "end"),
    (lambda text: text.replace(LINE.checked[2], "0000-0"), "group 3"),
    (lambda text: text.replace(f" {LINE.checked[8]}", ""), "group 9"),
    (lambda text: "", "group 1"),
    (lambda text: "nothing", "group 1"),
    (lambda text: text.split(": ")[1], ""),
    (lambda text: text.split(": ")[1].split("=")[0], ""),
]


@pytest.mark.parametrize(("change", "where"), OTHER)
def test_where_a_copied_line_is_another_is_said(change, where: str):
    assert first_difference(change(LINE.text), LINE) == where


def test_groups_that_changed_places_are_found():
    for a, b in itertools.combinations(range(GROUPS), 2):
        groups = list(LINE.groups)
        groups[a], groups[b] = groups[b], groups[a]
        assert (
            RootLine(37, 1250, DAY, tuple(groups)).sum != LINE.sum
            or LINE.groups[a] == LINE.groups[b]
        )


@pytest.mark.django_db
def test_the_office_offers_the_newest_line_and_compares_a_copied_one(client, books: Books):
    books.treasurer.language = "en"
    books.treasurer.save()
    client.force_login(books.treasurer)
    address = reverse("ledger_office:seals")
    assert "Nothing is sealed" in client.get(address).content.decode()
    books.put_in_cash("1")
    line = line_of(gather_block())
    page = client.get(address).content.decode()
    assert all(f"<span>{one}</span>" in page for one in line.checked)

    assert "The line is the same" in client.get(address, {"line": line.text}).content.decode()
    miscopied = line.text.replace(line.checked[0], "1111-9")
    assert "group 1 is miscopied" in client.get(address, {"line": miscopied}).content.decode()
    unknown = RootLine(9, 1, DAY, line.groups).text
    assert "no block 9" in client.get(address, {"line": unknown}).content.decode()
    with rules_off():
        run("UPDATE ledger_block SET root = %s", "1" * 64)
        assert "another line now" in client.get(address, {"line": line.text}).content.decode()
    assert Block.objects.count() == 1


@pytest.mark.django_db
def test_what_was_changed_is_told_with_before_and_after(client, books: Books):
    account = books.account("rent")
    account.name_es = "Alquiler nuevo"
    account.save()
    client.force_login(books.president)
    page = client.get(reverse("ledger_office:changes")).content.decode()
    assert "Alquiler nuevo" in page
    assert "nombre en español" in page
    assert account.code in page


@pytest.mark.django_db
def test_what_was_changed_is_told_by_words_and_not_by_columns(client, books: Books):
    books.earned("20")
    payment = books.request("5")
    void_payment(payment=payment, actor=books.president, reason="Twice.")
    with translation.override("es"):
        [told] = [
            one for one in told_changes(list(changes())) if one.trace.table == "ledger_payment"
        ]
    assert ("estado", "Espera firmas", "No se pagó") in told.columns
