"""What must always hold in production. Source: design, 5, 7 and 9."""

from collections.abc import Iterator

from django.db import models
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from catalog.models import Piece
from coop.kit.audit import Amount, finding, invariant, word
from coop.members.models import Member
from coop.quotas.models import Capacity
from ledger.models import JournalEntry, Payment, Posting
from orders.production.accounting import passed_reference
from orders.production.models import Assignment, DayWish, Inspection, WorkOrder

Status = Assignment.Status
#: Offered, taken or done: the hours are promised, and the pieces are counted.
STANDING = (Status.OFFERED, Status.TAKEN, Status.DONE)
HERE = (Piece.Place.STORE, Piece.Place.CONSIGNED, Piece.Place.SOLD, Piece.Place.LOST)


def _sum(rows: QuerySet, of: str, *by: str) -> Coalesce:
    """The sum of a column over the rows that belong to the outer one."""
    grouped = rows.order_by().values(*by).annotate(total=Sum(of)).values("total")
    return Coalesce(Subquery(grouped, output_field=models.BigIntegerField()), 0)


@invariant(
    5, _("Hours promised in a month are those of the work she has, and within what she offers")
)
def promised_hours() -> Iterator[str]:
    hers = Assignment.objects.filter(
        member=OuterRef("member"), month=OuterRef("month"), status__in=STANDING
    )
    wrong = (
        Capacity.objects.annotate(standing=_sum(hers, "promised_minutes", "member", "month"))
        .filter(~Q(promised_minutes=F("standing")) | Q(standing__gt=F("offered_minutes")))
        .select_related("member")
    )
    for row in wrong:
        yield finding(
            "{code} {month}: {promised} minutes promised, {standing} in her work, {offered} offered",
            code=row.member.code,
            month=f"{row.month:%Y-%m}",
            promised=row.promised_minutes,
            standing=row.standing,
            offered=row.offered_minutes,
        )
    known = Capacity.objects.filter(member=OuterRef("member"), month=OuterRef("month"))
    homeless = Assignment.objects.filter(~models.Exists(known), status__in=STANDING)
    for assignment in homeless.select_related("member"):
        yield finding(
            "assignment {key}: {code} offers no hours that month",
            key=assignment.pk,
            code=assignment.member.code,
        )


@invariant(5, _("Work orders count what their assignments say"))
def orders_agree_with_assignments() -> Iterator[str]:
    mine = Assignment.objects.filter(work_order=OuterRef("pk"), status__in=STANDING)
    wrong = WorkOrder.objects.annotate(
        given=_sum(mine, "quantity", "work_order"), good=_sum(mine, "passed", "work_order")
    ).filter(~Q(assigned=F("given")) | ~Q(passed=F("good")))
    for order in wrong:
        yield finding(
            "work order {key}: {assigned} assigned and {passed} passed; the work given out says"
            " {given} and {good}",
            key=order.pk,
            assigned=order.assigned,
            passed=order.passed,
            given=order.given,
            good=order.good,
        )


@invariant(5, _("Assignments count the pieces that were brought and passed"))
def assignments_agree_with_pieces() -> Iterator[str]:
    source = Concat(
        models.Value("assignment:"),
        Cast(OuterRef("pk"), models.CharField()),
        output_field=models.CharField(),
    )
    mine = Piece.objects.filter(source=source, maker=OuterRef("member")).order_by()
    brought = mine.values("source").annotate(n=Count("pk")).values("n")
    good = mine.filter(place__in=HERE).values("source").annotate(n=Count("pk")).values("n")
    wrong = Assignment.objects.annotate(
        brought=Coalesce(Subquery(brought, output_field=models.IntegerField()), 0),
        good=Coalesce(Subquery(good, output_field=models.IntegerField()), 0),
    ).filter(~Q(delivered=F("brought")) | ~Q(passed=F("good")))
    for row in wrong:
        yield finding(
            "assignment {key}: {delivered} brought and {passed} passed; the pieces say {brought}"
            " and {good}",
            key=row.pk,
            delivered=row.delivered,
            passed=row.passed,
            brought=row.brought,
            good=row.good,
        )


@invariant(
    5, _("A later day is asked for only while the work is offered; once granted, it is hers")
)
def wishes_fit_their_work() -> Iterator[str]:
    loose = Q(status=DayWish.Status.WAITING) & ~Q(assignment__status=Status.OFFERED)
    lost = Q(status=DayWish.Status.GRANTED, assignment__rate_minor__isnull=True)
    for wish in DayWish.objects.filter(loose | lost).select_related("assignment__member"):
        yield finding(
            "wish {key} of {code} is “{status}”, and its work is “{work}”",
            key=wish.pk,
            code=wish.assignment.member.code,
            status=word(DayWish.Status, wish.status),
            work=word(Status, wish.assignment.status),
        )


@invariant(7, _("Every posting on a member's account leads to its event"))
def member_postings_lead_to_events() -> Iterator[str]:
    hers = Posting.objects.filter(account__member__isnull=False).select_related(
        "entry", "account__member"
    )
    unpaid = hers.filter(entry__kind__in=Payment.KINDS, side="debit", entry__payment=None)
    for posting in unpaid.filter(entry__kind=JournalEntry.Kind.MEMBER_PAID):
        yield finding(
            "entry {number}: a payment to {code} without one",
            number=posting.entry.number or posting.entry.reference,
            code=posting.account.member.code,
        )
    passed = {
        (f"piece:{row.piece_id}:passed", row.assignment.member_id, row.assignment.rate_minor)
        for row in Inspection.objects.filter(outcome=Inspection.Outcome.PASSED).select_related(
            "assignment"
        )
    }
    for posting in hers.filter(entry__kind=JournalEntry.Kind.PIECE_PASSED).iterator(2000):
        key = (posting.entry.reference, posting.account.member.pk, posting.amount_minor)
        if posting.side != Posting.Side.CREDIT or key not in passed:
            yield finding(
                "entry {number}: no piece of {code} passed at {amount}",
                number=posting.entry.number or posting.entry.reference,
                code=posting.account.member.code,
                amount=Amount(posting.amount_minor),
            )


@invariant(7, _("Every passed piece was paid once, at its rate, and its cost is pay and wool"))
def passed_pieces_are_paid() -> Iterator[str]:
    rows = Inspection.objects.filter(outcome=Inspection.Outcome.PASSED).select_related(
        "piece", "assignment__member"
    )
    debits = dict(
        Posting.objects.filter(
            entry__kind=JournalEntry.Kind.PIECE_PASSED, side=Posting.Side.DEBIT
        ).values_list("entry__reference", "amount_minor")
    )
    for row in rows.iterator(2000):
        cost = debits.get(passed_reference(row.piece_id))
        if cost is None:
            yield finding(
                "piece {piece}: passed, and {code} was not credited",
                piece=row.piece,
                code=row.assignment.member.code,
            )
        elif cost != row.piece.cost_minor:
            yield finding(
                "piece {piece}: costs {cost}, and the books say {booked}",
                piece=row.piece,
                cost=Amount(row.piece.cost_minor),
                booked=Amount(cost),
            )


@invariant(9, _("Honorary members are given no work"))
def honorary_members_have_no_work() -> Iterator[str]:
    rows = Assignment.objects.filter(member__kind=Member.Kind.HONORARY).select_related("member")
    for row in rows:
        yield finding(
            "assignment {key}: {code} is an honorary member", key=row.pk, code=row.member.code
        )
