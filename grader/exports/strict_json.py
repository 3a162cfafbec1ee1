"""Plain data as JSON that every parser accepts, and that neither a terminal nor a CI runner obeys."""

import json
from typing import Any

from grader.errors import GraderError


def as_json(tree: Any) -> str:
    """Return plain data as indented JSON in ASCII; raise `GraderError` for a number that is not finite.

    JSON (RFC 8259) has no NaN, and `null` in its place would be another mark.
    """
    try:
        text = json.dumps(tree, indent=2, allow_nan=False)
    except ValueError as error:
        raise GraderError("points or a time is not a finite number", hint="grade the submission again") from error
    return text.replace("\x7f", r"\u007f").replace("##[", r"#\u0023[").replace("##vso[", r"#\u0023vso[") + "\n"
