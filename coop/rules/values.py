"""The parameters of a rule set, typed: what the assembly may decide, within which limits.

A key that a rule set leaves out has its default here, which is the reading of `Titilaca 1`.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coop.rules.errors import BadValue, UnknownKey

MajorityBasis = Literal["present", "votes_cast", "all_members"]
Shortfall = Literal["oldest_first", "pro_rata"]
Settlement = Literal["equal", "by_time", "by_production"]
OpenBookPay = Literal["by_order", "by_name", "totals"]


class RuleValues(BaseModel):
    """What is in force on a day. Frozen: a change is a new version, by a decision.

    Names carry their units: days, months, percent, people.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    # Admission
    places: tuple[str, ...] = Field(min_length=1)
    sample_reviewers: int = Field(default=2, ge=1, le=5)
    intake_days: int = Field(default=90, ge=0, le=366)

    # Duties
    absences_sanction: bool = False

    # Decisions
    majority_basis: MajorityBasis = "present"
    quorum_percent: int = Field(default=0, ge=0, le=100)
    emergency_needs_ratifying: bool = False

    # When rules are not kept
    conflicts_excused: int = Field(default=2, ge=0, le=10)
    notice_days: int = Field(default=2, ge=0, le=30)
    no_new_work_days: int = Field(default=0, ge=0, le=366)
    take_good_piece_as_stock: bool = True
    strikes_until_expulsion_vote: int = Field(default=2, ge=1, le=10)
    kept_confirmations: int = Field(default=2, ge=2, le=4)
    fines: bool = False

    # The minute book
    review_months: int = Field(default=6, ge=1, le=60)

    # Communication
    max_calls: int = Field(default=4, ge=1, le=20)
    callers_each: int = Field(default=2, ge=1, le=4)

    # Wool and money
    wool_tolerance_percent: int = Field(default=5, ge=0, le=50)
    pay_shortfall: Shortfall = "oldest_first"
    leaving_formula: Settlement = "equal"
    share_minor: int = Field(default=0, ge=0)
    dues_minor: int = Field(default=0, ge=0)
    open_book_pay: OpenBookPay = "by_order"
    names_in_explanations: bool = False

    # Sales
    wholesale_terms_days: int = Field(default=30, ge=0, le=180)
    transfer_hold_days: int = Field(default=5, ge=1, le=60)
    handling_days: int = Field(default=7, ge=0, le=90)
    knitting_minutes_a_day: int = Field(default=120, ge=10, le=960)


def read_values(raw: dict[str, Any]) -> RuleValues:
    """`raw` (from a file, a form or the database) as values.

    Raises UnknownKey or BadValue, which name the key and say what it takes.
    """
    plain = {key: tuple(one) if isinstance(one, list) else one for key, one in raw.items()}
    try:
        return RuleValues.model_validate(plain)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        key = str(first["loc"][0])
        if first["type"] == "extra_forbidden":
            raise UnknownKey(key=key) from problem
        raise BadValue(key=key, why=first["msg"]) from problem


def as_plain(values: RuleValues) -> dict[str, Any]:
    """Every parameter as JSON keeps it."""
    return values.model_dump(mode="json")
