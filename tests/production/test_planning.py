"""Sharing out work: fair, within skill, hours and day, and always the same."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from orders.production.planning import Hours, Job, Knitter, Plan, Reason, share_out

MARCH, APRIL, FEBRUARY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 2, 1)
TODAY = date(2026, 3, 1)
END = date(2026, 3, 31)
PUPPETS, SHAWLS = 1, 2


def job(quantity: int = 1, *, key: int = 1, minutes: int = 60, level: int = 1, **changes) -> Job:
    values = {"technique_id": PUPPETS, "due_on": END, **changes}
    return Job(work_order_id=key, level=level, minutes=minutes, quantity=quantity, **values)


def knitter(
    key: int, *, level: int = 2, offered: int = 2400, promised: int = 0, **hours: Hours
) -> Knitter:
    months = {MARCH: Hours(offered, promised)}
    months |= {{"april": APRIL, "february": FEBRUARY}[name]: what for name, what in hours.items()}
    return Knitter(key, {PUPPETS: level}, months)


def given_to(plan: Plan) -> dict[int, int]:
    found: dict[int, int] = {}
    for share in plan.shares:
        found[share.member_id] = found.get(share.member_id, 0) + share.quantity
    return found


def test_who_was_given_the_least_is_asked_first():
    plan = share_out(
        jobs=[job(2)], knitters=[knitter(1, promised=600), knitter(2, promised=60)], on=TODAY
    )

    assert given_to(plan) == {2: 2}


def test_the_least_is_measured_against_what_she_offers():
    """Five of ten hours are more than eight of forty."""
    plan = share_out(
        jobs=[job(1)],
        knitters=[knitter(1, offered=600, promised=300), knitter(2, offered=2400, promised=480)],
        on=TODAY,
    )

    assert given_to(plan) == {2: 1}


def test_the_months_before_count_too():
    plan = share_out(
        jobs=[job(1)],
        knitters=[
            knitter(1, february=Hours(2400, 2400)),
            knitter(2, february=Hours(2400, 0)),
        ],
        on=TODAY,
    )

    assert given_to(plan) == {2: 1}


def test_a_large_work_does_not_all_go_to_the_first():
    plan = share_out(
        jobs=[job(30)], knitters=[knitter(1), knitter(2), knitter(3)], on=TODAY, batch_minutes=600
    )

    assert given_to(plan) == {1: 10, 2: 10, 3: 10}


def test_batches_for_the_same_woman_are_one_share():
    plan = share_out(jobs=[job(30)], knitters=[knitter(1)], on=TODAY, batch_minutes=600)

    assert [(share.member_id, share.quantity, share.minutes) for share in plan.shares] == [
        (1, 30, 1800)
    ]


def test_a_small_rest_stays_with_the_last():
    plan = share_out(jobs=[job(12)], knitters=[knitter(1), knitter(2)], on=TODAY, batch_minutes=600)

    assert given_to(plan) == {1: 12}


def test_nobody_is_given_what_she_does_not_know():
    plan = share_out(
        jobs=[job(1, level=3), job(1, key=2, technique_id=SHAWLS)],
        knitters=[knitter(1, level=2)],
        on=TODAY,
    )

    assert plan.shares == ()
    assert [(rest.work_order_id, rest.reason) for rest in plan.unplaced] == [
        (1, Reason.NOBODY_KNOWS),
        (2, Reason.NOBODY_KNOWS),
    ]


def test_among_equals_masters_stay_free_for_what_is_hard():
    plan = share_out(jobs=[job(1)], knitters=[knitter(1, level=3), knitter(2, level=1)], on=TODAY)

    assert given_to(plan) == {2: 1}


def test_nobody_is_given_more_than_she_offers():
    plan = share_out(
        jobs=[job(50)],
        knitters=[knitter(1, offered=600, promised=120), knitter(2, offered=90)],
        on=TODAY,
    )

    assert given_to(plan) == {1: 8, 2: 1}
    assert [(rest.quantity, rest.reason) for rest in plan.unplaced] == [(41, Reason.NO_HOURS)]


def test_a_piece_is_not_cut_in_two():
    plan = share_out(jobs=[job(1, minutes=600)], knitters=[knitter(1, offered=599)], on=TODAY)

    assert plan.shares == ()
    assert plan.unplaced[0].reason == Reason.NO_HOURS


def test_only_the_hours_before_the_day_count():
    """Of 31 hours in March, ten fall on the first ten days."""
    plan = share_out(
        jobs=[job(20, due_on=date(2026, 3, 10))],
        knitters=[knitter(1, offered=31 * 60)],
        on=TODAY,
    )

    assert given_to(plan) == {1: 10}


def test_work_for_next_month_takes_the_hours_of_next_month_when_these_are_full():
    plan = share_out(
        jobs=[job(3, due_on=date(2026, 4, 30))],
        knitters=[knitter(1, offered=60, april=Hours(600, 0))],
        on=TODAY,
    )

    assert [(share.month, share.quantity) for share in plan.shares] == [(MARCH, 1), (APRIL, 2)]


def test_what_is_due_first_is_placed_first():
    plan = share_out(
        jobs=[job(10, key=1, due_on=END), job(10, key=2, due_on=date(2026, 3, 20))],
        knitters=[knitter(1, offered=600)],
        on=TODAY,
    )

    assert plan.shares[0].work_order_id == 2
    assert {rest.work_order_id for rest in plan.unplaced} >= {1}


def test_late_work_is_still_shared_out_with_a_week_for_it():
    plan = share_out(jobs=[job(1, due_on=date(2026, 2, 20))], knitters=[knitter(1)], on=TODAY)

    assert plan.shares[0].due_on == date(2026, 3, 8)


def test_the_reason_names_nobody():
    plan = share_out(jobs=[job(1)], knitters=[knitter(7, promised=60)], on=TODAY)

    assert plan.shares[0].why == "least:60:2400"


def test_without_knitters_or_work_there_is_a_plan_all_the_same():
    assert share_out(jobs=[], knitters=[knitter(1)], on=TODAY) == Plan()
    assert share_out(jobs=[job(1)], knitters=[], on=TODAY).unplaced[0].quantity == 1


jobs = st.builds(
    Job,
    work_order_id=st.integers(1, 9),
    technique_id=st.sampled_from([PUPPETS, SHAWLS]),
    level=st.integers(1, 3),
    minutes=st.integers(1, 900),
    quantity=st.integers(1, 40),
    due_on=st.dates(date(2026, 2, 1), date(2026, 5, 31)),
)
knitters = st.builds(
    Knitter,
    member_id=st.integers(1, 30),
    levels=st.dictionaries(st.sampled_from([PUPPETS, SHAWLS]), st.integers(1, 3)),
    hours=st.dictionaries(
        st.sampled_from([FEBRUARY, MARCH, APRIL]),
        st.tuples(st.integers(0, 3000), st.integers(0, 3000)).map(
            lambda pair: Hours(max(pair), min(pair))
        ),
    ),
)


@given(
    st.lists(jobs, max_size=6, unique_by=lambda one: one.work_order_id),
    st.lists(knitters, max_size=8, unique_by=lambda one: one.member_id),
    st.dates(MARCH, END),
)
def test_every_plan_keeps_to_the_rules(jobs, knitters, on):
    plan = share_out(jobs=jobs, knitters=knitters, on=on)

    by_job = {one.work_order_id: one for one in jobs}
    by_member = {one.member_id: one for one in knitters}
    for one in jobs:
        placed = sum(s.quantity for s in plan.shares if s.work_order_id == one.work_order_id)
        rest = sum(s.quantity for s in plan.unplaced if s.work_order_id == one.work_order_id)
        assert placed + rest == one.quantity
    given: dict[tuple[int, date], int] = {}
    for share in plan.shares:
        work, who = by_job[share.work_order_id], by_member[share.member_id]
        assert share.quantity > 0
        assert share.minutes == share.quantity * work.minutes
        assert who.levels[work.technique_id] >= work.level
        assert on.replace(day=1) <= share.month <= share.due_on
        key = (share.member_id, share.month)
        given[key] = given.get(key, 0) + share.minutes
    for (member_id, month), minutes in given.items():
        hours = by_member[member_id].hours[month]
        assert hours.promised + minutes <= hours.offered


@given(
    st.lists(jobs, max_size=5, unique_by=lambda one: one.work_order_id),
    st.lists(knitters, max_size=6, unique_by=lambda one: one.member_id),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_rows_changes_nothing(jobs, knitters, random):
    plan = share_out(jobs=jobs, knitters=knitters, on=TODAY)
    random.shuffle(jobs)
    random.shuffle(knitters)

    assert share_out(jobs=jobs, knitters=knitters, on=TODAY) == plan
