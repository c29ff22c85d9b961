"""Say where every kind of page stands in this house, as JSON.

    python -m look.inside [--with-states] [--speak es|en]

`--with-states` first brings about what the demo does not hold (an order that was given back, a
page that waits for a card), by the house's own services: for a house of our own only. `--speak`
sets the language of everybody with a log-in.
"""

import argparse
import json
import sys

import django


def main() -> None:
    """Print the answer on one line."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--with-states", action="store_true")
    parser.add_argument("--speak", default="")
    typed = parser.parse_args()
    django.setup()
    # These know the house, and can be read only after it is set up.
    from look.inside import addresses, states  # noqa: PLC0415

    if typed.with_states:
        states.bring_about()
    if typed.speak:
        states.speak(typed.speak)
    json.dump(addresses.everything(), sys.stdout)


if __name__ == "__main__":
    main()
