"""Which known name was probably meant."""

from collections.abc import Sequence


def nearest(name: str, known: Sequence[str]) -> str | None:
    """Return the known name that is spelt most like `name`, upper and lower case alike; None when none is near."""
    from difflib import get_close_matches  # only on the way to an error message

    by_folded = {candidate.casefold(): candidate for candidate in known}
    matches = get_close_matches(name.casefold(), list(by_folded), n=1)
    return by_folded[matches[0]] if matches else None
