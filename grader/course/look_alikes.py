"""Which letters of a name only look like the Latin ones that were asked for."""

import unicodedata

# Letters of the alphabets that keyboards mix up with Latin: those that look Latin themselves, then those whose capitals
# do, since names are compared in lower case (Unicode technical standard 39 lists all).
_CYRILLIC = dict(zip("аеорсухіјѕһԁԛԝ" + "вкмнт", "aeopcyxijshdqw" + "bkmht", strict=True))  # noqa: RUF001 - the point of the table
_GREEK = dict(zip("αινορυ" + "βεζηκμτχ", "aivopu" + "bezhkmtx", strict=True))  # noqa: RUF001 - the same
_LATIN = {"ı": "i", "ɡ": "g", "ɑ": "a"}  # noqa: RUF001 - the same
_LOOKS_LIKE = str.maketrans(_CYRILLIC | _GREEK | _LATIN)


def skeleton(name: str) -> str:
    """Return the plain form that two names share if a reader could take one for the other."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_LOOKS_LIKE)


def foreign_letters(name: str, wanted: str) -> tuple[str, ...]:
    """Return Unicode's names of the letters that make `name` another name than `wanted`, though it looks the same.

    Empty when the two do not look the same, or when Python takes them for one name.
    """
    if skeleton(name) != skeleton(wanted) or unicodedata.normalize("NFKC", name) == wanted:
        return ()
    strange = (letter for letter in name if not letter.isascii())
    return tuple(dict.fromkeys(unicodedata.name(letter, f"U+{ord(letter):04X}") for letter in strange))
