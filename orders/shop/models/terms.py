"""What the cooperative sets for its shop: how to pay by transfer, where to pick up, shipping."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from coop.kit.money import from_minor
from coop.kit.translated import translated


@register_setting(icon="parcel", order=300)
class ShopSettings(BaseSiteSetting):
    """Words that stand in orders and mails; the Junta writes them."""

    transfer_instructions_es = models.TextField(
        _("how to pay by transfer (Spanish)"),
        blank=True,
        help_text=_("Bank, account number and holder. The order's number and amount stand beside."),
    )
    transfer_instructions_en = models.TextField(_("how to pay by transfer (English)"), blank=True)
    wallet_number = models.CharField(
        _("number of the phone wallet"),
        max_length=20,
        blank=True,
        help_text=_("Yape or Plin. Without a number, the shop does not offer it."),
    )
    wallet_holder = models.CharField(_("in whose name"), max_length=80, blank=True)
    wallet_picture = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("its QR picture"),
        help_text=_("As the phone shows it under “receive”."),
    )
    card_partner = models.CharField(
        _("partner who holds the card account"),
        max_length=120,
        blank=True,
        help_text=_(
            "Stripe does not serve every country. If a partner organisation holds the account for"
            " us, write its name: what is paid out is then with the partner until it is forwarded."
        ),
    )
    pick_up_address_es = models.TextField(
        _("where and when orders are picked up (Spanish)"), blank=True
    )
    pick_up_address_en = models.TextField(
        _("where and when orders are picked up (English)"), blank=True
    )
    contact_email = models.EmailField(_("e-mail for questions"), blank=True)

    transfer_instructions = translated("transfer_instructions")
    pick_up_address = translated("pick_up_address")

    panels = [
        MultiFieldPanel(
            [FieldPanel("transfer_instructions_es"), FieldPanel("transfer_instructions_en")],
            heading=_("Bank transfer"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("wallet_number"),
                FieldPanel("wallet_holder"),
                FieldPanel("wallet_picture"),
            ],
            heading=_("Phone wallet"),
        ),
        MultiFieldPanel([FieldPanel("card_partner")], heading=_("Cards")),
        MultiFieldPanel(
            [FieldPanel("pick_up_address_es"), FieldPanel("pick_up_address_en")],
            heading=_("Picking up"),
        ),
        FieldPanel("contact_email"),
    ]

    class Meta:
        verbose_name = _("shop settings")
        verbose_name_plural = _("shop settings")

    def __str__(self) -> str:
        return str(_("shop settings"))

    @classmethod
    def current(cls) -> "ShopSettings":
        """Those of the house's site; empty ones while there is no site yet."""
        site = Site.objects.filter(is_default_site=True).first()
        found = cls.objects.filter(site=site).first() if site else None
        return found or cls()


class ShippingRateQuerySet(models.QuerySet["ShippingRate"]):
    """Ways to get an order to the customer."""

    def offered(self) -> "ShippingRateQuerySet":
        """Those that a customer may choose today."""
        return self.filter(is_offered=True)


class ShippingRate(models.Model):
    """A way to get an order to the customer, and what is charged for it."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name_es = models.CharField(_("name (Spanish)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    amount_minor = models.PositiveBigIntegerField(
        _("charge, in céntimos"), default=0, help_text=_("1500 is S/ 15.00.")
    )
    is_pick_up = models.BooleanField(_("the customer picks it up"), default=False)
    is_offered = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    name = translated("name")

    objects = ShippingRateQuerySet.as_manager()

    panels = [
        FieldPanel("key"),
        FieldPanel("name_es"),
        FieldPanel("name_en"),
        FieldPanel("amount_minor"),
        FieldPanel("is_pick_up"),
        FieldPanel("is_offered"),
        FieldPanel("position"),
    ]

    class Meta:
        verbose_name = _("way of shipping")
        verbose_name_plural = _("ways of shipping")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_pick_up=False) | Q(amount_minor=0), name="shipping_pick_up_is_free"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def amount(self) -> Money:
        """What is charged for it."""
        return from_minor(self.amount_minor)
