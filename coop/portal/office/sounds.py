"""What the screens say: what is recorded, what is not, and what has to be recorded anew."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coop.kit.days import today
from coop.kit.errors import Refusal
from coop.kit.office import DayField, OfficeForm, office_page, page_of
from coop.people.access import person, requires
from coop.portal.audio.phrases import LANGUAGES
from coop.portal.audio.slots import Slot, State, slots
from coop.portal.errors import NobodySpeaks, NotASound, SoundTooLong
from coop.portal.models import Recording
from coop.portal.office import RECORD
from coop.portal.services import keep_recording, remove_recording


class RecordForm(OfficeForm):
    """A recording, who speaks in it and when."""

    blames = {NotASound: "file", SoundTooLong: "file", NobodySpeaks: "recorded_by"}

    file = forms.FileField(
        label=gettext_lazy("Recording"),
        widget=forms.FileInput(attrs={"accept": "audio/*", "capture": "microphone"}),
        help_text=gettext_lazy("MP3, M4A, OGG, WebM or WAV; on a phone it records at once."),
    )
    recorded_by = forms.CharField(label=gettext_lazy("Who speaks"), max_length=80)
    recorded_on = DayField(label=gettext_lazy("Recorded on"))
    said = forms.CharField(
        label=gettext_lazy("What is said"),
        max_length=240,
        required=False,
        help_text=gettext_lazy("In Quechua or Aymara: the words, as she writes them."),
    )


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("language", "es")
    return wanted if wanted in LANGUAGES else "es"


@require_safe
@requires(RECORD)
def index(request: HttpRequest) -> HttpResponse:
    """Every sentence of a language; first what is missing."""
    language = _language(request)
    state = request.GET.get("state", "")
    found = slots(language)
    counts = [(one, label, sum(slot.state == one for slot in found)) for one, label in _STATES]
    shown = [slot for slot in found if slot.state == state] if state in _ORDER else found
    shown.sort(key=lambda slot: _ORDER[slot.state])
    here = reverse("portal_office:sounds")
    return office_page(
        request,
        "portal/office/sounds.html",
        title=_("Voices"),
        icon="media",
        language=language,
        tabs=[
            {"label": name, "url": f"{here}?language={key}", "is_here": key == language}
            for key, name in LANGUAGES.items()
        ],
        counts=counts,
        state=state,
        total=len(found),
        page=page_of(request, shown),
    )


_STATES = (
    (State.MISSING, gettext_lazy("not recorded yet")),
    (State.STALE, gettext_lazy("wording has changed")),
    (State.RECORDED, gettext_lazy("recorded")),
)
_ORDER = {State.STALE: 0, State.MISSING: 1, State.RECORDED: 2}


@requires(RECORD)
def record(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """One sentence: listen to what is there, put in a new recording."""
    slot = _slot(language, key)
    form = RecordForm(request.POST or None, request.FILES or None, initial={"recorded_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            keep_recording(language=language, key=key, actor=person(request), **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("From now on the screens say it with this voice."))
            return redirect(f"{reverse('portal_office:sounds')}?language={language}")
    return office_page(
        request,
        "portal/office/record.html",
        title=slot.wording,
        trail=[(_("Voices"), f"{reverse('portal_office:sounds')}?language={language}")],
        icon="media",
        slot=slot,
        language_name=LANGUAGES[language],
        form=form,
    )


def _slot(language: str, key: str) -> Slot:
    if language not in LANGUAGES:
        raise Http404
    for slot in slots(language):
        if slot.word.key == key:
            return slot
    raise Http404


@require_POST
@requires(RECORD)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A voice is taken away again."""
    found = get_object_or_404(Recording, pk=pk)
    language = found.language
    remove_recording(recording=found)
    messages.success(request, _("The recording is gone; the next best voice speaks."))
    return redirect(f"{reverse('portal_office:sounds')}?language={language}")
