"""What waits on the members' phones: questions about pay, and sentences that nobody has spoken."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import get_language_info, ngettext_lazy
from django.utils.translation import gettext as _

from coop.kit.waiting import Waiting, source
from coop.portal.audio.phrases import LANGUAGES
from coop.portal.audio.slots import State, slots
from coop.portal.models import PayQuestion, Recording
from coop.portal.office import ANSWER, RECORD

#: The editor is asked for the voices; the Junta, which writes in the books, finds them in the menu.
BOOKS = "ledger.read_books"
#: In this language everything is to be spoken; in another once somebody has begun.
FIRST = "es"


@source(order=28)
def questions(person: AbstractUser) -> Iterator[Waiting]:
    """Members who ask about their pay."""
    if person.has_perm(ANSWER):
        yield Waiting(
            rows=PayQuestion.objects.filter(answered_at=None),
            words=ngettext_lazy(
                "%(count)s member asks about her pay.",
                "%(count)s members ask about their pay.",
                "count",
            ),
            button=_("Read and answer"),
            url=reverse("portal_office:questions"),
            menu="pay-questions",
            icon="help",
        )


@source(order=86, has_badge=False)
def voices(person: AbstractUser) -> Iterator[Waiting]:
    """Sentences without a voice, or whose wording has changed since, by language."""
    if not person.has_perm(RECORD) or person.has_perm(BOOKS):
        return
    begun = set(Recording.objects.current().order_by().values_list("language", flat=True))
    url = reverse("portal_office:sounds")
    for language in [one for one in LANGUAGES if one == FIRST or one in begun]:
        states = [one.state for one in slots(language)]
        told = {
            State.STALE: ngettext_lazy(
                "%(count)s recording in %(language)s says an older wording.",
                "%(count)s recordings in %(language)s say an older wording.",
                "count",
            ),
            State.MISSING: ngettext_lazy(
                "%(count)s sentence in %(language)s has no voice yet.",
                "%(count)s sentences in %(language)s have no voice yet.",
                "count",
            ),
        }
        for state, words in told.items():
            yield Waiting(
                rows=states.count(state),
                words=words,
                facts={"language": _name(language)},
                button=_("Record them"),
                url=f"{url}?language={language}&state={state}",
                menu="",
                icon="media",
            )


def _name(language: str) -> str:
    """What the reader calls a language."""
    name: str = get_language_info(language)["name_translated"]
    return name
