"""Which files beside the modules of a submission its modules may import: a student's own helpers."""

import sys
from collections.abc import Callable, Iterable, Sequence

from grader.course.files import source_text
from grader.errors import SubmissionError
from grader.model.submission import ModuleSource

MAX_COMPANIONS = 20
COMPANION_BYTES = 1_000_000
"""Of all of them together."""

_SUFFIX = ".py"
_TAKEN = frozenset({*sys.stdlib_module_names, "numpy"})
"""What a student's `import random` is to find is Python's own."""


def companions(
    filenames: Iterable[str], modules: Sequence[str], read: Callable[[str, int], bytes]
) -> list[ModuleSource]:
    """Return the other Python files of a folder as modules, in the order of their names.

    `read` takes a file name and the most bytes to read, and raises `SubmissionError`. What cannot be read, is too much
    or could not be imported by its name is left out: it matters only to a module that imports it, and is missed there.
    """
    found: list[ModuleSource] = []
    left = COMPANION_BYTES
    for filename in sorted(filenames):
        name = filename.removesuffix(_SUFFIX)
        if len(found) == MAX_COMPANIONS:
            break
        if name == filename or not name.isidentifier() or name in _TAKEN or name in modules:
            continue
        try:
            content = read(filename, left)
            text = source_text(content, filename)
        except SubmissionError:
            continue
        left -= len(content)
        found.append(ModuleSource(module=name, filename=filename, text=text))
    return found
