"""Which of the files that were handed in are graded, and their text."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from grader.course.companions import companions
from grader.course.digests import digest_of
from grader.course.files import MODULE_BYTES, printable, source_text
from grader.course.names import nearest
from grader.course.self_imports import without_self_imports
from grader.course.tree import TOP, FileTree
from grader.errors import SubmissionError
from grader.model.assignment import Assignment
from grader.model.submission import ModuleSource, Submission, UnreadableModule

ARCHIVE_SUFFIXES = frozenset({".zip", ".tar", ".tgz", ".gz"})

_ENTRIES_SHOWN = 5
_NEAR_PARTS = 2
"""A file at the top, or in a folder there."""


def select(tree: FileTree, assignment: Assignment, *, name: str, place: Path) -> Submission:
    """Return what is graded of a tree.

    Modules come before notebooks; the top before a folder named like the assignment, that before the others; what lies
    more than one folder deep comes after all of this, then a single Python file, then a single archive.
    Raises `SubmissionError` when there is nothing to grade, or more than one candidate.
    """
    wanted = set(filenames(assignment))
    for is_near in (True, False):
        files = [path for path in tree.files if (len(path.parts) <= _NEAR_PARTS) is is_near]
        modules = _best({path.parent for path in files if path.name in wanted}, assignment, tree)
        if modules is not None:
            return _modules_in(tree, modules, assignment, name=name, place=place)
        notebook = _best([path for path in files if path.suffix.lower() == ".ipynb"], assignment, tree)
        if notebook is not None:
            return read_notebook_file(tree, notebook, assignment, name=name, place=place)
    for suffixes, read in (({".py"}, read_python_file), (ARCHIVE_SUFFIXES, read_archive_file)):
        lone = [path for path in tree.files if path.parent == TOP and path.suffix.lower() in suffixes]
        if len(lone) == 1:
            return read(tree, lone[0], assignment, name=name, place=place)
    entries = sorted({path.parts[0] for path in tree.files})
    shown = listed(entries[:_ENTRIES_SHOWN]) + (" and more" if len(entries) > _ENTRIES_SHOWN else "")
    raise SubmissionError(
        f"nothing to grade in {tree.label}: it holds {shown or 'no files'}",
        hint=f"put {listed(filenames(assignment))} there, or give a .py or .ipynb file that holds all functions",
    )


def read_python_file(
    tree: FileTree, path: PurePosixPath, assignment: Assignment, *, name: str, place: Path
) -> Submission:
    """Return a submission of one Python file: it is its module, or, under another name, every module."""
    source = _read_source(tree, path, path.stem)
    if path.stem not in assignment.modules:
        text = without_self_imports(source.text, assignment.modules)
        return _submission(name, place, _serving_all(replace(source, text=text), assignment))
    others = [
        UnreadableModule(
            module=module,
            filename=f"{module}.py",
            message=f"{module}.py was not handed in",
            hint=f"hand in the folder that holds {listed(filenames(assignment))}",
        )
        for module in assignment.modules
        if module != path.stem
    ]
    return _submission(name, place, [source], others)


def read_notebook_file(
    tree: FileTree, path: PurePosixPath, assignment: Assignment, *, name: str, place: Path
) -> Submission:
    """Return a submission of one notebook, which serves as every module."""
    from grader.course.notebook import read_notebook
    from grader.course.notebook_cells import NOTEBOOK_BYTES

    content = tree.read(path, limit_bytes=NOTEBOOK_BYTES)
    return _submission(name, place, _serving_all(read_notebook(content, path.name, assignment), assignment))


def read_archive_file(
    tree: FileTree, path: PurePosixPath, assignment: Assignment, *, name: str, place: Path
) -> Submission:
    """Return the submission in an archive; one inside another is not unpacked."""
    from grader.course.archive import archive_tree
    from grader.course.intake import ARCHIVE_BYTES

    content = tree.read(path, limit_bytes=ARCHIVE_BYTES)
    return select(archive_tree(content, printable(path.name)), assignment, name=name, place=place)


def filenames(assignment: Assignment) -> list[str]:
    """Return the names of the files that an assignment asks for."""
    return [f"{module}.py" for module in assignment.modules]


def listed(names: Iterable[str]) -> str:
    """Return file names as a phrase: `a, b and c`."""
    shown = [printable(name) for name in names]
    return ", ".join(shown[:-1]) + " and " + shown[-1] if len(shown) > 1 else "".join(shown)


def _best(places: Iterable[PurePosixPath], assignment: Assignment, tree: FileTree) -> PurePosixPath | None:
    """Return the one place that comes before all others, None where there is no place."""
    ranked: dict[tuple[int, int], list[PurePosixPath]] = {}
    for place in sorted(places):
        folder = place.parent if place in tree.files else place
        rank = 0 if folder == TOP else 1 if folder.name == assignment.id else 2
        ranked.setdefault((rank, len(folder.parts)), []).append(place)
    if not ranked:
        return None
    first = ranked[min(ranked)]
    if len(first) > 1:
        names = listed([str(place) for place in first[:_ENTRIES_SHOWN]])
        raise SubmissionError(f"{tree.label} holds several submissions: {names}", hint="give the one that counts")
    return first[0]


def _modules_in(tree: FileTree, folder: PurePosixPath, assignment: Assignment, *, name: str, place: Path) -> Submission:
    sources: list[ModuleSource] = []
    unreadable: list[UnreadableModule] = []
    for module, filename in zip(assignment.modules, filenames(assignment), strict=True):
        path = folder / filename
        try:
            sources.append(_read_source(tree, path, module))
        except SubmissionError as error:
            hint = error.hint if path in tree.files else _missing_hint(filename, tree.names(folder), assignment)
            unreadable.append(UnreadableModule(module=module, filename=filename, message=error.message, hint=hint))
    sources += companions(
        tree.names(folder),
        assignment.modules,
        lambda filename, limit_bytes: tree.read(folder / filename, limit_bytes=limit_bytes),
    )
    return _submission(name, place, sources, unreadable)


def _read_source(tree: FileTree, path: PurePosixPath, module: str) -> ModuleSource:
    text = source_text(tree.read(path, limit_bytes=MODULE_BYTES), path.name)
    return ModuleSource(module=module, filename=path.name, text=text)


def _serving_all(source: ModuleSource, assignment: Assignment) -> list[ModuleSource]:
    return [replace(source, module=module) for module in assignment.modules]


def _submission(
    name: str, place: Path, sources: Iterable[ModuleSource], unreadable: Iterable[UnreadableModule] = ()
) -> Submission:
    kept = tuple(sources)
    return Submission(
        name=printable(name),
        path=place,
        sources=kept,
        unreadable=tuple(unreadable),
        digest=digest_of((f"{source.module}.py", source.text.encode()) for source in kept),
    )


def _missing_hint(filename: str, names: Iterable[str], assignment: Assignment) -> str:
    spare = [name for name in names if name.endswith(".py") and name not in filenames(assignment)]
    if guess := nearest(filename, spare):
        return f"is it {printable(guess)}? Rename that to {filename}"
    return f"put {filename} beside the other modules"
