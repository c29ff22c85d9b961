"""Was she paid wrong? She asks with one touch, the treasurer answers in words."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from coop.members.models import Member
from coop.people.models import User
from coop.portal.errors import (
    AnsweredAlready,
    EarnsNothing,
    NotHerWork,
    NothingAnswered,
    OwnQuestion,
)
from coop.portal.models import PayQuestion
from orders.production.models import Assignment


def ask_about_pay(
    *, member: Member, what: str, assignment: Assignment | None = None
) -> PayQuestion:
    """Write her question down; asked again while one waits, it is that one.

    `assignment` is the work of which a piece is missing, where she pointed at it.
    Raises EarnsNothing for an honorary member, NotHerWork for another's work, ValueError for
    something that cannot be asked.
    """
    if member.account_id is None:
        raise EarnsNothing
    if assignment is not None and assignment.member_id != member.pk:
        raise NotHerWork
    asked = {"what": PayQuestion.What(what), "assignment": assignment}
    try:
        with transaction.atomic():
            return PayQuestion.objects.create(member=member, **asked)
    except IntegrityError:
        return PayQuestion.objects.get(member=member, answered_at=None)


@transaction.atomic
def answer_pay_question(*, question: PayQuestion, answer: str, actor: User) -> PayQuestion:
    """What the treasurer found. Raises NothingAnswered, AnsweredAlready or OwnQuestion."""
    waiting = (
        PayQuestion.objects.select_for_update(of=("self",))
        .select_related("member")
        .get(pk=question.pk)
    )
    if not answer.strip():
        raise NothingAnswered
    if waiting.is_answered:
        raise AnsweredAlready
    if waiting.member.user_id == actor.pk:
        raise OwnQuestion
    waiting.answer, waiting.answered_by = answer.strip(), actor
    waiting.answered_at = timezone.now()
    waiting.save(update_fields=["answer", "answered_by", "answered_at"])
    return waiting
