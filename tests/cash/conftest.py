"""A cash box with money in it, and people around it."""

from dataclasses import dataclass

import pytest

from coop.people.models import User
from ledger.cash.models import Box, Count
from ledger.cash.services import agree, count_box, open_box
from tests.factories.ledger import DAY, Books, person


@dataclass
class Around:
    """The box of S/ 100, with Tomasa; Petra and Silvia count too; Marta is a member."""

    books: Books
    box: Box
    marta: User

    def count(self, *, notes: int = 5, **changes) -> Count:
        """Notes of S/ 20, counted by Tomasa."""
        values = {
            "box": self.box,
            "numbers": {2000: notes},
            "counter": self.books.treasurer,
            "on": DAY,
            "reference": self.books.next_reference(),
        }
        return count_box(**(values | changes))

    def counted(self, **changes) -> Count:
        """And Petra saw the same."""
        count = self.count(**changes)
        return agree(count=count, person=self.books.president, actor=self.books.president)


@pytest.fixture
def around(new_books: Books) -> Around:
    return box_with_people(new_books)


def box_with_people(new_books: Books) -> Around:
    """In these books, from the first day on."""
    new_books.put_in_cash("100")
    box = open_box(
        account=new_books.account("cash"),
        holder=new_books.treasurer,
        actor=new_books.treasurer,
        on=DAY,
    )
    return Around(new_books, box, person("Marta", "member"))
