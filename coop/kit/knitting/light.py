"""Light from the upper left on yarn: form, plies, gaps that stay dark, a sheen at the edges."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter

from coop.kit.knitting.arrays import Floats, floats
from coop.kit.knitting.stitch import Surface

#: Where the light comes from (x right, y down, z towards the eye), one long.
LAMP = floats(np.array([-0.46, -0.58, 0.67]) / np.linalg.norm([-0.46, -0.58, 0.67]))

_WARM = floats([1.05, 1.0, 0.94])
_FADED = floats([1.06, 1.0, 0.93])


@dataclass
class Form:
    """Which way a part's surface looks at each pixel (three arrays, together one long)."""

    x: Floats
    y: Floats
    z: Floats

    @classmethod
    def of(cls, x: Floats, y: Floats, z: Floats) -> "Form":
        """Of any length; made one long."""
        length = np.sqrt(x * x + y * y + z * z) + 1e-6
        return cls(floats(x / length), floats(y / length), floats(z / length))


def lit(surface: Surface, form: Form, *, stitch: float, relief: float = 0.34) -> Floats:
    """The colours that reach the eye, as light. All arrays are two-dimensional.

    `stitch` is the width of a stitch in pixels, `relief` how far its yarn stands out.
    """
    soft = gaussian_filter(surface.height, max(0.6, stitch * 0.035))
    slope_y, slope_x = np.gradient(soft * stitch * relief)
    x, y, z = form.x - slope_x, form.y - slope_y, form.z
    near = (x * LAMP[0] + y * LAMP[1] + z * LAMP[2]) / (np.sqrt(x * x + y * y + z * z) + 1e-6)
    far = form.x * LAMP[0] + form.y * LAMP[1] + form.z * LAMP[2]
    direct = np.clip((near + 0.32) / 1.32, 0, 1)
    depth = 0.34 + 0.66 * np.clip((surface.height + 0.05) / 0.62, 0, 1) ** 0.9
    shape = np.clip((far + 0.48) / 1.22, 0.12, 1.1)
    strength = (0.26 + 0.92 * direct) * depth * (0.40 + 0.62 * shape)
    sheen = np.clip(1 - form.z, 0, 1) ** 2.6 * 0.10 * np.clip(far + 0.4, 0, 1)
    streaked = surface.light * np.clip(1 + surface.streak * 1.25, 0.4, 1.8)[..., None]
    seen = streaked * strength[..., None] * _WARM
    # Light that wanders about in the fibres: it keeps dark yarn from being dead.
    seen = seen + (surface.light * 0.6 + 0.05) * sheen[..., None] * 2 + 0.006 * depth[..., None]
    grey = seen.mean(-1, keepdims=True)
    return floats(seen * 0.90 + grey * 0.10 * _FADED)
