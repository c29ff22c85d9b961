"""Template words of the books' pages."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """`{{ totals|at:kind }}`: the value under a key."""
    return values.get(key)
