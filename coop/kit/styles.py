"""Which stylesheets a page wants, and how few requests bring them.

Each concern has its own small file. `collectstatic` also joins the files of a sheet into one, so
that a phone far away asks once for the frame of every page and once for its own kind.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from posixpath import dirname, join, normpath, relpath
from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_COMPONENTS = "css/components"
_LINES = ("css/shop/lines.css", "css/shop/sums.css")

#: The sheets by name, each with its files in the order of the cascade.
SHEETS: Mapping[str, tuple[str, ...]] = {
    # What every public page has.
    "site": (
        "css/tokens.css",
        "css/base.css",
        *(
            f"{_COMPONENTS}/{name}.css"
            for name in (
                "stripe",
                "header",
                "fringe",
                "footer",
                "button",
                "field",
                "message",
                "status-tag",
                "price",
                "pagination",
                "empty-state",
            )
        ),
    ),
    "home": (
        f"{_COMPONENTS}/card.css",
        f"{_COMPONENTS}/hundred.css",
        f"{_COMPONENTS}/maker.css",
        f"{_COMPONENTS}/quote.css",
        f"{_COMPONENTS}/vat.css",
        "css/pages/text.css",
        "css/pages/home.css",
    ),
    "shop": (
        f"{_COMPONENTS}/card.css",
        f"{_COMPONENTS}/chip.css",
        f"{_COMPONENTS}/dye.css",
        "css/pages/shop.css",
    ),
    "product": (
        f"{_COMPONENTS}/card.css",
        f"{_COMPONENTS}/dye.css",
        f"{_COMPONENTS}/facts-list.css",
        f"{_COMPONENTS}/hundred.css",
        f"{_COMPONENTS}/maker.css",
        f"{_COMPONENTS}/size-table.css",
        f"{_COMPONENTS}/trail.css",
        "css/pages/product.css",
    ),
    "piece": (
        f"{_COMPONENTS}/facts-list.css",
        f"{_COMPONENTS}/hundred.css",
        f"{_COMPONENTS}/maker.css",
        "css/pages/piece.css",
    ),
    "text": (
        f"{_COMPONENTS}/card.css",
        f"{_COMPONENTS}/quote.css",
        "css/components/panel.css",
        "css/pages/text.css",
    ),
    "refusal": ("css/pages/refusal.css",),
    "open-book": (
        f"{_COMPONENTS}/hundred.css",
        f"{_COMPONENTS}/bars.css",
        "css/pages/open-book.css",
    ),
    "cart": (*_LINES, "css/shop/cart.css"),
    "checkout": (*_LINES, "css/shop/checkout.css"),
    "order": (*_LINES, "css/shop/order.css"),
    "wholesale": (
        f"{_COMPONENTS}/panel.css",
        *_LINES,
        "css/shop/tables.css",
        "css/shop/wholesale.css",
    ),
    "styleguide": (
        *(
            f"{_COMPONENTS}/{name}.css"
            for name in (
                "band",
                "bars",
                "card",
                "chip",
                "dye",
                "facts-list",
                "hundred",
                "knitting-chart",
                "maker",
                "panel",
                "quote",
                "rows",
                "size-table",
                "trail",
                "vat",
            )
        ),
        "css/pages/text.css",
        "css/pages/refusal.css",
        "css/shop/sums.css",
        "css/pages/styleguide.css",
    ),
    "account": (
        f"{_COMPONENTS}/panel.css",
        f"{_COMPONENTS}/rows.css",
        "css/pages/account.css",
    ),
    # Every members' screen: one file, which the phone then keeps.
    "members": (
        "css/tokens.css",
        *(
            f"css/portal/{name}.css"
            for name in (
                "base",
                "frame",
                "pictures",
                "actions",
                "say",
                "cloth",
                "sure",
                "home",
                "login",
                "work",
                "earnings",
                "wool",
                "book",
                "sign",
                "papers",
                "count",
                "offline",
            )
        ),
        f"{_COMPONENTS}/drawn.css",
        f"{_COMPONENTS}/hundred.css",
    ),
    "trust": ("css/pages/trust.css",),
}

_ADDRESS = re.compile(r"""url\((["']?)([^"')]+)\1\)""")


def joined_name(sheet: str) -> str:
    """The file into which a sheet is joined."""
    return f"css/joined/{sheet}.css"


def join_sheet(sheet: str, read: Callable[[str], str]) -> str:
    """The files of a sheet one after the other; addresses in them lead where they led before."""
    return "\n".join(_moved(read(name), name, joined_name(sheet)) for name in SHEETS[sheet])


def _moved(css: str, old: str, new: str) -> str:
    def address(found: re.Match[str]) -> str:
        target = normpath(join(dirname(old), found[2]))
        return f'url("{relpath(target, dirname(new))}")'

    return _ADDRESS.sub(address, css)


class HouseStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's own, with the joined sheets beside the files they are made of."""

    # Modules of ours name each other by their hashed names, so that a page never mixes the
    # modules of two releases. Django's own switch would also look into every library's script.
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*", HashedFilesMixin._js_module_import_aggregation_patterns[1]),  # type: ignore[attr-defined] # noqa: SLF001
    )

    #: Pages link the joined sheets where this storage serves them.
    joins_sheets = True

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Join the sheets, then hash and compress everything."""
        if not dry_run:
            for sheet in SHEETS:
                name = joined_name(sheet)
                if self.exists(name):
                    self.delete(name)
                self.save(name, ContentFile(join_sheet(sheet, self._read).encode()))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _read(self, name: str) -> str:
        with self.open(name) as file:
            return file.read().decode()
