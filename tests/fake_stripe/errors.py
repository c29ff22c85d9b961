"""Refusals in the shapes that Stripe gives them."""

from typing import Any


class Refusal(Exception):
    """An answer that is not 2xx. `kept` says whether an idempotency key remembers it."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        kept: bool = False,
        commits: bool = False,
        more: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.kind = kind
        self.code = code
        self.param = param
        # Stripe remembers what an endpoint refused while it worked, not what validation refused.
        self.kept = kept
        # Whether what was done until then stays done: a declined card leaves a failed charge.
        self.commits = commits
        self._more = more or {}

    def body(self, request_id: str) -> dict[str, Any]:
        error: dict[str, Any] = {"message": self.message, "type": self.kind}
        if self.code:
            error["code"] = self.code
            error["doc_url"] = f"https://docs.stripe.com/error-codes/{self.code.replace('_', '-')}"
        if self.param:
            error["param"] = self.param
        error |= self._more
        error["request_log_url"] = f"https://dashboard.stripe.com/test/logs/{request_id}"
        return {"error": error}


def missing(noun: str, thing_id: str, param: str = "id") -> Refusal:
    # The id stands in the address: Stripe names the parameter "id", or the noun in a body.
    return Refusal(
        f"No such {noun}: '{thing_id}'", status=404, code="resource_missing", param=param
    )


def unknown_parameter(param: str) -> Refusal:
    return Refusal(f"Received unknown parameter: {param}", code="parameter_unknown", param=param)


def required(param: str) -> Refusal:
    return Refusal(f"Missing required param: {param}.", code="parameter_missing", param=param)


def empty(param: str) -> Refusal:
    return Refusal(
        f"You passed an empty string for '{param}'. We assume empty values are an attempt to unset "
        f"a parameter; however '{param}' cannot be unset. You should remove '{param}' from your "
        "request or supply a non-empty value.",
        code="parameter_invalid_empty",
        param=param,
    )


def wrong_integer(param: str, value: object) -> Refusal:
    return Refusal(f"Invalid integer: {value}", code="parameter_invalid_integer", param=param)


def too_small(param: str, least: int) -> Refusal:
    return Refusal(
        f"This value must be greater than or equal to {least}.",
        code="parameter_invalid_integer",
        param=param,
    )


def wrong_key(shown: str) -> Refusal:
    if not shown:
        return Refusal("You did not provide an API key.", status=401)
    return Refusal(f"Invalid API Key provided: {_hidden(shown)}", status=401)


def no_access(key: str, account: str) -> Refusal:
    return Refusal(
        f"The provided key '{_hidden(key)}' does not have access to account '{account}' (or that "
        "account does not exist). Application access may have been revoked.",
        status=403,
        code="account_invalid",
    )


def other_version(asked: str, spoken: str) -> Refusal:
    # Stripe speaks them all; an answer in another version's shape would hide a mistake.
    return Refusal(f"Invalid Stripe API version: {asked}. The fake speaks {spoken} alone.")


def _hidden(key: str) -> str:
    return key[:8] + "*" * 8 + key[-4:] if len(key) > 16 else "*" * len(key)


def other_parameters(key: str) -> Refusal:
    return Refusal(
        "Keys for idempotent requests can only be used with the same parameters they were first "
        f"used with. Try using a key other than '{key}' if you meant to execute a different "
        "request.",
        kind="idempotency_error",
    )


def in_flight() -> Refusal:
    return Refusal(
        "There is currently another in-progress request using this Idempotent Key (that probably "
        "means you submitted twice, and the other request is still going through). Please try "
        "again later.",
        status=409,
        kind="idempotency_error",
        code="idempotency_key_in_use",
    )


def too_many() -> Refusal:
    return Refusal(
        "Request rate limit exceeded. Learn more about rate limits "
        "https://docs.stripe.com/rate-limits.",
        status=429,
        code="rate_limit",
    )


def broken() -> Refusal:
    return Refusal("An unknown error occurred", status=500, kind="api_error")
