"""Every kind of page, as data: bin/shots shows them, axe, Lighthouse and the weights judge them."""

from look.kinds.kind import LANGUAGES, Area, Kind
from look.kinds.left_out import LEFT_OUT, LEFT_OUT_SPACES
from look.kinds.members import MEMBERS
from look.kinds.office import OFFICE
from look.kinds.public import ACCOUNT, PUBLIC

ALL = (*PUBLIC, *ACCOUNT, *MEMBERS, *OFFICE)
BY_NAME = {kind.name: kind for kind in ALL}

__all__ = [
    "ALL",
    "BY_NAME",
    "LANGUAGES",
    "LEFT_OUT",
    "LEFT_OUT_SPACES",
    "Area",
    "Kind",
]
