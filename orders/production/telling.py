"""What production tells the open book of its entries: which piece it was."""

from collections.abc import Mapping, Sequence

from django.db.models import CharField
from django.db.models.functions import Cast

from catalog.models import Design, Piece
from ledger.telling import Found, Particulars, Says, finds, tells


@tells("piece")
def _of_pieces(references: Sequence[str]) -> Mapping[str, Particulars]:
    keys = {one: one.split(":")[1] for one in references}
    wanted = [int(key) for key in keys.values() if key.isdecimal()]
    rows = Piece.objects.filter(pk__in=wanted).select_related("variant__design")
    told = {str(one.pk): Particulars(what=one.variant.design.name) for one in rows}
    return {one: told[key] for one, key in keys.items() if key in told}


@finds("piece")
def _pieces_found(says: Says) -> Found:
    """Pieces of designs that are called so, in either language."""
    names = Design.objects.order_by().values_list("pk", "name_es", "name_en")
    found = [key for key, *called in names if any(says(one) for one in called)]
    if not found:
        return Found()
    pieces = Piece.objects.filter(variant__design__in=found).order_by()
    return Found(what=pieces.annotate(key=Cast("pk", CharField())).values("key"))
