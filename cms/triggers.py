"""The database itself notes when anything that the shop window shows has changed.

Whoever writes, and however (a service, the office, a bulk update, raw SQL), a row in
`cms_windowchange` is written with it, in the same transaction. `cms.window` reads them.
"""

from coop.kit.triggers import Event, Trigger, register

#: What a list, a card or a product's page shows, or counts.
SHOWN = (
    "catalog_category",
    "catalog_design",
    "catalog_designwool",
    "catalog_piece",
    "catalog_product",
    "catalog_productpicture",
    "catalog_variant",
    "quotas_technique",
    "rules_parameter",
    "rules_ruleset",
    "shop_shippingrate",
    "wagtailimages_image",
    "wagtailimages_rendition",
    "wool_colour",
    "wool_woollot",
    "wool_yarn",
)
#: Tables that came to it after the first triggers: a migration of their own installs theirs.
CAME_LATER = {"catalog_productpicture", "quotas_technique"}


def note(table: str) -> str:
    """SQL that says that something of `table` changed."""
    return f"INSERT INTO cms_windowchange (\"table\") VALUES ('{table}')"  # noqa: S608 - our own names


_EVENTS: tuple[Event, ...] = ("INSERT", "UPDATE", "DELETE")

ALL = [
    Trigger(
        f"window_{table}_{event.lower()}",
        table,
        "AFTER",
        event,
        (),
        (note(table),),
    )
    for table in SHOWN
    for event in _EVENTS
]

register("cms", ALL)
