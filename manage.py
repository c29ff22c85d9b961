#!/usr/bin/env python3
"""Mink'a's command line: production settings unless development is asked for."""

import gc
import os
import sys


def main() -> None:
    """Run one management command; a wrong setting ends in one line that names it."""
    # Migrations render thousands of models: looking for garbage less often saves them seconds.
    gc.set_threshold(50_000, 20, 100)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop.settings.production")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"minka: {problem}")
    except OperationalError as problem:
        first_line = str(problem).strip().splitlines()[0]
        sys.exit(f"minka: the database cannot be used: {first_line}")


if __name__ == "__main__":
    main()
