"""Run by the house's own Python: is every sentence translated?

    python bin/lib/messages.py         says what is missing, and ends with 1 if anything is
    python bin/lib/messages.py --add   adds what is missing, untranslated, and marks what is gone

Needs no gettext on the machine: Django turns templates into something like Python, and Babel
reads that.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import django
import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("es",)
APPS = ("coop", "catalog", "orders", "ledger", "cms")
# As Django's own makemessages tells xgettext: which argument is what; "c" is a context.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "finding": None,  # coop.kit.audit: a sentence that is told later
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif]|\{\w*\}")


@dataclass
class Sentence:
    """A sentence of the code, with the places where it stands."""

    context: str | None
    one: str
    many: str = ""
    places: list[tuple[str, int]] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes it one entry of a catalogue."""
        return self.context, self.one


def sources(ending: str) -> Iterator[Path]:
    """The files of the house whose sentences people read; no tests, no migrations."""
    folders = [ROOT / app for app in APPS]
    folders += [ROOT / "templates"] if ending == "html" else []
    folders += [ROOT / "templates"] if ending == "txt" else []
    folders += [ROOT / "static"] if ending == "js" else []
    for folder in folders:
        for file in sorted(folder.rglob(f"*.{ending}")):
            if not {"migrations", "tests", "node_modules", "vendor"} & set(file.parts):
                yield file


def sentences(domain: str) -> dict[tuple[str | None, str], Sentence]:
    """Every sentence of a domain: "django" (Python and templates) or "djangojs"."""
    found: dict[tuple[str | None, str], Sentence] = {}
    endings = ("py", "html", "txt") if domain == "django" else ("js",)
    for ending in endings:
        for file in sources(ending):
            for sentence in _read(file):
                known = found.setdefault(sentence.key, sentence)
                known.many = known.many or sentence.many
                if known is not sentence:
                    known.places += sentence.places
    return found


def _read(file: Path) -> Iterator[Sentence]:
    name = str(file.relative_to(ROOT))
    text = file.read_text(encoding="utf-8")
    if file.suffix in {".html", ".txt"}:
        # In brackets, so that the lines' indentation means nothing to Python's tokenizer.
        text = f"({templatize(text, origin=name)})"
    method = "javascript" if file.suffix == ".js" else "python"
    for line, words, _comments, context in extract(method, BytesIO(text.encode()), KEYWORDS):
        one, many = (words[0], words[1]) if isinstance(words, tuple) else (words, "")
        if one:
            yield Sentence(context or None, one, many or "", [(name, line)])


def missing(domain: str, language: str) -> Iterator[str]:
    """One line for each sentence that is not translated, or not rightly."""
    file = catalogue_file(domain, language)
    wanted = sentences(domain)
    if wanted and not file.exists():
        yield f"{file.relative_to(ROOT)} is missing ({len(wanted)} sentences)."
        return
    catalogue = polib.pofile(str(file)) if file.exists() else polib.POFile()
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    for key, sentence in wanted.items():
        wrong = _what_is_wrong(sentence, entries.get(key))
        if wrong:
            place, line = sentence.places[0]
            yield f"{language}: {wrong}: {sentence.one[:70]!r} ({place}:{line})"


def _what_is_wrong(sentence: Sentence, entry: polib.POEntry | None) -> str:
    if entry is None:
        return "not in the catalogue"
    if entry.fuzzy:
        return "fuzzy"
    if sentence.many and not entry.msgid_plural:
        return "without its plural"
    if not entry.translated():
        return "not translated"
    # A plural's first form may leave the number out ("one piece").
    pairs = [(entry.msgid_plural or entry.msgid, entry.msgstr)]
    if entry.msgid_plural:
        pairs = [(entry.msgid_plural, entry.msgstr_plural[max(entry.msgstr_plural)])]
    for english, translated in pairs:
        if sorted(_PLACEHOLDER.findall(english)) != sorted(_PLACEHOLDER.findall(translated)):
            return "other placeholders than in English"
    return ""


def add_missing(domain: str, language: str) -> int:
    """Add what the code says and the catalogue lacks; how many entries are new."""
    file = catalogue_file(domain, language)
    wanted = sentences(domain)
    if not wanted and not file.exists():
        return 0
    file.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.pofile(str(file)) if file.exists() else polib.POFile()
    catalogue.metadata |= {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    for key, entry in entries.items():
        entry.obsolete = key not in wanted
    new = [sentence for key, sentence in wanted.items() if key not in entries]
    for sentence in new:
        plural = {"msgid_plural": sentence.many, "msgstr_plural": {0: "", 1: ""}}
        catalogue.append(
            polib.POEntry(
                msgctxt=sentence.context,
                msgid=sentence.one,
                flags=["python-format"] if "%(" in sentence.one else [],
                **(plural if sentence.many else {}),
            )
        )
    for entry in catalogue:
        key = (entry.msgctxt, entry.msgid)
        if key in wanted:
            # Files without line numbers: these would change with every edit.
            entry.occurrences = [(name, "") for name in sorted({n for n, _ in wanted[key].places})]
    catalogue.save(str(file))
    return len(new)


def catalogue_file(domain: str, language: str) -> Path:
    """Where the sentences of a language stand."""
    return ROOT / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def main() -> None:
    """Check, or add with --add."""
    settings.configure(USE_I18N=True)
    django.setup()
    pairs = [(domain, language) for domain in ("django", "djangojs") for language in LANGUAGES]
    if "--add" in sys.argv[1:]:
        for domain, language in pairs:
            print(f"{language}, {domain}: {add_missing(domain, language)} new")
        return
    lines = [line for domain, language in pairs for line in missing(domain, language)]
    for line in lines[:100]:
        print(line)
    if lines:
        print("To add what is missing: .venv/bin/python bin/lib/messages.py --add; then translate.")
        sys.exit(f"{len(lines)} sentences are not right in every language.")


if __name__ == "__main__":
    main()
