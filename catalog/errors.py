"""Why the catalogue does not do something."""

from django.utils.translation import gettext_lazy as _

from coop.kit.errors import Refusal


class CatalogError(Refusal):
    """Base of this app's refusals."""


class CannotMove(CatalogError):
    message = _("This piece is now: {place}. From there it cannot go where you want it.")


class PieceTaken(CatalogError):
    message = _("This piece is promised to somebody already. Choose another one.")


class PieceNotHere(CatalogError):
    message = _("This piece is not in the store. Choose another one.")


class NotTheirs(CatalogError):
    message = _("This piece is promised to another order.")


class WrongAmount(CatalogError):
    message = _("A price or a pay must be more than nothing.")


class UnknownPicture(CatalogError):
    message = _("We have no motif called “{motif}”. Choose one of: {known}.")
