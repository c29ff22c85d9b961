"""allauth's forms in the house's words: a label says what a field wants, and nothing says it twice."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

_LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "oldpassword": _("Your password as it is now"),
    "password": _("Password"),
    "password1": _("Password"),
    "password2": _("The same once more"),
}
# One sentence for the four rules of settings.AUTH_PASSWORD_VALIDATORS.
_HOW_LONG = _("Ten letters or more, not only digits. Three words that nobody guesses are good.")


class InOurWords(forms.BaseForm):
    """Labels of ours, one sentence about a new password, and no grey words inside the fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = _LABELS.get(name, field.label)
        new = self.fields.get("password1")
        if new is not None:
            new.help_text = _HOW_LONG
            new.label = _("New password") if "oldpassword" in self.fields else new.label


class LoginForm(InOurWords, allauth_forms.LoginForm):
    """Coming in with e-mail and password."""


class SignupForm(InOurWords, allauth_forms.SignupForm):
    """Opening an account."""


class AddEmailForm(InOurWords, allauth_forms.AddEmailForm):
    """Another address."""


class ChangePasswordForm(InOurWords, allauth_forms.ChangePasswordForm):
    """Another password, for who knows the one of now."""


class ResetPasswordForm(InOurWords, allauth_forms.ResetPasswordForm):
    """Asking for a link to a new password."""


class ResetPasswordKeyForm(InOurWords, allauth_forms.ResetPasswordKeyForm):
    """Choosing a new password after that link."""


class ReauthenticateForm(InOurWords, allauth_forms.ReauthenticateForm):
    """Showing once more that it is she, before something of the account changes."""
