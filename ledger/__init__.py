"""The books: accounts, journal, balances, payments with two signatures, and their proof."""
