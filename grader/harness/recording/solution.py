"""What stands in for the solution in a student's copy: the given functions, and a recording of the others."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from grader.course.students_copy import RECORDING
from grader.errors import AssignmentError, UsageError
from grader.harness.catalogue import ReferenceSolution, load_reference, parameters_by_name
from grader.harness.given import definitions_of
from grader.harness.recording.calls import Answering
from grader.harness.recording.contents import Head, Recording, read_recording
from grader.harness.recording.objects import answering_class
from grader.harness.recording.trials import RecordedTrials
from grader.harness.trial import Trials
from grader.harness.trusted_modules import load_modules
from grader.model.assignment import Assignment
from grader.model.submission import ModuleSource

ANY_ARGUMENTS = inspect.Signature(
    [
        inspect.Parameter("args", inspect.Parameter.VAR_POSITIONAL),
        inspect.Parameter("kwargs", inspect.Parameter.VAR_KEYWORD),
    ]
)
"""Of a function that the stubs do not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedSolution(ReferenceSolution):
    """A solution known by what it answered. `sources` are the stubs."""

    recording: Recording


def open_solution(assignment: Assignment, seed: int) -> ReferenceSolution:
    """Return the solution of an assignment: the reference, or in a student's copy its recording.

    Raises `UsageError` for a seed that was not recorded, and `AssignmentError` for a solution that is missing or
    damaged, or a recording that numpy's random numbers no longer fit.
    """
    path = assignment.folder / RECORDING
    if assignment.solution_folder.is_dir() or not path.is_file():
        return load_reference(assignment)
    recording = read_recording(path)
    require_same_draws(recording.head, path)
    if recording.head.assignment != assignment.id:
        raise AssignmentError(f"{path} is a recording of {recording.head.assignment}", hint="get a new copy")
    if recording.head.seed != seed:
        raise UsageError(
            f"this copy can only be graded with seed {recording.head.seed}, not {seed}",
            hint="leave --seed out, and the seed in assignment.toml as it was",
        )
    return recorded_solution(assignment, recording)


def recorded_solution(assignment: Assignment, recording: Recording) -> RecordedSolution:
    """Return the solution that a recording stands for."""
    sources = tuple(
        ModuleSource(module=module, filename=filename, text=text) for module, filename, text in recording.answers.stubs
    )
    stubs = load_stubs(sources, assignment.folder)
    answering = Answering(recording.answers.calls)
    recorded = {call.function for call in recording.answers.calls}
    return RecordedSolution(
        sources=sources,
        modules={name: _module(name, stub, answering, recording, recorded) for name, stub in stubs.items()},
        parameters=parameters_by_name(assignment, stubs),
        recording=recording,
    )


def load_stubs(sources: Sequence[ModuleSource], folder: Path) -> dict[str, ModuleType]:
    """Import stubs from their texts, not from the files in `folder`, where the student writes."""
    return load_modules(
        {source.module: folder / source.filename for source in sources},
        texts={source.module: source.text for source in sources},
    )


def trials_of(assignment: Assignment, solution: ReferenceSolution, seed: int) -> Trials:
    """Return the trials of the checks on a solution and its misconceptions: runs, or what was recorded of them."""
    if isinstance(solution, RecordedSolution):
        return RecordedTrials(assignment=assignment, solution=solution, seed=seed, recording=solution.recording)
    return Trials(assignment=assignment, solution=solution, seed=seed)


def draws_at(seed: int) -> tuple[float, ...]:
    """Return a few random numbers of every kind that checks draw."""
    rng = np.random.default_rng(seed)
    return (
        *rng.normal(size=100)[::10].tolist(),
        *rng.random(10).tolist(),
        *rng.uniform(1, 2, size=5).tolist(),
        *map(float, rng.integers(2**32, size=5)),
        *map(float, rng.permutation(10)),
        *map(float, rng.choice(1000, size=10, replace=False)),
        *rng.choice([-1.0, 1.0], size=10).tolist(),
        *map(float, rng.binomial(100, 0.3, size=5)),
        *rng.exponential(size=5).tolist(),
    )


def require_same_draws(head: Head, path: Path) -> None:
    """Raise `AssignmentError` where numpy draws other numbers than the one that the recording was made with."""
    here = draws_at(head.seed)
    if len(here) != len(head.draws) or not np.allclose(here, head.draws, rtol=1e-12, atol=0.0):
        raise AssignmentError(
            f"{path} was recorded with numpy {head.numpy}, whose random numbers are not those of numpy "
            f"{np.__version__} here, so that its answers belong to other questions",
            hint=f'install that one: python -m pip install "numpy=={head.numpy}"; or ask for a copy made with yours',
        )


def _module(name: str, stub: ModuleType, answering: Answering, recording: Recording, recorded: set[str]) -> ModuleType:
    """Return a module with what a stub gives, and answers in the place of the rest."""
    module = ModuleType(name)
    vars(module).update(vars(stub))
    given = {each.partition(".")[2] for each in recording.answers.given if each.partition(".")[0] == name}
    known = definitions_of(stub)
    others = {each.split(".")[1] for each in recorded if each.split(".")[0] == name}
    for key in (*known, *(others - set(known))):
        definition = known.get(key)
        if definition and key in given:
            setattr(module, key, definition)
        else:
            setattr(module, key, _answering_as(f"{name}.{key}", definition, answering))
    return module


def _answering_as(name: str, stub: Callable[..., Any] | None, answering: Answering) -> Callable[..., Any]:
    if isinstance(stub, type):
        function = answering_class(answering, name, stub)
    else:
        function = answering.answering(name, inspect.signature(stub) if stub else ANY_ARGUMENTS)
    function.__module__ = name.partition(".")[0]
    return function
