"""Run by the house's own Python, which has polib: make .mo files of the .po files given."""

import sys
from pathlib import Path

import polib


def main() -> None:
    """Compile each catalogue named on the command line; whole or not at all."""
    for name in sys.argv[1:]:
        source = Path(name)
        half = source.with_suffix(".mo.new")
        try:
            catalogue = polib.pofile(name)
            catalogue.save_as_mofile(str(half))
        except (OSError, UnicodeDecodeError) as problem:
            half.unlink(missing_ok=True)
            sys.exit(f"{name}: {problem}")
        half.replace(source.with_suffix(".mo"))


if __name__ == "__main__":
    main()
