"""Who needs a second step, in the office: what is asked of each role, and who still lacks one."""

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coop.kit.errors import Refusal
from coop.kit.office import OfficeForm, office_page, page_of
from coop.people import second_step
from coop.people.access import person, requires
from coop.people.models import SecondStepRule, User
from coop.people.roles import name_of

DECIDE = "people.decide_second_step"


class LevelsForm(OfficeForm):
    """One choice a role."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role, level in second_step.levels().items():
            self.fields[_field(role)] = forms.ChoiceField(
                label=name_of(role), choices=SecondStepRule.Level.choices, initial=level
            )


def _field(role: str) -> str:
    return role.replace(" ", "_")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(DECIDE)
def doors(request: HttpRequest) -> HttpResponse:
    """What is asked of whom, and of whom it is still missing."""
    form = LevelsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = [
                second_step.decide(
                    role=role, level=form.cleaned_data[_field(role)], actor=person(request)
                )
                for role in second_step.OFFICE_ROLES
            ]
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("It is written down.") if any(changed) else _("Nothing has changed.")
            )
            return redirect("second-step-rules")
    people = page_of(request, _people())
    keys = _keys(list(people))
    levels = second_step.levels()
    rows = [(one, _roles(one), keys.get(one.pk, []), _is_asked(one, levels)) for one in people]
    decided = SecondStepRule.objects.select_related("decided_by").order_by("-pk")[:20]
    return office_page(
        request,
        "people/office/second_step.html",
        title=_("Second step"),
        icon="lock",
        form=form,
        rows=rows,
        page=people,
        decided=[(one, name_of(one.role)) for one in decided],
    )


def _people() -> Any:
    users = User.objects.filter(groups__name__in=second_step.OFFICE_ROLES, is_active=True)
    return users.exclude(email=None).prefetch_related("groups").distinct().order_by("pk")


def _roles(user: User) -> list[str]:
    return [name_of(group.name) for group in user.groups.all() if group.name in _OFFICE]


def _is_asked(user: User, levels: Any) -> bool:
    required = second_step.Level.REQUIRED
    return any(levels.get(group.name) == required for group in user.groups.all())


def _keys(users: list[User]) -> dict[int, list[str]]:
    """What each has: passkeys and app, by their names."""
    found: dict[int, list[str]] = {}
    rows = Authenticator.objects.filter(user__in=users).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    for user_id, kind in rows.values_list("user_id", "type").distinct().order_by("type"):
        word = _("app") if kind == Authenticator.Type.TOTP else _("passkey")
        found.setdefault(user_id, []).append(word)
    return found


_OFFICE = frozenset(second_step.OFFICE_ROLES)
