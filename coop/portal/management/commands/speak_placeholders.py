"""`manage.py speak_placeholders`: a machine speaks what the cooperative has not recorded yet."""

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from coop.kit.words import plain
from coop.portal.audio import slots, voice

#: Spanish as in Latin America, a little slower than people speak; 16 kHz is enough for speech.
SPEAK = ("espeak-ng", "-v", "es-419", "-s", "135", "-p", "58", "-z", "--stdin", "--stdout")
#: MP3, since every phone plays it: mono, 16 kbit/s, without the tags that only cost bytes.
PRESS = ("lame", "--quiet", "-m", "m", "--resample", "16", "-b", "16", "-t", "-", "-")


class Command(BaseCommand):
    help = (
        "Speak every Spanish sentence of the members' screens with espeak-ng, as small MP3 files"
        " in static/audio/es. They are placeholders, marked as such, until somebody of the"
        " cooperative records the sentence. Nothing is ever spoken so in Quechua or Aymara."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="also what is there already")

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [one for one in (SPEAK[0], PRESS[0]) if shutil.which(one) is None]
        if missing:
            raise CommandError(f"Not installed: {', '.join(missing)} (apt-get install).")
        folder = Path(settings.STATICFILES_DIRS[0]) / "audio" / "es"
        folder.mkdir(parents=True, exist_ok=True)
        found: dict[str, str] = {}
        for word in slots.words("es"):
            file = folder / _file_name(word.es)
            if options["force"] or not file.exists():
                file.write_bytes(_press(word.es))
            found[word.es] = file.name
        for file in folder.glob("*.mp3"):
            if file.name not in found.values():
                file.unlink()
        voice.PLACEHOLDERS.write_text(
            json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8"
        )
        size = sum(file.stat().st_size for file in folder.glob("*.mp3"))
        self.stdout.write(f"{len(set(found.values()))} sentences, {size // 1000} kB")


def _file_name(wording: str) -> str:
    """Readable, and another one for every wording: "si-lo-hago-3fa1.mp3"."""
    slug = re.sub(r"[^a-z0-9]+", "-", plain(wording)).strip("-")[:32].rstrip("-")
    return f"{slug}-{hashlib.sha256(wording.encode()).hexdigest()[:4]}.mp3"


def _press(wording: str) -> bytes:
    # Both programs are named above; what is spoken goes in as data.
    spoken = subprocess.run(SPEAK, input=wording.encode(), capture_output=True, check=True)  # noqa: S603
    pressed = subprocess.run(PRESS, input=spoken.stdout, capture_output=True, check=True)  # noqa: S603
    return pressed.stdout
