"""Import the course's own modules: references, misconceptions, alternatives.

They import each other by bare name (`from penalties import l2_penalty`), as the student's modules do, and two
assignments may both have a `network.py`. So each set is imported under its bare names for a moment, and leaves no trace
in `sys.modules`.
"""

import importlib.util
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.abc import SourceLoader
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from grader.errors import AssignmentError


def load_modules(
    paths: Mapping[str, Path],
    *,
    siblings: Mapping[str, ModuleType] | None = None,
    texts: Mapping[str, str] | None = None,
) -> dict[str, ModuleType]:
    """Import the files in `paths` under the given names; they may import each other and `siblings` while they load.

    A module in `texts` is made of that text: its file is not read, and need not be there. Raises `AssignmentError` with
    file and line when one of them fails.
    """
    with _importable(paths, siblings or {}, texts or {}):
        return {name: _load(name, path) for name, path in paths.items()}


def located(error: BaseException, fallback: Path) -> str:
    """Return `file, line N` of the innermost line of the course's own code that `error` passed through."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}, line {error.lineno}"
    ours = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).parent == fallback.parent
    ]
    return f"{ours[-1].filename}, line {ours[-1].lineno}" if ours else str(fallback)


def _load(name: str, path: Path) -> ModuleType:
    try:
        return importlib.import_module(name)
    except Exception as error:
        raise AssignmentError(
            f"{located(error, path)}: {type(error).__name__}: {error}", hint="a file of the course cannot be imported"
        ) from error


@contextmanager
def _importable(
    paths: Mapping[str, Path], siblings: Mapping[str, ModuleType], texts: Mapping[str, str]
) -> Iterator[None]:
    names = {*paths, *siblings}
    shadowed = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    sys.modules.update(siblings)
    finder = _Finder(paths, texts)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(shadowed)


class _Finder:
    def __init__(self, paths: Mapping[str, Path], texts: Mapping[str, str]) -> None:
        self._paths = paths
        self._texts = texts

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Find one of the modules by its bare name."""
        del path, target
        if name not in self._paths:
            return None
        loader = _TextLoader(self._paths[name], self._texts[name]) if name in self._texts else None
        return importlib.util.spec_from_file_location(name, self._paths[name], loader=loader)


class _TextLoader(SourceLoader):
    """Makes a module of a text; `path` is where it says it is from."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text

    def get_filename(self, fullname: str) -> str:  # noqa: ARG002 - the import system's signature
        return str(self._path)

    def get_data(self, path: str | bytes) -> bytes:  # noqa: ARG002 - the import system's signature
        return self._text.encode()
