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
        language = (get_language() or "es").split("-")[0]
        text = getattr(instance, f"{self.base}_{language}", "")
        return str(text or getattr(instance, f"{self.base}_es"))
