"""Every component in every state, for those who build pages. It is there while one works on the
house and in its demo; a real cooperative does not show it.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.cards import Card
from catalog.charts import chart_from
from catalog.queries import Availability, Kind
from catalog.sizes import MEASURES, SizeRow, SizeTable
from cms.product_page import Step
from coop.kit import icons, motifs
from coop.kit.hundred import Part
from coop.kit.knitting.patterns import pattern_of
from coop.kit.money import from_minor
from coop.kit.pictures import Picture
from coop.members.pictures import DYES
from coop.people.models import Installation
from coop.people.services import installation
from ledger.open_pages import bars
from ledger.queries import Flow

_HERE = ("127.0.0.1", "localhost")
# The grounds and text of a page, by what they are for.
GROUNDS = (
    ("page", gettext_lazy("ground")),
    ("raised", gettext_lazy("panels")),
    ("sunk", gettext_lazy("wells")),
    ("line", gettext_lazy("rules")),
    ("control", gettext_lazy("edges of fields")),
    ("ink", gettext_lazy("text")),
    ("ink-2", gettext_lazy("second text")),
    ("cochineal", gettext_lazy("links, what is current")),
    ("cochineal-deep", gettext_lazy("refusal")),
    ("button", gettext_lazy("main action")),
    ("indigo", gettext_lazy("money")),
    ("qolle-deep", gettext_lazy("waiting")),
    ("chilca-deep", gettext_lazy("done")),
    ("lake-deep", gettext_lazy("information")),
    ("tint-cochineal", gettext_lazy("under refusal")),
    ("tint-qolle", gettext_lazy("under waiting")),
    ("tint-chilca", gettext_lazy("under done")),
    ("tint-lake", gettext_lazy("under information")),
)
SIZES = (14, 16, 17, 20, 27, 33, 44, 54, 92)
LONG = (
    "Chalina-poncho reversible de veintiocho motivos diferentes para señoras extraordinariamente "
    "friolentas"
)


class SampleForm(forms.Form):
    """Fields of each sort; sent empty, it shows how mistakes are said."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("We send you a link there.")
    )
    note = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea, required=False)
    size = forms.ChoiceField(label=gettext_lazy("Size"), choices=[("s", "S"), ("m", "M")])
    way = forms.ChoiceField(
        label=gettext_lazy("How it gets to you"),
        choices=[("send", gettext_lazy("By post")), ("fetch", gettext_lazy("I fetch it"))],
        widget=forms.RadioSelect,
    )
    list = forms.FileField(label=gettext_lazy("Your list (CSV)"), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("My name may be shown"), required=False)


@dataclass(frozen=True)
class Dye:
    """A dye of the house with its name and its colour."""

    name: str
    hex: str


@require_safe
@never_cache
def styleguide(request: HttpRequest) -> HttpResponse:
    """The page. Raises Http404 in real use."""
    if not (settings.DEBUG or _is_demo_here(request)):
        raise Http404
    return render(request, "styleguide/index.html", _context())


def _is_demo_here(request: HttpRequest) -> bool:
    host = request.get_host().partition(":")[0]
    return host in _HERE and installation().mode == Installation.Mode.DEMO


def _context() -> dict[str, Any]:
    wrong = SampleForm({"email": "casi"}, auto_id="wrong-%s")
    wrong.full_clean()
    dark = SampleForm({"email": "casi", "name": "Rosa"}, auto_id="dark-%s")
    dark.full_clean()
    refused = SampleForm({})
    refused.add_error(None, _("Nothing was done: the list changed meanwhile."))
    return {
        "refused": refused,
        "steps": [Step(_("Shop"), "#top"), Step(LONG, "#top")],
        "flows": [
            Flow("wool", _("Wool"), from_minor(112_000)),
            Flow("rent", _("Rent"), from_minor(24_000)),
        ],
        "size_table": SizeTable(
            MEASURES["hats"].name,
            MEASURES["hats"].how,
            [SizeRow("S", 52, 54, is_chosen=False), SizeRow("M", 55, 57, is_chosen=True)],
        ),
        "dark_form": dark,
        "grounds": GROUNDS,
        "sizes": SIZES,
        "motifs": motifs.motifs().values(),
        "dyes": [Dye(str(DYES.get(key, key)), colour) for key, colour in motifs.dyes().items()],
        "icons": sorted((key, icon.name) for key, icon in icons.ICONS.items()),
        "parts": _parts(),
        "kinds": ["maker", "wool", "fund", "shipping", "fees"],
        "bars": bars([(_("Bank"), from_minor(812_050)), (_("Cash box"), from_minor(120_000))]),
        "form": SampleForm(auto_id="plain-%s", initial={"way": "send"}),
        "wrong": wrong,
        "card_kinds": [_card(kind) for kind in Kind],
        "long_card": _card(Kind.TO_ORDER, name=LONG, lead=LONG),
        "photo": _card(Kind.UNIQUE, is_photographed=True),
        "page": Paginator(range(60), 20).get_page(2),
        "amount": from_minor(12_800),
        "chart": chart_from(
            pattern_of("", ["cream", "cochineal", "qolle", "indigo"], "andenes"), "Andenes"
        ),
        "looks": ["filled", "outlined", "plain"],
        "tones": ["ready", "waiting", "single", "refused", "over", "info"],
        "message_tones": ["info", "success", "warning", "error"],
    }


def _parts() -> list[Part]:
    return [
        Part("maker", _("Whoever knits it"), from_minor(7_808)),
        Part("wool", _("Wool"), from_minor(1_792)),
        Part("fund", _("Common fund"), from_minor(1_536)),
        Part("shipping", _("Shipping"), from_minor(1_152)),
        Part("fees", _("Card fee"), from_minor(512)),
    ]


def _card(kind: Kind, *, name: str = "", lead: str = "", is_photographed: bool = False) -> Card:
    motif = {Kind.READY: "andenes", Kind.TO_ORDER: "zorro", Kind.UNIQUE: "olas"}.get(kind, "luna")
    address = f"/motif/{motif}/plain-swatch.svg?v={motifs.version()}"
    language = (get_language() or "es").split("-")[0]
    return Card(
        name=name or motifs.motif(motif).name,
        lead=lead or motifs.motif(motif).meaning,
        url=f"/{language}/shop/",
        price=from_minor(12_800),
        is_from=kind == Kind.TO_ORDER,
        availability=Availability(kind, 3, None, 12),
        picture=Picture(address, 250, 312, motifs.motif(motif).name),
        motif=motif,
        is_photographed=is_photographed,
    )
