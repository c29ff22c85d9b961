"""The house says tú to everybody, also where a library speaks for it."""

import re
from pathlib import Path

import allauth
import polib
import pytest
from django.conf import settings
from django.contrib import auth
from django.core import mail

from tests.factories.people import an_account

USTED = re.compile(
    r"\b(usted|su|sus|le|introduzca|escriba|haga|inicie|siga|confirme|verifique|compruebe)\b",
    re.IGNORECASE,
)
OURS = Path(settings.LOCALE_PATHS[1]) / "es" / "LC_MESSAGES" / "django.po"
IN_SPANISH = Path("locale", "es", "LC_MESSAGES", "django.po")
# What is wrong with a password is said by Django itself.
THEIRS = [Path(one.__file__).parent / IN_SPANISH for one in (allauth, auth)]


def test_every_sentence_that_we_say_anew_is_still_said():
    theirs = {entry.msgid for file in THEIRS for entry in polib.pofile(str(file))}

    assert [one.msgid for one in polib.pofile(str(OURS)) if one.msgid not in theirs] == []


def test_none_of_them_says_usted():
    assert [one.msgstr for one in polib.pofile(str(OURS)) if USTED.search(one.msgstr)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["rosa@example.org", "nobody@example.org"])
def test_whoever_forgot_her_password_is_written_to_in_one_voice(client, email: str):
    an_account("Rosa", email="rosa@example.org")
    page = client.get("/es/account/password/reset/").content.decode()
    sent = client.post("/es/account/password/reset/", {"email": email}, follow=True)

    done = sent.content.decode()
    assert "Escribe tu correo y te enviamos un enlace para elegir otra." in page
    assert "Te enviamos un correo." in done
    assert not USTED.search(mail.outbox[0].body)
