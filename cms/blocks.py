"""What an editor builds pages from. Every block has its own template in templates/cms/blocks/."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from catalog import queries
from catalog.cards import cards
from catalog.models import Product
from catalog.queries import listed_products
from coop.kit.pictures import LANDSCAPE, SECOND_LOOK, picture_of

IN_A_FEATURE = 3
TEXT_FEATURES = ["bold", "italic", "link", "ul", "ol"]


class PictureBlock(blocks.StructBlock):
    """A photograph, what it shows in words, and a line below it."""

    image = ImageChooserBlock(label=_("picture"))
    alt = blocks.CharBlock(
        label=_("what it shows"),
        max_length=200,
        help_text=_("For those who do not see it."),
    )
    caption = blocks.CharBlock(label=_("line below"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("picture")
        template = "cms/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, and who said them."""

    text = blocks.TextBlock(label=_("words"))
    who = blocks.CharBlock(label=_("who said it"), max_length=120, required=False)

    class Meta:
        icon = "openquote"
        label = _("quote")
        template = "cms/blocks/quote.html"


class FactBlock(blocks.StructBlock):
    """One row of a table of facts."""

    label = blocks.CharBlock(label=_("what"), max_length=120)
    value = blocks.CharBlock(label=_("how it is"), max_length=240)


class FactsBlock(blocks.StructBlock):
    """A small table: what, and how it is."""

    caption = blocks.CharBlock(label=_("title of the table"), max_length=120)
    rows = blocks.ListBlock(FactBlock(label=_("fact")), label=_("facts"), min_num=1)

    class Meta:
        icon = "table"
        label = _("table of facts")
        template = "cms/blocks/facts.html"


class BesideBlock(blocks.StructBlock):
    """A heading and a few sentences, with a picture beside them; the next one on the other side."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120)
    text = blocks.RichTextBlock(label=_("paragraph"), features=TEXT_FEATURES)
    image = ImageChooserBlock(
        label=_("picture"), required=False, help_text=_("Without one, the words stand alone.")
    )
    alt = blocks.CharBlock(
        label=_("what it shows"),
        max_length=200,
        required=False,
        help_text=_("For those who do not see it."),
    )

    class Meta:
        icon = "image"
        label = _("words beside a picture")
        template = "cms/blocks/beside.html"

    def get_context(
        self, value: Mapping[str, Any], parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """With the picture in its widths."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        if value["image"] is not None:
            context["picture"] = picture_of(value["image"], value["alt"], shape=SECOND_LOOK)
        return context


class StopBlock(blocks.StructBlock):
    """A place on the way, and how one goes on from there."""

    place = blocks.CharBlock(label=_("place"), max_length=80)
    words = blocks.CharBlock(label=_("how one goes on from there"), max_length=240)


class VisitBlock(blocks.StructBlock):
    """How one gets there, drawn as a thread from place to place; beside it when the door is open."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120)
    stops = blocks.ListBlock(
        StopBlock(label=_("place")),
        label=_("the way, from far to near"),
        min_num=1,
        max_num=8,
    )
    hours_heading = blocks.CharBlock(label=_("heading of the opening times"), max_length=120)
    hours = blocks.ListBlock(FactBlock(label=_("days")), label=_("opening times"), min_num=1)
    note = blocks.TextBlock(label=_("line below"), required=False)

    class Meta:
        icon = "site"
        label = _("way and opening times")
        template = "cms/blocks/visit.html"


class ProductsBlock(blocks.StructBlock):
    """A few products of the shop."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120)
    text = blocks.TextBlock(label=_("text"), required=False)
    products = blocks.ListBlock(
        SnippetChooserBlock("catalog.Product", label=_("product")),
        label=_("products"),
        min_num=1,
        max_num=8,
    )

    class Meta:
        icon = "pick"
        label = _("products")
        template = "cms/blocks/products.html"

    def get_context(
        self, value: Mapping[str, Any], parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """The chosen products that are still listed, as cards."""
        chosen = [product.pk for product in value["products"] if product is not None]
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["cards"] = cards(Product.objects.listed().filter(pk__in=chosen))
        return context


class FeatureBlock(blocks.StructBlock):
    """One shelf of the shop, told large: a heading, a wide picture, a button."""

    heading = blocks.CharBlock(label=_("heading"), max_length=80)
    text = blocks.TextBlock(label=_("text"), required=False)
    label = blocks.CharBlock(label=_("words of the button"), max_length=40)
    shelf = SnippetChooserBlock("catalog.Category", label=_("category"))
    image = ImageChooserBlock(
        label=_("wide picture"),
        required=False,
        help_text=_("Without one, the newest three products of the shelf stand there."),
    )
    alt = blocks.CharBlock(
        label=_("what it shows"),
        max_length=200,
        required=False,
        help_text=_("For those who do not see it."),
    )

    class Meta:
        icon = "view"
        label = _("shelf, told large")
        template = "cms/blocks/feature.html"

    def get_context(
        self, value: Mapping[str, Any], parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """With three products of the shelf where no picture was chosen."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        shelf = value["shelf"]
        context["motifs"] = queries.motifs_on(shelf) if shelf is not None else []
        if value["image"] is not None:
            alt = value["alt"] or value["heading"]
            context["picture"] = picture_of(value["image"], alt, shape=LANDSCAPE, width=640)
        elif shelf is not None:
            context["cards"] = cards(listed_products(category=shelf.slug)[:IN_A_FEATURE])
        return context


class BodyBlock(blocks.StreamBlock):
    """The body of a page of text."""

    heading = blocks.CharBlock(
        label=_("heading"), max_length=120, icon="title", template="cms/blocks/heading.html"
    )
    paragraph = blocks.RichTextBlock(
        label=_("paragraph"),
        features=TEXT_FEATURES,
        icon="pilcrow",
        template="cms/blocks/paragraph.html",
    )
    picture = PictureBlock()
    quote = QuoteBlock()
    facts = FactsBlock()
    beside = BesideBlock()
    visit = VisitBlock()


class HomeBlock(BodyBlock):
    """The body of the first page."""

    feature = FeatureBlock()
    products = ProductsBlock()
