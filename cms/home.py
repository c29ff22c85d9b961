"""What the first page shows beside its own words: products, where the money goes, who knits."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from catalog import queries
from catalog.cards import cards
from cms import window
from coop.kit import hundred
from coop.kit.hundred import Part
from coop.kit.money import books_currency
from coop.members.queries import public_makers
from ledger.open_pages import spent
from ledger.queries import yearly_flows
from ledger.reports.decisions import Total
from ledger.reports.reading import public_reading

CARDS_AT_HOME = 4
MAKERS_AT_HOME = 6


def home_context(body: StreamValue) -> dict[str, Any]:
    """The body's first block opens the page if it tells of a shelf; the rest closes it."""
    blocks = list(body)
    opens = bool(blocks) and blocks[0].block_type == "feature"
    # The stitches say what went out: they are public if the assembly made that public.
    reading = public_reading()
    parts = spent(yearly_flows(reading.day)) if Total.WENT_OUT in reading.shown else []
    return {
        "opening": blocks[0] if opens else None,
        "rest": blocks[1:] if opens else blocks,
        "cards": window.kept("home", lambda: cards(queries.listed_products()[:CARDS_AT_HOME])),
        "parts": parts,
        "money_heading": money_heading(parts),
        "makers": public_makers(most=MAKERS_AT_HOME),
    }


def money_heading(parts: list[Part]) -> str:
    """How much of what went out went to those who knit, as the stitches beside it are counted."""
    counted = hundred.shares(parts)
    count = next((share.count for share in counted if share.kind == "maker"), 0)
    return _money_words().format(count=count)


def _money_words() -> str:
    """In the coins of the house."""
    if books_currency() == "PEN":
        return _("Of every sol, {count} céntimos go to those who knit")
    if books_currency() == "BOB":
        return _("Of every boliviano, {count} centavos go to those who knit")
    return _("Of every hundred that go out, {count} go to those who knit")
