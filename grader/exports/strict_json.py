"""Plain data as JSON that every parser accepts and no CI runner obeys."""

from math import isfinite
from typing import Any

import msgspec

from grader.errors import GraderError
from grader.model.escaping import defuse_commands


def as_json(tree: Any) -> str:
    """Return plain data as indented JSON. Texts must be visible; raises `GraderError` for a number that is not finite.

    JSON (RFC 8259) has no NaN, and `null` in its place would be another mark.
    """
    _require_finite(tree)
    text = msgspec.json.format(msgspec.json.encode(tree), indent=2).decode("utf-8")
    return defuse_commands(text, hash_sign=r"\u0023") + "\n"


def _require_finite(tree: Any) -> None:
    if isinstance(tree, float) and not isfinite(tree):
        raise GraderError("points or a time is not a finite number", hint="grade the submission again")
    for item in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        _require_finite(item)
