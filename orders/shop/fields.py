"""Form fields that say kindly what is wrong, and let no control character through."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import (
    EmailValidator,
    MaxLengthValidator,
    ProhibitNullCharactersValidator,
)
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

_LINE_ENDS = re.compile(r"\r\n?|\n")


class _NotTooLong(MaxLengthValidator):
    """As long as the database takes it, said as the house speaks."""

    message = _(
        "This is too long: at most %(limit_value)d characters, and these are %(show_value)d."
    )


def _in_kind_words(field: forms.CharField) -> None:
    """Say how long a text may be in the words of the house."""
    field.validators = [
        _NotTooLong(one.limit_value) if type(one) is MaxLengthValidator else one
        for one in field.validators
    ]


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc"


class OneLineField(forms.CharField):
    """Text on one line: a name, never a header of its own."""

    default_error_messages = {
        "required": _("Please fill this in."),
        "control": _("Write this on one line, without special characters."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        _in_kind_words(self)
        # Ours says it in kinder words.
        self.validators = [
            self._one_line,
            *(
                one
                for one in self.validators
                if not isinstance(one, ProhibitNullCharactersValidator)
            ),
        ]

    def _one_line(self, value: str) -> None:
        if any(map(_is_control, value)):
            raise ValidationError(self.error_messages["control"], code="control")

    def to_python(self, value: Any) -> str:
        # Spaces at the ends and doubled ones mean nothing; a line end in between does.
        text = super().to_python(value) or ""
        return re.sub(r" {2,}", " ", text)


class SeveralLinesField(forms.CharField):
    """Text on a few lines: an address, a note."""

    widget = forms.Textarea(attrs={"rows": 3})
    default_error_messages = {
        "required": _("Please fill this in."),
        "control": _("There is a character in it that cannot be printed. Please write it anew."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        _in_kind_words(self)

    def to_python(self, value: Any) -> str:
        text: str = _LINE_ENDS.sub("\n", super().to_python(value) or "")
        if any(_is_control(one) for one in text if one not in "\n\t"):
            raise ValidationError(self.error_messages["control"], code="control")
        return text.replace("\t", " ")


# Where fingers slip most often.
_SLIPS = {
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gamil.com": "gmail.com",
    "gmail.con": "gmail.com",
    "gmail.co": "gmail.com",
    "hotmial.com": "hotmail.com",
    "hotmai.com": "hotmail.com",
    "hotmail.con": "hotmail.com",
    "outlok.com": "outlook.com",
    "outlook.con": "outlook.com",
    "yaho.com": "yahoo.com",
    "yahooo.com": "yahoo.com",
    "yahoo.con": "yahoo.com",
}


def likely_slip(email: str) -> str:
    """The address that was probably meant, empty when nothing looks wrong."""
    name, _at, domain = email.rpartition("@")
    meant = _SLIPS.get(domain.lower())
    return f"{name}@{meant}" if meant else ""


class KindEmailField(forms.EmailField):
    """An e-mail address, with a sentence that helps."""

    default_error_messages = {
        "required": _("Write your e-mail address: there we send the link to your order."),
        "max_length": _("This e-mail address is too long."),
    }
    default_validators = [
        EmailValidator(message=_("This does not look like an e-mail address: ana@example.org."))
    ]


class KindPhoneField(PhoneNumberField):
    """A phone number; without a country it is one of Peru."""

    default_error_messages = {
        "invalid": _("This does not look like a phone number. With the country: +51 951 234 567."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(region="PE", **kwargs)
        self.error_messages["invalid"] = self.default_error_messages["invalid"]
