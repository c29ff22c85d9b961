"""Production's pages in the office. The store has a phone: each is usable on a small screen."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from coop.kit.office import Crumb

READ, ASSIGN = "production.read_work", "production.assign_work"
RECEIVE, CHECK = "production.receive_pieces", "production.check_pieces"
ISSUE = "wool.issue_wool"
ANY = (READ, ASSIGN, RECEIVE, CHECK)
#: Who may write down what a member says who stands before her.
ANSWER = (ASSIGN, ISSUE)
ICON = "knitting"


def tabs(request: HttpRequest, here: str) -> list[dict[str, object]]:
    """The pages that belong together, as far as they are for this person; one of them open."""
    pages: list[tuple[str, str, tuple[str, ...]]] = [
        ("orders", _("Work"), ANY),
        ("share-out", _("Share out"), (ASSIGN,)),
        ("answers", _("Answers"), ANSWER),
        ("wool", _("Wool to hand out"), (ISSUE,)),
        ("deliveries", _("What comes in"), (RECEIVE,)),
        ("check", _("To check"), (CHECK,)),
    ]
    return [
        {"label": label, "url": reverse(f"production_office:{name}"), "is_here": name == here}
        for name, label, permissions in pages
        if any(request.user.has_perm(one) for one in permissions)
    ]


def trail(*more: Crumb) -> list[Crumb]:
    """From the list of work to here."""
    return [(_("Work"), reverse("production_office:orders")), *more]
