"""Pages that editors write, the shop's page, and what the house says of itself."""

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks import BodyBlock, HomeBlock
from cms.changes import WindowChange
from cms.hero import hero_picture
from cms.home import home_context
from cms.product_page import shown
from cms.shop_list import ShopQuery
from coop.kit.translated import translated

__all__ = ["CooperativeSettings", "HomePage", "ShopPage", "TextPage", "WindowChange"]

DEFAULT_NAME = "Mink’a"


def _hero_image(meaning: Any) -> Any:
    """A picture of the first page: none is needed, and one that goes leaves nothing broken."""
    return models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=meaning,
    )


@register_setting(icon="hill")
class CooperativeSettings(BaseSiteSetting):
    """What the house says of itself: its name, where it is, how to reach it."""

    name = models.CharField(_("name"), max_length=60, default=DEFAULT_NAME)
    place_es = models.CharField(_("where it is (Spanish)"), max_length=120, blank=True)
    place_en = models.CharField(_("where it is (English)"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)

    place = translated("place")

    panels: ClassVar = [
        FieldPanel("name"),
        MultiFieldPanel([FieldPanel("place_es"), FieldPanel("place_en")], _("Place")),
        MultiFieldPanel([FieldPanel("email"), FieldPanel("phone")], _("Contact")),
    ]

    class Meta:
        verbose_name = _("cooperative")

    def __str__(self) -> str:
        return self.name


class HomePage(Page):
    """The first page, one in each language."""

    heading = models.CharField(_("heading"), max_length=120)
    lead = models.TextField(_("first lines"), blank=True)
    hero = _hero_image(_("wide picture"))
    hero_phone = _hero_image(_("picture for phones"))
    hero_night = _hero_image(_("wide picture by night"))
    hero_phone_night = _hero_image(_("picture for phones by night"))
    hero_alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        blank=True,
        help_text=_("For those who do not see it."),
    )
    body = StreamField(HomeBlock(), verbose_name=_("body"), blank=True)

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["cms.ShopPage", "cms.TextPage"]
    template = "cms/home_page.html"
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("hero"),
                FieldPanel("hero_alt"),
                FieldPanel("hero_phone"),
                FieldPanel("hero_night"),
                FieldPanel("hero_phone_night"),
            ],
            _("Picture"),
            help_text=_(
                "The wide one is enough. The others take its place on phones, and where a visitor"
                " has a dark screen."
            ),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("first page")
        verbose_name_plural = _("first pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the newest products, where the money goes, and who knits."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "hero": hero_picture(self), **home_context(self.body)}


class ShopPage(RoutablePageMixin, Page):
    """The shop: a list of products with filters, and a page for each of them."""

    heading = models.CharField(_("heading"), max_length=120)
    lead = models.TextField(_("first lines"), blank=True)

    parent_page_types: ClassVar = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cms/shop_page.html"
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("heading"), FieldPanel("lead")]

    class Meta:
        verbose_name = _("shop")
        verbose_name_plural = _("shops")

    @path("")
    def product_list(self, request: HttpRequest) -> HttpResponse:
        """The list: by shelf, by words, by how soon; sorted; page by page."""
        asked = ShopQuery.read(request.GET)
        return self.render(request, context_overrides={"asked": asked, "list": asked.rendered()})

    @path("<slug:slug>/", name="product")
    def product_detail(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One product: choose size and colour, see where the money goes, put it in the cart."""
        seen = shown(slug, request.GET.get("variant", ""))
        if seen is None:
            raise Http404
        context = {"seen": seen, "main": seen.for_visitor(request)}
        return self.render(request, context_overrides=context, template="cms/product_page.html")


class TextPage(Page):
    """A page of text: how we work, visit us, terms."""

    lead = models.TextField(_("first lines"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types: ClassVar = ["cms.HomePage", "cms.TextPage"]
    subpage_types: ClassVar = ["cms.TextPage"]
    template = "cms/text_page.html"
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")
