"""Write the files that let a host grade, without overwriting what a person has edited."""

import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import grader
from grader.course import Course, open_course
from grader.course.digests import ASSIGNMENT, SOLUTION, assignment_files
from grader.course.repository import remote_url, require_committed, resolve_revision
from grader.errors import UsageError
from grader.kits import (
    CourseSource,
    Host,
    Kit,
    KitFile,
    KitSettings,
    classroom50_kit,
    github_kit,
    github_repository,
    gitlab_kit,
    gitlab_repository,
    gradescope_kit,
    is_untouched,
)
from grader.model.assignment import Assignment
from grader.sandbox import Isolation
from grader.workflows.ci_outputs import fallback_result
from grader.workflows.grade_one import Progress

Report = Callable[[Progress], None]

_PLAIN_NAME = re.compile(r"[\w./-]+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class KitOptions:
    """How a kit is to be."""

    assignments: tuple[str, ...] = ()
    """Empty: all of the course."""
    isolation: Isolation = Isolation.STRICT
    fail_under_percent: float = 100.0
    repository: str | None = None
    """None: the origin of the course's own repository."""
    ref: str | None = None
    """None: what is checked out."""
    package: str | None = None
    """None: the grader in the course where it lies there, else this version from the package index."""
    force: bool = False
    """Overwrite files that were edited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenKit:
    """What was written."""

    files: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    next_steps: tuple[str, ...]


def write_kit(
    course: Course, host: Host, folder: Path, options: KitOptions, on_progress: Report | None = None
) -> WrittenKit:
    """Write the kit of a host into `folder`: all of its files, or none.

    `on_progress` is told where a release has to be made. Raises `UsageError` for an unknown assignment, a course whose
    repository cannot be told, a file that was edited and may not be overwritten, and a folder that cannot be written.
    """
    assignments = [course.assignment(name) for name in dict.fromkeys(options.assignments or course.assignment_ids)]
    if not assignments:
        raise UsageError("this course has no assignments yet", hint="start one with grade new NAME")
    settings = KitSettings(
        assignments=tuple(assignment.id for assignment in assignments),
        isolation=options.isolation,
        fail_under_percent=options.fail_under_percent,
        python=f"{sys.version_info.major}.{sys.version_info.minor}",
    )
    kit = _kit(course, host, assignments, settings, options, on_progress)
    return _write(kit, folder, force=options.force)


def _kit(
    course: Course,
    host: Host,
    assignments: Sequence[Assignment],
    settings: KitSettings,
    options: KitOptions,
    report: Report | None,
) -> Kit:
    match host:
        case Host.GITHUB | Host.GITLAB:
            return _job_kit(course, host, settings, options)
        case Host.GRADESCOPE:
            carried = {each.id: _files_of(each) for each in assignments}
            return gradescope_kit(settings, carried, fallback_result())
        case Host.CLASSROOM50:
            carried = {each.id: _released_files_of(each, course, report) for each in assignments}
            return classroom50_kit(settings, carried)


def _job_kit(course: Course, host: Host, settings: KitSettings, options: KitOptions) -> Kit:
    address = options.repository if options.repository is not None else remote_url(course.folder)
    repository = github_repository(address) if host is Host.GITHUB else gitlab_repository(address)
    revision = resolve_revision(course.folder, options.ref)
    manifests = [f"assignments/{name}/assignment.toml" for name in settings.assignments]
    require_committed(course.folder, revision, manifests)
    source = CourseSource(
        repository=repository,
        commit=revision.commit,
        commit_name=revision.name if _PLAIN_NAME.fullmatch(revision.name) else "",
        place=revision.place,
        package=options.package or _package_of(course),
    )
    kit = github_kit(settings, source) if host is Host.GITHUB else gitlab_kit(settings, source)
    if not revision.has_changes:
        return kit
    left = f"the course has changes that are not committed: students are graded by commit {revision.commit[:10]}"
    return Kit(files=kit.files, next_steps=(left, *kit.next_steps))


def _package_of(course: Course) -> str:
    """A course that lies beside the grader's own source is graded by that."""
    own = Path(grader.__path__[0]).resolve().parent
    if own == course.folder and (own / "pyproject.toml").is_file():
        return "./course"
    return f"dl-grader=={grader.__version__}"


def _files_of(assignment: Assignment) -> list[KitFile]:
    """Return the files that decide a result, by their place in a course."""
    folders = {ASSIGNMENT: f"assignments/{assignment.id}", SOLUTION: f"solutions/{assignment.id}"}
    found = []
    for name, path in assignment_files(assignment):
        kind, _, rest = name.partition("/")
        found.append(KitFile(path=PurePosixPath(folders[kind], rest), content=path.read_bytes()))
    return found


def _released_files_of(assignment: Assignment, course: Course, report: Report | None) -> list[KitFile]:
    """Return the same of the students' copy, which holds no solution and no hidden check."""
    if not assignment.solution_folder.is_dir():
        return _files_of(assignment)
    from grader.workflows.release import release

    with tempfile.TemporaryDirectory() as place:
        release(course, assignment.id, Path(place, "release"), report)
        return _files_of(open_course(Path(place, "release")).assignment(assignment.id))


def _write(kit: Kit, folder: Path, *, force: bool) -> WrittenKit:
    places = {folder / file.path: file for file in kit.files}
    try:
        if edited := [] if force else [path for path, file in places.items() if _is_edited(path, file)]:
            raise UsageError(
                f"not overwritten, since grade ci did not write it as it is: {', '.join(map(str, edited))}",
                hint="move it away, choose another --output, or overwrite it with --force",
            )
        unchanged = tuple(path for path, file in places.items() if path.is_file() and path.read_bytes() == file.content)
        written = tuple(path for path in places if path not in unchanged)
        _replace({path: places[path] for path in written})
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"cannot write to {folder}: {reason}", hint="choose another --output") from error
    return WrittenKit(files=written, unchanged=unchanged, next_steps=kit.next_steps)


def _is_edited(path: Path, file: KitFile) -> bool:
    if not path.exists():
        return False
    content = path.read_bytes()
    return content != file.content and not is_untouched(content)


def _replace(files: dict[Path, KitFile]) -> None:
    """Write every draft before the first takes its place: a full disk leaves what was there."""
    drafts: list[tuple[Path, Path]] = []
    try:
        for path, file in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.draft")
            drafts.append((draft, path))
            draft.write_bytes(file.content)
        for draft, path in drafts:
            draft.replace(path)
    finally:
        for draft, _ in drafts:
            draft.unlink(missing_ok=True)
