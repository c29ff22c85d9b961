"""The month, told at the end of one of its steps."""

from typing import Any

from django import template

from ledger.month_steps import month_at_hand, next_step, steps_of
from ledger.office import WRITE

register = template.Library()


@register.inclusion_tag("ledger/office/month_next.html", takes_context=True)
def month_next(context: dict[str, Any]) -> dict[str, Any]:
    """`{% month_next %}`: which step of the month comes now, for whoever writes the books."""
    if not context["request"].user.has_perm(WRITE):
        return {}
    month = month_at_hand()
    steps = steps_of(month)
    done = sum(one.is_done for one in steps)
    return {"month": month, "step": next_step(steps), "done": done, "all": len(steps)}
