"""The table of skills and hours as one form: a select for each level, a box for the hours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coop.kit.office import OfficeForm
from coop.members.models import Member
from coop.quotas.models import Skill, Technique
from coop.quotas.queries import Row

_LEVELS = [(0, "–"), *Skill.Level.choices]


@dataclass(frozen=True)
class SkillChange:
    """A level that was changed in the table."""

    member: Member
    technique: Technique
    level: int
    field: str


@dataclass(frozen=True)
class HoursChange:
    """Hours that were changed in the table."""

    member: Member
    minutes: int
    field: str


class TableForm(OfficeForm):
    """Rows of members; only what is changed is written."""

    def __init__(
        self, *args: Any, rows: Sequence[Row], techniques: Sequence[Technique], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.techniques = rows, techniques
        for row in rows:
            for technique in techniques:
                self.fields[_level(row.member, technique)] = forms.TypedChoiceField(
                    label=f"{row.member.name}: {technique}",
                    choices=_LEVELS,
                    coerce=int,
                    initial=row.levels.get(technique.pk, 0),
                )
            self.fields[_hours(row.member)] = forms.DecimalField(
                label=_("Hours of %(member)s") % {"member": row.member.name},
                initial=_as_hours(row.offered_minutes),
                min_value=0,
                max_value=496,
                decimal_places=2,
                required=False,
                widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
                error_messages={
                    "invalid": _("Write hours, such as 32 or 7.5."),
                    "min_value": _("Write hours, such as 32 or 7.5."),
                    "max_value": _("A month has fewer hours."),
                    "max_decimal_places": _("Write hours, such as 32 or 7.5."),
                },
            )

    @property
    def lines(self) -> Iterator[dict[str, Any]]:
        """The rows as the page shows them: the member, her levels, her hours."""
        for row in self.rows:
            yield {
                "row": row,
                "levels": [self[_level(row.member, one)] for one in self.techniques],
                "hours": self[_hours(row.member)],
            }

    @property
    def skill_changes(self) -> Iterator[SkillChange]:
        """Levels that are no longer what they were."""
        for row in self.rows:
            for technique in self.techniques:
                field = _level(row.member, technique)
                level = self.cleaned_data[field]
                if level != row.levels.get(technique.pk, 0):
                    yield SkillChange(row.member, technique, level, field)

    @property
    def hours_changes(self) -> Iterator[HoursChange]:
        """Hours that are no longer what they were."""
        for row in self.rows:
            field = _hours(row.member)
            minutes = round((self.cleaned_data[field] or 0) * 60)
            if minutes != row.offered_minutes:
                yield HoursChange(row.member, minutes, field)


def _level(member: Member, technique: Technique) -> str:
    return f"level-{member.pk}-{technique.pk}"


def _hours(member: Member) -> str:
    return f"hours-{member.pk}"


def _as_hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01")).normalize() + 0
