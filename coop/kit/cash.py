"""What cash is made of, largest first, in hundredths, by currency.

Peru and Bolivia have the same notes and coins in use; smaller coins are no longer given out. Of
dollars and euros only notes go from hand to hand where we are: their coins are counted as a sum.
"""

NOTES = (20000, 10000, 5000, 2000, 1000)
COINS = (500, 200, 100, 50, 20, 10)
PIECES = (*NOTES, *COINS)
_NOTES_OF: dict[str, tuple[int, ...]] = {
    "PEN": NOTES,
    "BOB": NOTES,
    "USD": (10000, 5000, 2000, 1000, 500, 200, 100),
    "EUR": (20000, 10000, 5000, 2000, 1000, 500),
}
_COINS_OF: dict[str, tuple[int, ...]] = {"PEN": COINS, "BOB": COINS}
#: The currencies whose cash we have drawn.
CURRENCIES_WITH_CASH = tuple(_NOTES_OF)
_AT_HOME = ("PEN", "BOB")


def pieces_of(currency: str) -> tuple[int, ...]:
    """The notes and coins of a currency that are counted one by one; none where none is drawn."""
    return (*_NOTES_OF.get(currency, ()), *_COINS_OF.get(currency, ()))


def has_loose_coins(currency: str) -> bool:
    """Whether some of its cash is counted as a sum: coins that we have not drawn, or all of it."""
    return currency not in _COINS_OF


def kind_of(minor: int, currency: str = "PEN") -> str:
    """The picture of a note or coin: "note-2000", "coin-50"; abroad "note-usd-2000"."""
    form = "note" if minor in _NOTES_OF.get(currency, NOTES) else "coin"
    return f"{form}-{minor}" if currency in _AT_HOME else f"{form}-{currency.lower()}-{minor}"


def label_of(minor: int) -> str:
    """What stands on it: "20", "0.50"."""
    return str(minor // 100) if minor >= 100 else f"0.{minor:02}"
