"""Template words that every page knows (a builtin library)."""

from django import template
from djmoney.money import Money

from coop.kit import money

register = template.Library()


@register.filter
def price(amount: Money | None) -> str:
    """`{{ order.total|price }}`: S/ 1,240.00; nothing for no amount."""
    return "" if amount is None else money.format_money(amount)


@register.filter
def from_minor(amount_minor: int, currency: str = "") -> Money:
    """`{{ row.amount_minor|from_minor:row.currency|price }}`."""
    return money.from_minor(amount_minor, currency or None)


@register.filter
def kilos(grams: int) -> str:
    """Grams as people say them: 400 g, 2.5 kg."""
    if grams < 1000:
        return f"{grams}\u00a0g"
    return f"{grams / 1000:.3f}".rstrip("0").rstrip(".") + "\u00a0kg"


@register.filter
def hours(minutes: int) -> str:
    """Minutes as hours and minutes: 6 h, 1 h 30 min, 45 min."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole}\u00a0h"] if whole else []
    if rest or not whole:
        parts.append(f"{rest}\u00a0min")
    return " ".join(parts)
