"""What a page kind is."""

from dataclasses import dataclass
from typing import Literal

Area = Literal["public", "account", "members", "office"]
LANGUAGES = ("es", "en")


@dataclass(frozen=True)
class Kind:
    """One kind of page, in one of its states."""

    name: str
    area: Area
    #: The name of its URL pattern; empty for Wagtail's own pages and for addresses outside.
    pattern: str = ""
    #: Where it stands when it has no pattern: "/{language}/shop/".
    path: str = ""
    #: Who or what the address speaks of: a key of `look.examples`.
    example: str = ""
    query: str = ""
    #: Who looks: a role with a log-in, or nobody in particular.
    role: str = ""
    #: What is done before the page shows this state: a key of `look.acts`.
    act: str = ""
    status: int = 200
    #: Rendered from this template alone: a state that nobody should have to bring about.
    template: str = ""
    #: On paper.
    is_printed: bool = False
    #: Search machines are asked not to keep it; why.
    is_unlisted: bool = False

    @property
    def has_dark(self) -> bool:
        """Members' screens are read in the sun, and paper is white."""
        return self.area != "members" and not self.is_printed
