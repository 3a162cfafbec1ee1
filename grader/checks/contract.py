"""Whether a function keeps the course's contract: it leaves its arguments alone, and refuses bad ones."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.checks.description import describe_call, describe_value, numbers_apart, short_list
from grader.checks.failure import CheckFailure
from grader.checks.kinds import entry_name
from grader.checks.student import CallRecord, StudentFunction, StudentObject
from grader.sandbox.faults import Raised

_PATH = re.compile(r"(?P<root>\w+)(?P<rest>.*)", re.DOTALL)
_KEY = re.compile(r"""\[('[^']*'|"[^"]*"|\d+)\]""")
"""One step of a path, e.g. `['W1']` or `[0]`."""


def assert_unchanged(record: CallRecord, *arguments: str) -> None:
    """Raise `CheckFailure` if the call changed an argument in place.

    `arguments` names the parameters to look at (`"x"`, or a part of one: `"bn_param['running_mean']"`); without any,
    all of them are.
    """
    changed = {_named(path, record.parameters): (path, value) for path, value in record.changed.items()}
    if arguments:
        changed = {name: at for name, at in changed.items() if any(_covers(argument, name) for argument in arguments)}
    if not changed:
        return
    message = f"{record.question.id} changed its argument{'s' * (len(changed) > 1)} {short_list(changed)} in place"
    differences = (_first_difference(name, _argument(record, path), after) for name, (path, after) in changed.items())
    if shown := next((difference for difference in differences if difference), ""):
        message += f"; {shown}"
    raise CheckFailure(f"{message}; the caller may still need the old values")


def assert_own_memory(record: CallRecord) -> None:
    """Raise `CheckFailure` if a returned array shares its memory with an argument or with another returned array.

    Changing the one would change the other. Seen only for single calls, and not for opaque values.
    """
    if not record.shared:
        return
    first = record.shared[0]
    result = f"result{first.part}" if first.part else "the result"
    other = f"result{first.other}" if first.in_result else f"the argument {_named(first.other, record.parameters)}"
    raise CheckFailure(
        f"{record.question.id}: {result} shares its memory with {other}, so changing one changes the other; "
        "expected memory of its own"
    )


def assert_raises(
    error_type: type[Exception], function: Callable[..., Any], *args: Any, naming: str | None = None, **kwargs: Any
) -> str:
    """Raise `CheckFailure` unless the student's `function(*args, **kwargs)` raises `error_type` or a subclass of it.

    Returns the error's message, which is never graded. `naming` says what the error is about (`"keep_prob"`), for the
    failure's words. A time-out or a crash stays what it is, and so does the stub's NotImplementedError.
    """
    wanted = f"expected {_article(error_type.__name__)}" + (f" that names {naming}" if naming else "")
    try:
        value = function(*args, **kwargs)
    except Raised as fault:
        if fault.type_names[0] == "NotImplementedError":
            raise
        if error_type.__name__ in fault.type_names:
            return fault.message
        where = f" in line {fault.frames[-1].line} of {fault.frames[-1].filename}" if fault.frames else ""
        raise CheckFailure(f"{_call(function, args, kwargs)} raised {fault}{where}; {wanted}") from None
    except CheckFailure as failure:
        raise CheckFailure(f"no error came; {wanted} ({failure.message})") from None
    what = describe_value(value.handle if isinstance(value, StudentObject) else value)
    raise CheckFailure(f"{_call(function, args, kwargs)} returned {what}; {wanted}")


def _named(path: str, parameters: tuple[str, ...]) -> str:
    """Return a path as the student writes it: `1['W1']` is `parameters['W1']`."""
    match = _PATH.fullmatch(path)
    if match is None or not match["root"].isdigit() or int(match["root"]) >= len(parameters):
        return path
    return re.split(r"[=:]", parameters[int(match["root"])])[0].strip(" *") + match["rest"]


def _covers(argument: str, name: str) -> bool:
    return name == argument or name.startswith((f"{argument}[", f"{argument}."))


def _argument(record: CallRecord, path: str) -> Any:
    """Return the argument, or the part of one, that a path leads to, as it was before the call; None if there is none.

    A key that the function rebound already holds its new value here.
    """
    match = _PATH.fullmatch(path)
    found: Any = {**dict(enumerate(record.args)), **record.kwargs}
    for key in [match["root"], *_KEY.findall(match["rest"])] if match else [path]:
        plain = int(key) if key.isdigit() else key.strip("'\"")
        try:
            found = found[plain]
        except (LookupError, TypeError):
            return None
    return found


def _first_difference(name: str, before: Any, after: Any) -> str:
    if type(before) is not np.ndarray or type(after) is not np.ndarray:
        return ""
    if before.shape != after.shape or before.dtype != after.dtype or before.dtype.kind not in "fiub":
        return ""
    differs = (before != after) & ~((before != before) & (after != after))
    if not differs.any():
        return ""
    first = np.unravel_index(int(np.argmax(differs)), differs.shape)
    old, new = numbers_apart(before[first], after[first])
    return f"{entry_name(name, first)} was {old} and is now {new}"


def _call(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    if isinstance(function, StudentFunction):
        return describe_call(function.name, function.parameters, args, kwargs)
    return "the call"


def _article(type_name: str) -> str:
    return f"{'an' if type_name[0] in 'AEIOU' else 'a'} {type_name}"
