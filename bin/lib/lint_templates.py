"""Run by the house's own Python: curlylint over the templates that have changed.

    python bin/lib/lint_templates.py templates

Curlylint judges each file by itself, so that what it found well once is well until the file, its
rules or its version change. Its parser takes its time: about a second for eight pages.
"""

import gc
import hashlib
import json
import sys
from pathlib import Path

from curlylint.cli import main

ROOT = Path(__file__).resolve().parents[2]
KNOWN = ROOT / "var" / "cache" / "checks" / "curlylint.json"


def fingerprint(file: Path, judged_by: bytes) -> str:
    """What a file says, and by which rules it is judged."""
    return hashlib.sha256(judged_by + file.read_bytes()).hexdigest()


def found_well() -> set[str]:
    """The fingerprints of the last time that all was well."""
    try:
        return set(json.loads(KNOWN.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return set()


def lint(folders: list[str]) -> int:
    """Judge what is new; the exit code of curlylint."""
    rules = [ROOT / name for name in ("pyproject.toml", "requirements-dev.txt")]
    judged_by = b"".join(file.read_bytes() for file in rules)
    files = [file for folder in folders for file in sorted(Path(folder).rglob("*.html"))]
    prints = {str(file): fingerprint(file, judged_by) for file in files}
    known = found_well()
    new = [name for name, print_ in prints.items() if print_ not in known]
    # Its millions of small objects keep the collector busy for half of the time, and die with it.
    gc.disable()
    words = ["--config", str(rules[0]), *new]
    code = int(main(words, prog_name="curlylint", standalone_mode=False) or 0) if new else 0
    if code == 0:
        KNOWN.parent.mkdir(parents=True, exist_ok=True)
        KNOWN.write_text(json.dumps(sorted(prints.values())), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(lint(sys.argv[1:]))
