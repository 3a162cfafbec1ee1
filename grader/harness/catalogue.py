"""The right and the deliberately wrong implementations of an assignment."""

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType

from grader.checks.declaration import MISCONCEPTION_ATTRIBUTE, Misconception
from grader.course.students_copy import RECORDING
from grader.errors import AssignmentError
from grader.harness.trusted_modules import load_modules
from grader.model.assignment import Assignment, Question
from grader.model.submission import ModuleSource


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceSolution:
    """The reference modules of an assignment, as text and imported."""

    sources: tuple[ModuleSource, ...]
    modules: Mapping[str, ModuleType]
    parameters: Mapping[str, tuple[str, ...]]
    """Of every question's function, and of a class's methods (`EarlyStopping.update`), without annotations."""


def load_reference(assignment: Assignment) -> ReferenceSolution:
    """Import the reference of every module. Raises `AssignmentError` when one is missing, damaged or incomplete."""
    paths = {name: assignment.solution_folder / f"{name}.py" for name in assignment.modules}
    for path in paths.values():
        if not path.is_file():
            hint = "this is a student's copy: use the full course" if _is_copy(assignment) else "every stub needs one"
            raise AssignmentError(f"no reference solution {path}", hint=hint)
    modules = load_modules(paths)
    for question in assignment.questions:
        if not callable(getattr(modules[question.module], question.id, None)):
            raise AssignmentError(f"{paths[question.module]} does not define {question.id}")
    return ReferenceSolution(
        sources=tuple(
            ModuleSource(module=name, filename=path.name, text=path.read_text(encoding="utf-8"))
            for name, path in paths.items()
        ),
        modules=modules,
        parameters=parameters_by_name(assignment, modules),
    )


def parameters_by_name(assignment: Assignment, modules: Mapping[str, ModuleType]) -> dict[str, tuple[str, ...]]:
    """Return the parameters of every question's function, and of a class's methods."""
    return {
        name: parameters_of(function)
        for question in assignment.questions
        for name, function in _callables(question, modules[question.module])
    }


def _is_copy(assignment: Assignment) -> bool:
    return (assignment.folder / RECORDING).is_file() and not assignment.solution_folder.is_dir()


def load_misconceptions(assignment: Assignment, reference: ReferenceSolution) -> tuple[Misconception, ...]:
    """Import the misconceptions of every module, in the order of their files."""
    folder = assignment.solution_folder / "misconceptions"
    found: list[Misconception] = []
    for module in assignment.modules:
        path = folder / f"{module}.py"
        if path.is_file():
            found.extend(_declared(path, reference, assignment, module))
    ids = [misconception.id for misconception in found]
    if repeated := sorted({name for name in ids if ids.count(name) > 1}):
        raise AssignmentError(f"misconceptions named twice in {folder}: {', '.join(repeated)}")
    return tuple(found)


def alternative_paths(assignment: Assignment) -> dict[Path, str]:
    """Return the alternative solutions: each file and the module it replaces (`<module>_<name>.py`)."""
    folder = assignment.solution_folder / "alternatives"
    found: dict[Path, str] = {}
    for path in sorted(folder.glob("*.py")):
        modules = [name for name in assignment.modules if path.stem.startswith(f"{name}_")]
        if not modules:
            raise AssignmentError(
                f"{path} is an alternative to no module of the assignment", hint="name it <module>_<what differs>.py"
            )
        found[path] = max(modules, key=len)
    return found


def parameters_of(function: object) -> tuple[str, ...]:
    """Return a function's parameters as written, e.g. `("x", "rng=None")`."""
    signature = inspect.signature(function)  # type: ignore[arg-type] # any callable; others raise TypeError
    return tuple(
        parameter.name if parameter.default is parameter.empty else f"{parameter.name}={parameter.default!r}"
        for parameter in signature.parameters.values()
    )


def _callables(question: Question, module: ModuleType) -> Iterator[tuple[str, object]]:
    """Yield a question's function by name, or its class and the methods of it."""
    function = getattr(module, question.id)
    yield question.id, function
    if question.is_class:
        yield from (
            (f"{question.id}.{name}", partial(method, None))
            for name, method in inspect.getmembers(function, inspect.isfunction)
            if not name.startswith("_")
        )


def _declared(path: Path, reference: ReferenceSolution, assignment: Assignment, module: str) -> list[Misconception]:
    loaded = load_modules({f"misconceptions_{module}": path}, siblings=reference.modules)
    declared = [
        value.__dict__[MISCONCEPTION_ATTRIBUTE]
        for value in vars(loaded[f"misconceptions_{module}"]).values()
        if inspect.isfunction(value) and MISCONCEPTION_ATTRIBUTE in value.__dict__
    ]
    known = {question.id for question in assignment.questions if question.module == module}
    for misconception in declared:
        if misconception.question not in known:
            raise AssignmentError(f"{path}: misconception {misconception.id} is of no question of {module}.py")
    return declared
