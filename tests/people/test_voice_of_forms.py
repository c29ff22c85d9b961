"""What Django itself says of a form is said with tú, as everything else in the house."""

from pathlib import Path

import django
import polib
import pytest
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from tests.people.test_voice import USTED

OURS = Path(settings.LOCALE_PATHS[3]) / "es" / "LC_MESSAGES" / "django.po"
THEIRS = Path(django.__file__).parent / "conf" / "locale" / "es" / "LC_MESSAGES" / "django.po"


class Shapes(forms.Form):
    """One field of each kind that people fill in wrong."""

    email = forms.EmailField()
    picture = forms.ImageField()
    number = forms.IntegerField(max_value=5)
    name = forms.CharField(max_length=3)
    choice = forms.ChoiceField(choices=[("a", "A")])


def test_every_sentence_that_we_say_anew_is_still_djangos():
    theirs = {(one.msgid, one.msgid_plural) for one in polib.pofile(str(THEIRS))}

    ours = {(one.msgid, one.msgid_plural) for one in polib.pofile(str(OURS))}
    assert ours - theirs == set()


def test_none_of_them_says_usted():
    said = [
        text
        for one in polib.pofile(str(OURS))
        for text in (one.msgstr, *one.msgstr_plural.values())
        if USTED.search(text) or "fichero" in text
    ]
    assert said == []


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("email", "rosa@", "Escribe una dirección de correo completa, como rosa@ejemplo.pe."),
        ("number", "tres", "Escribe un número entero."),
        ("number", "9", "Escribe 5 o menos."),
        ("name", "Rosa", "Escribe como máximo 3 letras (ahora son 4)."),
        ("choice", "b", "Elige una de las opciones: b no está entre ellas."),
    ],
)
def test_a_wrong_field_is_answered_as_the_house_speaks(name: str, typed: str, said: str):
    with translation.override("es"):
        assert Shapes({name: typed}).errors[name] == [said]


def test_a_file_that_is_no_picture_is_answered_so_too():
    sent = SimpleUploadedFile("a.jpg", b"no picture", content_type="image/jpeg")

    with translation.override("es"):
        (said,) = Shapes({}, {"picture": sent}).errors["picture"]

    assert said == ("Elige una imagen. El archivo que enviaste no es una imagen, o está dañado.")
