"""Forgetting what was learned."""

from django.db import transaction

from coop.people.models import User
from ledger.bank.errors import ForgottenAlready
from ledger.bank.models import ForgottenRule, LearnedRule


@transaction.atomic
def forget_rule(*, rule: LearnedRule, actor: User, why: str = "") -> ForgottenRule:
    """Suggest nothing by this rule any more; who forgot it, and what it was, stays written.

    Whatever is confirmed later may teach it anew. Raises ForgottenAlready.
    """
    found = LearnedRule.objects.select_for_update().filter(pk=rule.pk).first()
    if found is None:
        raise ForgottenAlready
    kept = ForgottenRule.objects.create(
        account_id=found.account_id,
        words=found.words,
        is_in=found.is_in,
        kind=found.kind,
        other_id=found.other_id,
        times=found.times,
        helped=found.helped,
        learned_from_id=found.learned_from_id,
        by=actor,
        why=why.strip(),
    )
    found.delete()
    return kept
