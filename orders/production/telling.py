"""What production tells the open book of its entries: which piece it was."""

from collections.abc import Mapping, Sequence

from catalog.models import Piece
from ledger.telling import Particulars, tells


@tells("piece")
def _of_pieces(references: Sequence[str]) -> Mapping[str, Particulars]:
    keys = {one: one.split(":")[1] for one in references}
    wanted = [int(key) for key in keys.values() if key.isdecimal()]
    rows = Piece.objects.filter(pk__in=wanted).select_related("variant__design")
    told = {str(one.pk): Particulars(what=one.variant.design.name) for one in rows}
    return {one: told[key] for one, key in keys.items() if key in told}
