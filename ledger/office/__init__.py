"""The treasurer's pages in the office."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.kit.office import Crumb
from coop.people.models import User

READ, WRITE = "ledger.read_books", "ledger.write_books"
ASK, SIGN = "ledger.request_payment", "ledger.sign_payment"

Tab = dict[str, object]


def _tabs(pages: list[tuple[str, str]], here: str) -> list[Tab]:
    return [
        {"label": label, "url": reverse(_named(name)), "is_here": name == here}
        for name, label in pages
    ]


def _named(name: str) -> str:
    """A page of the core by its short name, one of another part of the ledger by its whole."""
    return name if ":" in name else f"ledger_office:{name}"


def book_tabs(here: str) -> list[Tab]:
    """The pages of the books, one of them open."""
    pages = [
        ("accounts", _("Accounts")),
        ("journal", _("Journal")),
        ("month", _("The month")),
        ("trial", _("Trial balance")),
        ("rates", _("Exchange rates")),
        ("grants", _("Grants")),
        ("result", _("Result and funds")),
        ("periods", _("Closed days")),
        ("audit", _("Audit")),
        ("seals", _("Seals")),
    ]
    return _tabs(pages, here)


def payment_tabs(here: str) -> list[Tab]:
    """The pages of paying, one of them open."""
    pages = [
        ("waiting", _("To sign and pay")),
        ("owed", _("Owed to members")),
        ("payments", _("All payments")),
        ("cash_office:boxes", _("Cash boxes")),
        ("cash_office:advances", _("Advances")),
    ]
    return _tabs(pages, here)


def books_trail(*more: Crumb) -> list[Crumb]:
    """From the accounts to here."""
    return [(_("Books"), reverse("ledger_office:accounts")), *more]


def payments_trail(*more: Crumb) -> list[Crumb]:
    """From the payments to here."""
    return [(_("Payments"), reverse("ledger_office:waiting")), *more]


def me(request: HttpRequest) -> User:
    """Who is at work: behind `requires` there is always somebody."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def may(request: HttpRequest) -> dict[str, Any]:
    """What this person may do, for the templates."""
    rights = {"may_write": WRITE, "may_ask": ASK, "may_sign": SIGN}
    return {name: request.user.has_perm(right) for name, right in rights.items()}
