"""Counting a cash box around one phone, and handing it over."""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from coop.kit.cash import has_loose_coins, kind_of, label_of, pieces_of
from coop.kit.errors import Refusal
from coop.people.models import User
from coop.portal.access import came_with_pin, check_it_is_she, screen
from coop.portal.standing import Standing
from coop.portal.views.other import Other, person_chosen
from ledger.cash import queries
from ledger.cash.models import Box, Count, HandingOver
from ledger.cash.models.counts import COLUMNS
from ledger.cash.models.handing import NOT_HERE
from ledger.cash.services import agree, ask_handing_over, count_box

#: So many women are shown to choose from.
MOST_PEOPLE = 80
COUNT = "cash.count_box"
READS = ["GET", "HEAD", "POST"]


def may_look(standing: Standing) -> bool:
    """Those of the Junta, whoever has a box or shall have one, and who had part in handing one over."""
    return standing.may_count or (not standing.has_left and queries.is_party(standing.user))


def counts(standing: Standing) -> bool:
    """Those of the Junta, and whoever has a box now."""
    return standing.may_count


@require_safe
@screen(may_look)
def boxes(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The boxes, each with whom it is, and what waits around them."""
    is_of_junta = standing.user.has_perm(COUNT)
    hers = [one for one in queries.boxes() if _is_open_to(standing, one.holding.holder_id)]
    open_ones = queries.open_handings() if is_of_junta else queries.handings_of(standing.user)
    handings = list(open_ones[:20])
    signed = queries.signed_by(standing.user, handings)
    context = {
        "standing": standing,
        "boxes": hers,
        "counts": queries.waiting_counts() if is_of_junta else [],
        "handings": [(one, one.pk in signed) for one in handings],
    }
    return render(request, "portal/count.html", context)


def _is_open_to(standing: Standing, holder_id: int) -> bool:
    return standing.user.has_perm(COUNT) or holder_id == standing.user.pk


@dataclass(frozen=True)
class Pile:
    """One kind of note or coin on the form, with how many were typed."""

    worth: int
    number: str
    currency: str

    @property
    def column(self) -> str:
        """The name of its field."""
        return COLUMNS[self.worth]

    @property
    def kind(self) -> str:
        """Its picture."""
        return kind_of(self.worth, self.currency)

    @property
    def label(self) -> str:
        """What stands on it."""
        return label_of(self.worth)


@require_http_methods(READS)
@screen(counts)
def box(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """How many of each; the sum stands below while one counts. What the books say comes after."""
    found = get_object_or_404(Box.objects.select_related("account"), pk=pk)
    code = found.account.currency
    sentence = ""
    if request.method == "POST":
        check_it_is_she(request, standing)
        try:
            count = count_box(
                box=found,
                numbers={worth: _number(request, COLUMNS[worth]) for worth in pieces_of(code)},
                other_minor=_number(request, "other"),
                counter=standing.user,
                reference=f"count:{request.POST.get('form_key', '')[:60]}",
            )
            return redirect("portal:counted", count.pk)
        except Refusal as refusal:
            sentence = str(refusal)
        except ValueError:
            sentence = _("Count how many there are: a whole number, zero or more.")
    context = {
        "standing": standing,
        "box": found,
        "piles": [
            Pile(worth, request.POST.get(COLUMNS[worth], ""), code) for worth in pieces_of(code)
        ],
        "has_loose_coins": has_loose_coins(code),
        "other": request.POST.get("other", ""),
        "form_key": request.POST.get("form_key") or uuid4(),
        "sentence": sentence,
    }
    return render(request, "portal/count_box.html", context)


def _number(request: HttpRequest, name: str) -> int:
    """Raises ValueError for what is no whole number, or longer than any."""
    typed = request.POST.get(name, "").strip()
    if len(typed) > 9:
        raise ValueError(name)
    return int(typed or 0)


@require_http_methods(READS)
@sensitive_post_parameters("pin")
@screen(counts)
def counted(request: HttpRequest, standing: Standing, pk: int) -> HttpResponse:
    """What was counted beside the books; a second says the same; then it may change hands."""
    rows = Count.objects.select_related(
        "box__account", "counter__pin_card", "agreement__person__pin_card"
    )
    count = get_object_or_404(rows, pk=pk)
    second = Other.of(request, "with", standing)
    if request.method == "POST" and not second.goes_on(request):
        check_it_is_she(request, standing)
        try:
            return _done(request, standing, count, second)
        except Refusal as refusal:
            second.refuse(refusal)
    people = [] if second.person else _others()
    handing = HandingOver.objects.filter(count=count).first()
    holding = count.box.holdings.select_related("holder").order_by("-number").first()
    context = {
        "standing": standing,
        "count": count,
        "agreement": getattr(count, "agreement", None),
        "holding": holding,
        "handing": handing,
        "end": queries.end_of(handing),
        "second": second.person,
        "other": second,
        "is_herself": count.counter_id != standing.user.pk,
        "receivers": "to" in request.GET,
        "receiver": person_chosen(request, "to"),
        "people": people,
        "receiving": [one for one in people if holding is None or one.pk != holding.holder_id],
        "is_from_office": not came_with_pin(request),
        "sentence": second.sentence,
    }
    return render(request, "portal/counted.html", context)


def _done(request: HttpRequest, standing: Standing, count: Count, second: Other) -> HttpResponse:
    if (receiver := person_chosen(request, "to")) is not None:
        absence = NOT_HERE if "absent" in request.POST else ""
        handing = ask_handing_over(
            count=count, receiver=receiver, actor=standing.user, absence=absence
        )
        return redirect("portal:hand-box", handing.pk)
    agree(
        count=count,
        person=second.person or standing.user,
        actor=standing.user,
        drawing=second.drawing,
        typed=second.typed_pin(request),
    )
    messages.success(request, _("Two have counted it. It is in the books."))
    return redirect("portal:counted", count.pk)


def _others() -> list[User]:
    """Who may be chosen: those of the Junta first, then every woman of the house."""
    of_junta = User.objects.filter(pk=OuterRef("pk"), groups__permissions__codename="count_box")
    people = queries.people_at_hand().annotate(is_of_junta=Exists(of_junta))
    return list(people.order_by("-is_of_junta", *people.query.order_by)[:MOST_PEOPLE])
