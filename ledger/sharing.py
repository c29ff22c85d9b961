"""Sharing an amount by weights, so that the parts add up to it: the method of largest remainders.

Each part is rounded down to the smallest unit; what is left goes, one unit each, to the parts
that were cut the most, and among equals to the first.
"""

from collections.abc import Sequence


def share(total: int, weights: Sequence[int]) -> list[int]:
    """`total` minor units in parts by `weights`, which are zero or more and not all zero.

    The parts add up to `total`, and each is less than one unit away from its exact part.
    """
    whole = sum(weights)
    if total < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError("an amount of zero or more is shared by weights that are not all zero")
    parts, cut = [], []
    for place, weight in enumerate(weights):
        part, rest = divmod(total * weight, whole)
        parts.append(part)
        cut.append((-rest, place))
    for _rest, place in sorted(cut)[: total - sum(parts)]:
        parts[place] += 1
    return parts
