"""Write the students' copy of an assignment, and prove that it grades as the full course does."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course, open_course
from grader.course.students_copy import RECORDING, copied_files, stub_text
from grader.errors import AssignmentError, ReportError, UsageError
from grader.harness import ReferenceSolution, load_reference
from grader.harness.recording.agreement import find_differences
from grader.harness.recording.contents import read_recording, write_recording
from grader.harness.recording.making import make_recording
from grader.harness.recording.solution import recorded_solution
from grader.harness.session import collect_checks
from grader.model.assignment import Assignment
from grader.model.submission import ModuleSource
from grader.notebooks import stub_notebook
from grader.workflows.grade_one import Progress

DIFFERENCES_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What was written."""

    assignment: Assignment
    folder: Path
    files: tuple[str, ...]
    """Their paths in the folder."""
    checks: int
    hidden_checks: int
    """Checks that are only in the full course."""
    recording_bytes: int


def release(
    course: Course, assignment_id: str, folder: Path, on_progress: Callable[[Progress], None] | None = None
) -> Release:
    """Write the students' copy of an assignment into `folder`, whole or not at all.

    Raises `UsageError` for an unknown assignment, or when the folder is there and not empty; `AssignmentError` when the
    assignment is damaged or some of it would be graded otherwise in the copy; `ReportError` when it cannot be written.
    """
    assignment = course.assignment(assignment_id)
    solution = load_reference(assignment)
    place = folder.resolve()
    _require_empty(place)
    draft = place.with_name(f".{place.name}.unfinished")
    try:
        shutil.rmtree(draft, ignore_errors=True)  # of a run that was killed
        draft.mkdir(parents=True)
        checks, hidden = _fill(draft, assignment, solution, on_progress or (lambda _: None))
        files = tuple(sorted(path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file()))
        if place.exists():
            place.rmdir()
        draft.rename(place)
    except BaseException as error:
        shutil.rmtree(draft, ignore_errors=True)
        if isinstance(error, OSError):
            reason = (error.strerror or str(error)).lower()
            raise ReportError(f"cannot write the copy to {folder}: {reason}", hint="choose another --output") from error
        raise
    return Release(
        assignment=assignment,
        folder=place,
        files=files,
        checks=checks,
        hidden_checks=hidden,
        recording_bytes=(_assignment_folder(place, assignment) / RECORDING).stat().st_size,
    )


def _fill(
    draft: Path, assignment: Assignment, solution: ReferenceSolution, report: Callable[[Progress], None]
) -> tuple[int, int]:
    """Write every file of the copy; return how many checks it has, and how many more the full course has."""
    folder = _assignment_folder(draft, assignment)
    for path, content in copied_files(assignment):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    (draft / "README.md").write_text(_welcome(assignment), encoding="utf-8", newline="\n")
    copy = open_course(draft).assignment(assignment.id)
    checks = collect_checks(copy, solution)
    stubs = [
        ModuleSource(module=module, filename=f"{module}.py", text=stub_text(assignment, module))
        for module in assignment.modules
    ]
    head, answers, records = make_recording(assignment, stubs, checks, _part(report, 0))
    write_recording(folder / RECORDING, head, answers, records)
    recorded = recorded_solution(copy, read_recording(folder / RECORDING))
    _require_no_differences(list(find_differences(assignment, solution, recorded, checks, _part(report, 1))))
    (draft / f"{assignment.id}.ipynb").write_text(stub_notebook(copy), encoding="utf-8", newline="\n")
    return len(checks), len(collect_checks(assignment, solution)) - len(checks)


def _part(report: Callable[[Progress], None], number: int) -> Callable[[int, int, str], None]:
    """Recording takes about as long as proving that the recording serves."""

    def tell(done: int, total: int, title: str) -> None:
        report(Progress(done=number * total + done, total=2 * total, title=title))

    return tell


def _require_no_differences(differences: Sequence[str]) -> None:
    if differences:
        more = len(differences) - DIFFERENCES_SHOWN
        shown = "; ".join(differences[:DIFFERENCES_SHOWN]) + (f"; and {more} more" if more > 0 else "")
        raise AssignmentError(
            f"the copy would grade otherwise than the full course: {shown}",
            hint="mend the checks; a check's questions to the reference must not depend on what the student's code did",
        )


def _require_empty(place: Path) -> None:
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        what = "is a file" if not place.is_dir() else "is not empty"
        raise UsageError(f"cannot write the copy to {place}: it {what}", hint="choose another --output, or remove it")


def _assignment_folder(course: Path, assignment: Assignment) -> Path:
    return course / "assignments" / assignment.id


def _welcome(assignment: Assignment) -> str:
    name, first = assignment.id, assignment.questions[0].id
    modules = "\n".join(f"- `assignments/{name}/{module}.py`" for module in assignment.modules)
    return f"""# {assignment.title}

Read `assignments/{name}/README.md` first. Then replace each `raise NotImplementedError` with your code, in

{modules}

or in the notebook `{name}.ipynb`, which has the same functions. In a terminal, in the folder of this file:

```
grade {name}
grade {name} --question {first}
grade {name} {name}.ipynb
```

The first line grades your files, the second one question of them, the third the notebook. No network is needed. You are
told what was called, what came, what was expected, and one next step.

The checks are in `assignments/{name}/checks/`; reading them is fine. `recording.bin` holds the numbers that your
results are compared with. Leave both, and `assignment.toml`, as they are.

`grade` comes with the Python package that your course named; `grade --help` shows whether it is there.
"""
