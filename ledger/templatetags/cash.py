"""Template words of what is handed over."""

from django import template
from django.utils.safestring import SafeString

from coop.kit import strokes

register = template.Library()


@register.simple_tag
def drawn(text: str, label: str) -> SafeString:
    """`{% drawn handing.drawing "Rosa" %}`: what somebody drew on the screen."""
    return strokes.picture(text, label)
