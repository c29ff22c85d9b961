"""What a phone keeps of her screens: her work and her wool. Never an amount, never a name of others.

Pages are rendered by the screens themselves, while `is_being_kept` tells everything that would
print an amount to print none.
"""

from coop.kit.money import amounts_are_hidden, hiding_amounts

__all__ = ["hiding_amounts", "is_being_kept"]


def is_being_kept() -> bool:
    """Whether the page that is being rendered will lie on a phone."""
    return amounts_are_hidden()
