"""What cash is made of in Peru and in Bolivia, largest first, in céntimos (or centavos).

Both countries have the same notes and coins in use; smaller coins are no longer given out.
"""

NOTES = (20000, 10000, 5000, 2000, 1000)
COINS = (500, 200, 100, 50, 20, 10)
PIECES = (*NOTES, *COINS)
#: The currencies whose cash we have drawn.
CURRENCIES_WITH_CASH = ("PEN", "BOB")


def kind_of(minor: int) -> str:
    """The picture of a note or coin: "note-2000", "coin-50"."""
    return f"{'note' if minor in NOTES else 'coin'}-{minor}"


def label_of(minor: int) -> str:
    """What stands on it: "20", "0.50"."""
    return str(minor // 100) if minor >= 100 else f"0.{minor:02}"
