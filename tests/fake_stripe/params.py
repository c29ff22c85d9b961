"""What a request may carry: a rule for every parameter, and a refusal for every other."""

import re
from collections.abc import Callable
from typing import Any

from tests.fake_stripe.errors import (
    Refusal,
    empty,
    required,
    too_small,
    unknown_parameter,
    wrong_integer,
)

# A rule reads one value, or is a dict of rules, or a list with the rule of its items.
Rule = Callable[[Any, str], Any]
Rules = dict[str, Any]

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_CURRENCY = re.compile(r"[a-z]{3}\Z")
_INTEGER = re.compile(r"-?\d{1,18}\Z")
_URL = re.compile(r"https?://[^\s/]+")


def read(rules: Rules, raw: dict[str, Any], *, inside: str = "") -> dict[str, Any]:
    """The values as Python has them; refuses what no rule names."""
    found: dict[str, Any] = {}
    for name, value in raw.items():
        param = f"{inside}[{name}]" if inside else name
        if name not in rules:
            raise unknown_parameter(param)
        found[name] = _value(rules[name], value, param)
    return found


def _value(rule: Any, value: Any, param: str) -> Any:
    if isinstance(rule, dict):
        if not isinstance(value, dict):
            raise Refusal("Invalid object", param=param)
        return read(rule, value, inside=param)
    if isinstance(rule, list):
        if not isinstance(value, list):
            raise Refusal("Invalid array", param=param)
        return [_value(rule[0], item, f"{param}[{place}]") for place, item in enumerate(value)]
    return rule(value, param)


def need(values: dict[str, Any], *names: str, inside: str = "") -> None:
    for name in names:
        if name not in values:
            raise required(f"{inside}[{name}]" if inside else name)


def text(limit: int = 5000) -> Rule:
    def rule(value: Any, param: str) -> str:
        if not isinstance(value, str):
            raise Refusal("Invalid string", param=param)
        if not value:
            raise empty(param)
        if len(value) > limit:
            raise Refusal(
                f"Invalid string: {value[:10]}…; must be at most {limit} characters", param=param
            )
        return value

    return rule


def integer(least: int, most: int | None = None) -> Rule:
    def rule(value: Any, param: str) -> int:
        if not isinstance(value, str) or not _INTEGER.match(value):
            raise wrong_integer(param, value)
        number = int(value)
        if number < least:
            raise too_small(param, least)
        if most is not None and number > most:
            raise Refusal(
                f"This value must be less than or equal to {most}.",
                code="parameter_invalid_integer",
                param=param,
            )
        return number

    return rule


def choice(*words: str) -> Rule:
    def rule(value: Any, param: str) -> str:
        if value not in words:
            raise Refusal(f"Invalid {param}: must be one of {', '.join(words)}", param=param)
        return str(value)

    return rule


def currency(value: Any, param: str) -> str:
    code = str(value).lower()
    if not _CURRENCY.match(code):
        raise Refusal(f"Invalid currency: {value}", param=param)
    return code


def url(value: Any, param: str) -> str:
    if not _URL.match(str(value)):
        raise Refusal("Not a valid URL", code="url_invalid", param=param)
    return str(value)


def email(value: Any, param: str) -> str:
    if not _EMAIL.match(str(value)):
        raise Refusal(f"Invalid email address: {value}", code="email_invalid", param=param)
    return str(value)


def metadata(value: Any, param: str) -> dict[str, str]:
    if value == "":
        return {}
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise Refusal("Invalid metadata", param=param)
    if len(value) > 50:
        raise Refusal("Metadata can have at most 50 keys", param=param)
    for name, item in value.items():
        if len(name) > 40 or len(item) > 500:
            raise Refusal(
                "Metadata keys have at most 40 characters and values at most 500",
                param=f"{param}[{name}]",
            )
    # An empty value unsets its key.
    return {name: item for name, item in value.items() if item}


def when(value: Any, param: str) -> dict[str, int]:
    """`created=…` or `created[gte]=…`."""
    rule = integer(0)
    if isinstance(value, str):
        return {"gte": rule(value, param), "lte": rule(value, param)}
    return read(dict.fromkeys(("gt", "gte", "lt", "lte"), rule), value, inside=param)


EXPAND: Rules = {"expand": [text()]}
PAGE: Rules = EXPAND | {
    "limit": integer(1, 100),
    "starting_after": text(),
    "ending_before": text(),
}
