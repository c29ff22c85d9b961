"""The picture by which a member finds herself on `/m/`: a motif on a dye, hers alone."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from coop.kit.motifs import dyes, motifs
from coop.people.models import PinCard

#: The dyes as people call them. A dye that is not here has no ground that pictures stand on.
DYES = {
    "cochineal": _("cochineal red"),
    "lake": _("lake blue"),
    "qolle": _("qolle yellow"),
    "chilca": _("chilca green"),
    "indigo": _("indigo"),
    "pink": _("pink"),
    "orange": _("orange"),
    "brown": _("brown"),
    "near_black": _("black"),
    "fawn": _("fawn"),
    "cream": _("cream"),
    "undyed_white": _("white"),
}
#: Of each motif so many are shown to choose from, in dyes that tell well apart.
SHOWN_OF_A_MOTIF = 3


@dataclass(frozen=True)
class Picture:
    """A motif on a dye."""

    motif: str
    colour: str

    @property
    def key(self) -> str:
        """How a form sends it."""
        return f"{self.motif}:{self.colour}"

    @property
    def name(self) -> str:
        """What it shows: "Llamas, lake blue"."""
        return f"{motifs()[self.motif].name}, {DYES[self.colour]}"


def free_pictures(*, kept: PinCard | None = None) -> list[Picture]:
    """Every picture that nobody has, and that of the card `kept`."""
    taken = set(PinCard.objects.values_list("motif", "colour"))
    if kept is not None:
        taken.discard((kept.motif, kept.colour))
    return [
        Picture(motif, dye)
        for motif in motifs()
        for dye in DYES
        if dye in dyes() and (motif, dye) not in taken
    ]


def to_choose_from(free: list[Picture], *, chosen: str = "") -> list[Picture]:
    """A few free pictures of each motif, and the one already `chosen`."""
    shown: list[Picture] = []
    of_motif: dict[str, int] = {}
    for picture in free:
        count = of_motif.get(picture.motif, 0)
        if count < SHOWN_OF_A_MOTIF or picture.key == chosen:
            shown.append(picture)
            of_motif[picture.motif] = count + 1
    return shown
