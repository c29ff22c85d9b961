"""Keeping a voice: one recording a slot and language, the older one stays as a trace."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from coop.people.models import User
from coop.portal.audio.slots import find_word
from coop.portal.errors import NobodySpeaks, NotASound, SoundTooLong, UnknownSentence
from coop.portal.models import Recording

#: A sentence of ten seconds, as phones record it.
MOST_KB = 400
#: How files of each kind begin.
_BEGINS: dict[str, tuple[tuple[int, bytes], ...]] = {
    "mp3": ((0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2")),
    "m4a": ((4, b"ftyp"),),
    "mp4": ((4, b"ftyp"),),
    "ogg": ((0, b"OggS"),),
    "opus": ((0, b"OggS"),),
    "webm": ((0, b"\x1a\x45\xdf\xa3"),),
    "wav": ((0, b"RIFF"),),
}


@transaction.atomic
def keep_recording(
    *,
    language: str,
    key: str,
    file: UploadedFile,
    recorded_by: str,
    recorded_on: date,
    actor: User,
    said: str = "",
) -> Recording:
    """Put a recording into its slot, with the wording of today; it replaces the one before.

    Raises UnknownSentence, NobodySpeaks, NotASound or SoundTooLong.
    """
    word = find_word(language, key)
    if word is None:
        raise UnknownSentence
    if not recorded_by.strip():
        raise NobodySpeaks
    _check(file)
    current = Recording.objects.select_for_update().current()
    current.filter(language=language, key=key).update(replaced_at=timezone.now())
    return Recording.objects.create(
        language=language,
        key=key,
        wording=word.wording(language),
        said=said.strip(),
        file=file,
        recorded_by=recorded_by.strip(),
        recorded_on=recorded_on,
        kept_by=actor,
    )


def _check(file: UploadedFile) -> None:
    ending = (file.name or "").rpartition(".")[2].lower()
    begins = _BEGINS.get(ending, ())
    head = file.read(16)
    file.seek(0)
    if not any(head[at : at + len(mark)] == mark for at, mark in begins):
        raise NotASound
    if (file.size or 0) > MOST_KB * 1000:
        raise SoundTooLong(most=MOST_KB)


@transaction.atomic
def remove_recording(*, recording: Recording) -> None:
    """Take a voice away, with its file: whoever lent it wants it back, or it was a mistake."""
    name, storage = str(recording.file.name), recording.file.storage
    recording.delete()
    # The file goes only when the row is surely gone.
    transaction.on_commit(lambda: storage.delete(name))
