"""Words kept in two columns, `name_es` and `name_en`, read in the visitor's language."""

from typing import Any

from django.utils.translation import get_language


class translated:  # noqa: N801 - used like a field
    """`name = translated("name")`: the text in the active language, else in Spanish."""

    def __init__(self, base: str) -> None:
        self.base = base

    def __get__(self, instance: Any, owner: type | None = None) -> str:
        if instance is None:
            return f"{self.base}_es"
        return in_language(instance, self.base)


def in_language(instance: Any, base: str) -> str:
    """The text of `instance` in the active language, else in Spanish: name_en, name_es."""
    language = (get_language() or "es").split("-")[0]
    return str(getattr(instance, f"{base}_{language}", "") or getattr(instance, f"{base}_es"))
