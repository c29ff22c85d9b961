"""Words as people look for them: without accents, capitals or plural endings."""

import re
import unicodedata


def plain(text: str) -> str:
    """`text` in small letters without accents: "Muñecas" is "munecas"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def printable(text: str) -> str:
    """`text` as it can be asked of a database: without the null character, which none takes."""
    return text.replace("\0", "")


def stems(text: str) -> list[str]:
    """The words of a question, plain, each without a plural's ending."""
    return [stem(word) for word in re.findall(r"\w+", plain(text))]


def stem(word: str) -> str:
    """A plain word without a plural's ending."""
    if len(word) > 4 and word.endswith("es"):
        return word[:-2]
    if len(word) > 3 and word.endswith("s"):
        return word[:-1]
    return word
