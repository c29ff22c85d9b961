"""What can go wrong with cards, in words for whoever meets it."""

from django.utils.translation import gettext_lazy as _

from orders.shop.errors import ShopError


class ProviderError(ShopError):
    """Base: something with the card provider. Nothing was charged, nothing is lost."""


class ProviderUnreachable(ProviderError):
    """Its answer did not come, or it is overloaded: asked again later, with the same key."""

    message = _(
        "The card page cannot be reached right now. Nothing was charged: try again in a minute."
    )


class ProviderRefused(ProviderError):
    """It does not do what we ask. `code` and `param` are the provider's own words."""

    message = _("The card provider refused: {problem}")

    def __init__(self, *, problem: str, code: str = "", param: str = "") -> None:
        super().__init__(problem=problem, code=code, param=param)
        self.code, self.param = code, param


class NotYetBooked(ProviderError):
    """It has the money and has not written it into its own account yet: ask again soon."""

    message = _("The payment is on its way into the provider's books. Look again in a minute.")


class PaymentMismatch(ProviderError):
    """What came does not agree with what we asked for. Nothing is changed; somebody looks."""

    message = _("{what} does not agree: {seen} instead of {expected}. Nothing was changed.")


class UnknownMovement(ProviderError):
    """A line in the provider's account that we have no rule for."""

    message = _("Stripe booked “{kind}” ({movement}), for which the house has no rule.")


class PaymentCameMeanwhile(ProviderError):
    message = _("Order #{number} was paid by card in this very moment. Look at it again.")


class HoldIsOver(ProviderError):
    message = _(
        "The pieces of order #{number} were held for half an hour and are free again. Nothing was"
        " charged: put them into the cart once more."
    )
