"""Every write of the catalogue: what is offered, and where each piece goes."""

from catalog.services.offer import (
    WoolNeed,
    add_picture,
    change_price,
    change_rate,
    create_category,
    create_design,
    create_product,
    create_variant,
    note_price,
    note_rate,
)
from catalog.services.pieces import (
    move_piece,
    publish_piece_tag,
    register_piece,
    release_piece,
    reserve_piece,
)

__all__ = [
    "WoolNeed",
    "add_picture",
    "change_price",
    "change_rate",
    "create_category",
    "create_design",
    "create_product",
    "create_variant",
    "move_piece",
    "note_price",
    "note_rate",
    "publish_piece_tag",
    "register_piece",
    "release_piece",
    "reserve_piece",
]
