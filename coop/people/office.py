"""People in the office: what whoever keeps the accounts may change, and what nobody may.

Money leaves the house only with two signatures of two people. So no form here makes anybody an
administrator, gives out a post (posts are given on the member's own page, with a trace), or
sets another's password or address: with one of those, one person could sign as two.
"""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from coop.people import roles
from coop.people.models import User
from coop.people.services import vouch_for_address

#: Roles that come with no post in the cooperative.
GIVEN_BY_HAND = (
    roles.SCRIBE,
    roles.COMPANION,
    roles.AUDITOR,
    roles.EDITOR,
    roles.BUYER,
    roles.FACILITATOR,
    roles.COORDINATOR,
)


class _Guarded(forms.ModelForm):
    """Only roles without a post; nobody becomes an administrator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "is_superuser" in self.fields:
            self.fields["is_superuser"].disabled = True
            self.fields["is_superuser"].help_text = _("Nobody works as administrator.")
        groups = self.fields["groups"]
        groups.queryset = Group.objects.filter(name__in=GIVEN_BY_HAND)  # type: ignore[attr-defined]
        groups.help_text = _("Posts in the Junta, the store and checking are given on her page.")

    def _save_m2m(self) -> None:
        posts = list(self.instance.groups.exclude(name__in=GIVEN_BY_HAND))
        super()._save_m2m()  # type: ignore[misc]
        self.instance.groups.add(*posts)


class PersonCreationForm(_Guarded, UserCreationForm):
    """A new account in the office."""

    def _save_m2m(self) -> None:
        super()._save_m2m()
        vouch_for_address(user=self.instance)


class PersonEditForm(_Guarded, UserEditForm):
    """An account that is there: its password and address are its owner's."""

    password_enabled = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].disabled = True
        self.fields["email"].required = False
        self.fields["last_name"].required = False


class PersonViewSet(WagtailUserViewSet):
    """Wagtail's pages for people, with our forms."""

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[User]]:
        return PersonEditForm if for_update else PersonCreationForm
