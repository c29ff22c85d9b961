"""Template words of production's pages."""

from django import template

from orders.production import sentences

register = template.Library()


@register.simple_tag
def work_why(why: str) -> str:
    """`{% work_why row.why %}`: why she was asked, for the office."""
    return sentences.explain(why)
