"""Write the report of a class: one assignment, or all that the gradebook knows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.errors import GradebookError, UsageError
from grader.gradebook import (
    Gradebook,
    assignment_in,
    list_assignments,
    list_members,
    open_gradebook,
    pseudonyms_of,
    results_of,
)
from grader.model.gradebook import GradedAssignment
from grader.model.result import GradedSubmission
from grader.reports.class_report import (
    ClassView,
    NameScrubber,
    StudentRow,
    class_view,
    page_names,
    render_class,
    render_feedback,
    render_index,
    render_student,
    without_names,
)
from grader.workflows.class_record import read_class

_AT_ONCE = 50
"""Students whose whole results are held in memory together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """What the report is to show."""

    anonymous: bool = False
    at_risk_percent: float = 50.0
    """A mark below this share of the points puts a student on the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFile:
    """One file of the report."""

    path: str
    """Relative, with forward slashes."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedClass:
    """What the report of one assignment holds."""

    title: str
    students: int
    feedback: int
    """How many of them have pages."""


def report_class(
    gradebook_place: str,
    assignment: str | None,
    options: ReportOptions,
    deliver: Callable[[Iterable[SiteFile]], None],
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[ReportedClass, ...]:
    """Give the files of a report to `deliver`, each made when it is asked for; None reports every assignment.

    The page of a single assignment is `index.html`; of several, each has a folder below the page of all. `on_progress`
    is told how many files are made, and of how many. Raises `UsageError` where there is no gradebook, and for an
    assignment that was never graded.
    """
    with open_gradebook(gradebook_place, must_exist=True) as gradebook:
        chosen = [assignment_in(gradebook, assignment)] if assignment else list_assignments(gradebook)
        if not chosen:
            raise UsageError(f"the gradebook {gradebook.name} knows no assignment", hint="grade a class first")
        site = _Site(gradebook, chosen, options)
        deliver(_counting(site.files(), site.size, on_progress or (lambda _done, _total: None)))
        return site.summary()


class _Site:
    """All files of one report."""

    def __init__(self, gradebook: Gradebook, chosen: Sequence[GradedAssignment], options: ReportOptions) -> None:
        self._gradebook = gradebook
        self._members = {member.id: member for member in list_members(gradebook)}
        self._pseudonyms = pseudonyms_of(gradebook) if options.anonymous else {}
        self._scrubber = NameScrubber(self._members.values())
        folders = page_names(each.id for each in chosen)
        self._views = {folders[each.id]: self._view(each, options) for each in chosen}

    @property
    def size(self) -> int:
        """How many files there are."""
        pages = sum(1 + 2 * each.handed_in for each in self._views.values())
        return pages + (len(self._views) > 1)

    def files(self) -> Iterator[SiteFile]:
        """Make each file when it is asked for."""
        if len(self._views) == 1:
            for view in self._views.values():
                yield from self._of_assignment(view, "", index=None)
            return
        yield SiteFile(path="index.html", text=render_index(self._views))
        for folder, view in self._views.items():
            yield from self._of_assignment(view, f"{folder}/", index="../index.html")

    def summary(self) -> tuple[ReportedClass, ...]:
        """Say what the report holds."""
        return tuple(
            ReportedClass(title=view.record.assignment.title, students=len(view.students), feedback=view.handed_in)
            for view in self._views.values()
        )

    def _view(self, assignment: GradedAssignment, options: ReportOptions) -> ClassView:
        record = read_class(self._gradebook, assignment)
        if options.anonymous:
            record = without_names(record, self._pseudonyms)
        return class_view(record, at_risk_percent=options.at_risk_percent)

    def _of_assignment(self, view: ClassView, folder: str, *, index: str | None) -> Iterator[SiteFile]:
        yield SiteFile(path=f"{folder}index.html", text=render_class(view, index=index))
        for row, graded in self._results(view):
            student, feedback = f"students/{row.page}.html", f"feedback/{row.page}.html"
            text = render_student(row, graded, class_page="../index.html", feedback=f"../{feedback}")
            yield SiteFile(path=folder + student, text=text)
            yield SiteFile(path=folder + feedback, text=render_feedback(row, graded))

    def _results(self, view: ClassView) -> Iterator[tuple[StudentRow, GradedSubmission]]:
        """Yield everyone who handed in with the whole result of the attempt that counts, read a few at a time."""
        originals = {pseudonym: student for student, pseudonym in self._pseudonyms.items()}
        counted = [(row, row.record.counted.attempt) for row in view.students if row.record.counted]
        for start in range(0, len(counted), _AT_ONCE):
            batch = counted[start : start + _AT_ONCE]
            results = results_of(self._gradebook, [attempt for _, attempt in batch], ungraded=True)
            for row, attempt in batch:
                if attempt.id not in results:
                    raise GradebookError(
                        "the gradebook was changed while the report was being written",
                        hint="let grade class end, then run this again",
                    )
                graded = results[attempt.id]
                if self._pseudonyms:
                    member = self._members[originals[row.id]]
                    graded = self._scrubber.result_without_names(graded, member, row.id)
                yield row, graded


def _counting(files: Iterable[SiteFile], total: int, on_progress: Callable[[int, int], None]) -> Iterator[SiteFile]:
    for done, file in enumerate(files, start=1):
        yield file
        on_progress(done, total)
