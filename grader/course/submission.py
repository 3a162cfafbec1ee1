"""What a student handed in, as text: a folder, a Python file or a notebook. Nothing is compiled here: that is slow or
fatal for some texts, and so the worker's business."""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from grader.course.digests import digest_of
from grader.course.files import MODULE_BYTES, read_regular, source_text
from grader.course.names import nearest
from grader.course.self_imports import without_self_imports
from grader.errors import SubmissionError
from grader.model.assignment import Assignment
from grader.model.submission import ModuleSource, Submission, UnreadableModule

_ENTRIES_SHOWN = 5


def read_submission(path: Path, assignment: Assignment) -> Submission:
    """Read a folder with the assignment's modules or one notebook, a `.py` file, or an `.ipynb` file.

    A `.py` that is not named like a module holds all functions and serves as every module; so does a notebook. `path`
    itself may be a link, since the person who grades named it; what lies in a folder is not followed.
    Raises `SubmissionError` when there is nothing to grade; a problem at one module becomes an `UnreadableModule`.
    """
    try:
        place = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise SubmissionError(f"there is no submission {path}", hint=_similar_entry(path)) from error
    if place.is_dir():
        return _read_folder(place, assignment)
    if place.suffix.lower() == ".py":
        return _read_file(place, assignment)
    if place.suffix.lower() == ".ipynb":
        return _read_notebook(place, assignment, name=place.stem)
    raise SubmissionError(
        f"{path} is not a folder, a .py or an .ipynb file", hint=f"hand in {_list(_filenames(assignment))}"
    )


def _read_folder(folder: Path, assignment: Assignment) -> Submission:
    """Modules come before notebooks, the top before the folder named like the assignment, that before the others."""
    wanted = set(_filenames(assignment))
    try:
        below = _folders_below(folder)
    except OSError as error:
        raise SubmissionError(f"cannot list {folder}", hint="check the folder's permissions") from error
    levels = ([folder], [place for place in below if place.name == assignment.id], below)
    for level in levels:
        if found := [place for place in level if wanted & set(_entries(place))]:
            return _modules_in(_only(found, folder), assignment, name=folder.name)
    for level in levels:
        if notebooks := [place / name for place in level for name in _entries(place) if name.endswith(".ipynb")]:
            return _read_notebook(_only(notebooks, folder), assignment, name=folder.name)
    entries = _entries(folder)
    shown = _list(entries[:_ENTRIES_SHOWN]) + (" and more" if len(entries) > _ENTRIES_SHOWN else "")
    raise SubmissionError(
        f"nothing to grade in {folder}: it holds {shown or 'no files'}",
        hint=f"put {_list(_filenames(assignment))} there, or give a .py or .ipynb file that holds all functions",
    )


def _modules_in(folder: Path, assignment: Assignment, *, name: str) -> Submission:
    sources: list[ModuleSource] = []
    unreadable: list[UnreadableModule] = []
    for module, filename in zip(assignment.modules, _filenames(assignment), strict=True):
        try:
            sources.append(_read_source(folder / filename, module))
        except SubmissionError as error:
            hint = error.hint if filename in _entries(folder) else _missing_hint(filename, folder, assignment)
            unreadable.append(UnreadableModule(module=module, filename=filename, message=error.message, hint=hint))
    return _submission(name, folder, sources, unreadable)


def _read_file(path: Path, assignment: Assignment) -> Submission:
    source = _read_source(path, path.stem)
    if path.stem not in assignment.modules:
        text = without_self_imports(source.text, assignment.modules)
        return _submission(path.stem, path, _serving_all(replace(source, text=text), assignment))
    others = [
        UnreadableModule(
            module=module,
            filename=f"{module}.py",
            message=f"{module}.py was not handed in",
            hint=f"hand in the folder that holds {_list(_filenames(assignment))}",
        )
        for module in assignment.modules
        if module != path.stem
    ]
    return _submission(path.stem, path, [source], others)


def _read_notebook(path: Path, assignment: Assignment, *, name: str) -> Submission:
    from grader.course.notebook import read_notebook  # nbformat takes longer to import than all the rest

    return _submission(name, path, _serving_all(read_notebook(path, assignment), assignment))


def _read_source(path: Path, module: str) -> ModuleSource:
    text = source_text(read_regular(path, limit_bytes=MODULE_BYTES), path.name)
    return ModuleSource(module=module, filename=path.name, text=text)


def _serving_all(source: ModuleSource, assignment: Assignment) -> list[ModuleSource]:
    return [replace(source, module=module) for module in assignment.modules]


def _submission(
    name: str, path: Path, sources: Iterable[ModuleSource], unreadable: Iterable[UnreadableModule] = ()
) -> Submission:
    kept = tuple(sources)
    return Submission(
        name=_printable(name),
        path=path,
        sources=kept,
        unreadable=tuple(unreadable),
        digest=digest_of((f"{source.module}.py", source.text.encode()) for source in kept),
    )


def _missing_hint(filename: str, folder: Path, assignment: Assignment) -> str:
    spare = [name for name in _entries(folder) if name.endswith(".py") and name not in _filenames(assignment)]
    if guess := nearest(filename, spare):
        return f"is it {_printable(guess)}? Rename that to {filename}"
    return f"put {filename} beside the other modules"


def _only(places: list[Path], folder: Path) -> Path:
    if len(places) == 1:
        return places[0]
    names = _list(sorted(str(place.relative_to(folder)) for place in places)[:_ENTRIES_SHOWN])
    raise SubmissionError(f"{folder} holds several submissions: {names}", hint="give the one that counts")


def _similar_entry(path: Path) -> str:
    entries = _entries(path.parent) if path.parent.is_dir() else []
    guess = nearest(path.name, entries)
    return f"did you mean {_printable(str(path.parent / guess))}?" if guess else "check the path"


def _entries(folder: Path) -> list[str]:
    """Names in a folder without the hidden ones; empty for a folder that may not be listed."""
    try:
        return sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError:
        return []


def _folders_below(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        return sorted(
            Path(entry.path)
            for entry in entries
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith((".", "__"))
        )


def _filenames(assignment: Assignment) -> list[str]:
    return [f"{module}.py" for module in assignment.modules]


def _list(names: list[str]) -> str:
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)


def _printable(name: str) -> str:
    """A file's name may hold bytes that are no text."""
    return os.fsencode(name).decode(errors="backslashreplace")
