"""What the shop does not do, in words for the person who asked."""

from django.utils.translation import gettext_lazy as _

from coop.kit.errors import Refusal


class ShopError(Refusal):
    """Base of this app's refusals."""


# The cart ----------------------------------------------------------------------------------
class NotForSale(ShopError):
    message = _("This is no longer in the shop. Have a look at the other pieces.")


class WrongQuantity(ShopError):
    message = _("Choose a number from 1 to {most}. For more, write to us.")


class OneOfAKind(ShopError):
    message = _("“{name}” exists once, and it is already in your cart.")


class OnlyOne(ShopError):
    message = _("There is only one “{name}”: the number stays at 1.")


class CartFull(ShopError):
    message = _("Your cart holds {most} different things and is full. Order these first.")


class NotInCart(ShopError):
    message = _("That is no longer in your cart. Perhaps you took it out in another tab.")


class CartEmpty(ShopError):
    message = _("Your cart is empty. Perhaps you ordered it in another tab.")


class CartChanged(ShopError):
    message = _(
        "A price or what is ready changed while you were looking. Nothing is ordered yet:"
        " look again, and order if you still like it."
    )


class SoldOut(ShopError):
    message = _(
        "Somebody was faster: “{name}” has just been sold. Nothing is ordered yet."
        " Take it out of your cart, or choose fewer."
    )


class SoldBefore(SoldOut):
    message = _("“{name}” has been sold meanwhile. Have a look at the other pieces.")


# Placing an order --------------------------------------------------------------------------
class DeliveryNotOffered(ShopError):
    message = _("Choose one of the ways to get it.")


class MethodNotOffered(ShopError):
    message = _("That way to pay does not go with this order. Choose another one.")


class AddressMissing(ShopError):
    message = _("Write where we should send it.")


class CurrencyNotOffered(ShopError):
    message = _("We cannot take that currency today. Choose another one.")


class FileRefused(ShopError):
    """A wholesale file with mistakes; `problems` names each with its line."""

    message = _("The file has mistakes, so nothing was ordered.")

    @property
    def problems(self) -> list[str]:
        """One sentence for each mistake."""
        found = self.facts.get("problems")
        return list(found) if isinstance(found, list) else []


class StaleUpload(ShopError):
    message = _("This list is no longer at hand. Send the file once more.")


class PricesChanged(ShopError):
    message = _("A price changed while you were looking. Nothing is ordered: send the list again.")


# An order's way ----------------------------------------------------------------------------
class WrongStatus(ShopError):
    message = _("Order #{number} is “{status}”, so this cannot be done. Look at it again.")


class NotPaid(ShopError):
    message = _("Order #{number} is not paid: {outstanding} are still open. Record that first.")


class NotComplete(ShopError):
    message = _("Order #{number} is not complete: {missing} pieces are still to come.")


class AmountWrong(ShopError):
    message = _("Write an amount above zero, in {currency}, with no more than two decimals.")


class PaidTooMuch(ShopError):
    message = _(
        "For order #{number} only {outstanding} are open. Record at most that, and give the"
        " rest back."
    )


class OperationMissing(ShopError):
    message = _("Write the operation number, so that no payment is recorded twice.")


class OperationTaken(ShopError):
    message = _("Operation {reference} is already recorded: order #{number}, {amount}.")


class DayInTheFuture(ShopError):
    message = _("That day is still to come. Write the day on which it happened.")


class PaymentUnderWay(ShopError):
    message = _(
        "Money may still come by card for order #{number}. Look again when the card page is closed."
    )


class TooManyClaims(ShopError):
    message = _("You told us of {most} operations already. Write to us, and we look together.")


class CardIsNotByHand(ShopError):
    message = _("Payments by card come in by themselves. Choose another way, or wait for it.")


class NothingToGiveBack(ShopError):
    message = _("Say what is given back: pieces, the shipping, or an amount.")


class TooMuchBack(ShopError):
    message = _("At most {most} can go back: no more than was paid and not yet given back.")


class TooManyBack(ShopError):
    message = _("Of “{name}” at most {most} can go back. Look at the numbers again.")


class RefundDiffers(ShopError):
    message = _(
        "Stripe gave back {amount} for order #{number}, which is more than the house knows was"
        " paid. Somebody has to look at it."
    )


class DayBeforeOrder(ShopError):
    message = _("Order #{number} came on {day}: it cannot have been paid before.")


class ReasonMissing(ShopError):
    message = _("Write why, for whoever reads this later.")


class MailNotOpen(ShopError):
    message = _("This e-mail went out already, or is no longer needed. Nothing was sent again.")
