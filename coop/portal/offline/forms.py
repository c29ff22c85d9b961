"""The shape of what a phone tells."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone

from coop.portal.offline.services import Word


class WordForm(forms.Form):
    """One thing told. `whose` is the name of the outbox it lay in (`seals.name_of`)."""

    key = forms.UUIDField()
    whose = forms.CharField(max_length=40)
    act = forms.CharField(max_length=20)
    number = forms.IntegerField(min_value=1, max_value=2**62)
    seen = forms.CharField(max_length=400)
    value = forms.CharField(max_length=10, required=False)
    told_at = forms.IntegerField(min_value=0, max_value=2**52, help_text="ms since 1970")
    late = forms.BooleanField(required=False)

    def word(self) -> Word:
        """What it says. The phone's clock may be wrong, but nothing is told in the future."""
        said: dict[str, Any] = self.cleaned_data
        told_at = min(_moment(said["told_at"]), timezone.now())
        return Word(
            said["key"],
            said["act"],
            said["number"],
            said["seen"],
            told_at,
            is_late=said["late"],
            value=said["value"],
        )


def _moment(milliseconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    except (OverflowError, ValueError):
        return timezone.now()
