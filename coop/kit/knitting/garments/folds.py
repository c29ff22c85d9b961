"""How cloth lies when it is put down: folded, with a corner turned back."""

import numpy as np

from coop.kit.knitting.arrays import Floats, drift, floats
from coop.kit.knitting.cloth import Shape

Places = tuple[Floats, Floats, Floats]


def laid(box: tuple[float, float, float, float], corner: float, *, lift: float, seed: int) -> Shape:
    """A blanket that lies in the box, its lower right corner turned over along a line."""
    left, top, right, bottom = box

    def shape(across: Floats, along: Floats) -> Places:
        x, y = left + (right - left) * across, top + (bottom - top) * along
        ripple = drift(x, y, 0.10, seed) * 15 + drift(x, y, 0.22, seed + 2) * 4
        height = lift + ripple
        if not corner:
            return floats(x + ripple * 0.5), floats(y + ripple * 0.4), floats(height)
        # How far each place lies beyond the fold; what is beyond comes back over it.
        beyond = ((x - right) + (y - bottom)) / np.sqrt(2) + corner
        radius = 24.0
        angle = np.clip(beyond / radius, 0, np.pi)
        past = np.maximum(0, beyond - np.pi * radius)
        moved = np.where(beyond > 0, radius * np.sin(angle) - past - beyond, 0.0) / np.sqrt(2)
        raised = np.where(beyond > 0, radius * (1 - np.cos(angle)), 0.0)
        return (
            floats(x + moved + ripple * 0.5),
            floats(y + moved + ripple * 0.4),
            floats(height + raised * 1.4),
        )

    return shape
