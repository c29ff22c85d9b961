"""Stripe's way of writing nested values into a form: `line_items[0][price_data][currency]`."""

import re
from typing import Any
from urllib.parse import parse_qsl

_PART = re.compile(r"\[([^\[\]]*)\]")
_NAME = re.compile(r"[^\[\]]+(\[[^\[\]]*\])*\Z")


def decode(text: str) -> dict[str, Any]:
    """Nested dicts and lists of strings; numbers stay text until a rule reads them."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        _put(tree, _path(name), value)
    return _lists(tree)


def _path(name: str) -> list[str]:
    if not _NAME.match(name):
        return [name]
    return [name.split("[", 1)[0], *_PART.findall(name)]


def _put(tree: dict[str, Any], path: list[str], value: str) -> None:
    here = tree
    for part in path[:-1]:
        inner = here.setdefault(_key(here, part), {})
        if not isinstance(inner, dict):
            return
        here = inner
    here[_key(here, path[-1])] = value


def _key(here: dict[str, Any], part: str) -> str:
    """`expand[]` twice is two places, as `expand[0]` and `expand[1]` are."""
    return part or str(len(here))


def _lists(value: Any) -> Any:
    """Where every key is a number there was a list."""
    if not isinstance(value, dict):
        return value
    # Metadata keys are the caller's words, even when they look like places in a list.
    inner = {key: item if key == "metadata" else _lists(item) for key, item in value.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner
