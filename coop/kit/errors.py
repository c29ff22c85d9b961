"""What the house says when it does not do something."""

from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise


class Refusal(Exception):
    """A service will not do this. Its text is for people: what is wrong and what to do.

    Each app has one base class that derives from this. `status` is the HTTP status for a
    program that asked; a page with the sentence on it answers 200, as a form with something to
    change does.
    """

    status = 409
    message: str | Promise = ""

    def __init__(self, message: str | Promise | None = None, **facts: object) -> None:
        self.facts = facts
        text = str(self.message if message is None else message)
        told = {name: _as_told(fact) for name, fact in facts.items()}
        super().__init__(text.format(**told) if told else text)


def _as_told(fact: object) -> object:
    """A day as its reader writes days; all else as it is."""
    return date_format(fact, "DATE_FORMAT") if isinstance(fact, date) else fact
