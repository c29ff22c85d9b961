"""A ball of wool: the knitter's, and those beside a piece that is still on the needle."""

import math

from coop.kit.knitting.arrays import Point
from coop.kit.knitting.creatures.parts import Cord, Part, Parts, Tube
from coop.kit.knitting.fabric import solid


def ball_of_wool(middle: Point, radius: float, yarn: str) -> Parts:
    """A ball wound in three directions."""
    x, y = middle
    wool: list[Part] = [
        Tube(
            ((x, y - radius), (x, y + radius)),
            (radius,),
            solid(yarn),
            stitch=30,
            caps=(radius, radius),
        )
    ]
    for degrees, low, high in ((78, -0.95, 0.95), (-28, -0.62, 0.5), (30, -0.34, 0.6)):
        turn = math.radians(degrees)
        count = max(3, round((high - low) * radius / 9))
        for number in range(count):
            off = low + (high - low) * number / (count - 1)
            half = math.sqrt(max(0.02, 1 - off * off))
            bend = 0.34 * half
            line = [(-half, off), (-half * 0.5, off + bend * 0.75), (0, off + bend)]
            line += [(half * 0.5, off + bend * 0.75), (half, off)]
            points = tuple(
                (
                    x + radius * (px * math.cos(turn) - (py - 0.15) * math.sin(turn)) * 0.96,
                    y + radius * (px * math.sin(turn) + (py - 0.15) * math.cos(turn)) * 0.96,
                )
                for px, py in line
            )
            wool.append(Cord(points, 5.2, yarn, shade=0.5))
    return tuple(wool)
