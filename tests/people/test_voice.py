"""The house says tú to everybody, also where a library speaks for it."""

import re
from pathlib import Path

import allauth
import polib
import pytest
from django.conf import settings
from django.core import mail

from tests.factories.people import an_account

USTED = re.compile(
    r"\b(usted|su|sus|le|introduzca|escriba|haga|inicie|siga|confirme|verifique|compruebe)\b",
    re.IGNORECASE,
)
OURS = Path(settings.LOCALE_PATHS[1]) / "es" / "LC_MESSAGES" / "django.po"
THEIRS = Path(allauth.__file__).parent / "locale" / "es" / "LC_MESSAGES" / "django.po"


def test_every_sentence_that_we_say_anew_is_still_said():
    theirs = {entry.msgid for entry in polib.pofile(str(THEIRS))}

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
    assert "¿Olvidaste tu contraseña?" in page
    assert "Te enviamos un correo." in done
    assert not USTED.search(mail.outbox[0].body)
