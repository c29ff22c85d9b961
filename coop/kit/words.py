"""Words as people look for them: without accents, capitals or endings."""

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
    """The words of a question, plain, each without its ending."""
    return [stem(word) for word in re.findall(r"\w+", plain(text))]


def says(text: str, wanted: str) -> bool:
    """Whether `text` has every word of `wanted`: from its beginning, or but for its ending.

    "Condor" and "cond" are in "los cóndores"; "recibos" is not in "se recibió".
    """
    said = re.findall(r"\w+", plain(text))
    words = re.findall(r"\w+", plain(wanted))
    return bool(words) and all(
        any(one.startswith(word) or stem(one) == stem(word) for one in said) for word in words
    )


def stem(word: str) -> str:
    """A word, plain, without the ending of its number and gender: "rojas" is "roj", as "rojo" is.

    One rule for Spanish and English together, for what is asked stands in either.
    """
    root = plain(word)
    if len(root) > 4 and root.endswith("ies"):
        root = root[:-3] + "y"
    elif len(root) > 4 and root.endswith("es"):
        root = root[:-2]
    elif len(root) > 3 and root.endswith("s") and not root.endswith("ss"):
        root = root[:-1]
    if len(root) > 3 and root[-1] in "aeo":
        root = root[:-1]
    # "Pez" and "peces", "cruz" and "cruces".
    return root[:-1] + "z" if len(root) > 2 and root.endswith("c") else root
