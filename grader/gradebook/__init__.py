"""The database of attempts: model objects go in and come out, what is in between stays in this room."""

from grader.gradebook.adjustments import adjust, adjustments_to, marks_of, replace_adjustments
from grader.gradebook.assignments import assignment_in, list_assignments
from grader.gradebook.attempts import attempts_at, hints_of, note_unchanged, record, results_of
from grader.gradebook.database import Gradebook, locate, open_gradebook
from grader.gradebook.given import read_adjustments
from grader.gradebook.roster import read_roster, read_times
from grader.gradebook.runs import begin_run, changes_of, end_run, last_regrade, settled_digests
from grader.gradebook.similarity import keep_sources, replace_similar, similar_at, sources_of
from grader.gradebook.students import list_members, meet, pseudonyms_of, replace_roster

__all__ = [
    "Gradebook",
    "adjust",
    "adjustments_to",
    "assignment_in",
    "attempts_at",
    "begin_run",
    "changes_of",
    "end_run",
    "hints_of",
    "keep_sources",
    "last_regrade",
    "list_assignments",
    "list_members",
    "locate",
    "marks_of",
    "meet",
    "note_unchanged",
    "open_gradebook",
    "pseudonyms_of",
    "read_adjustments",
    "read_roster",
    "read_times",
    "record",
    "replace_adjustments",
    "replace_roster",
    "replace_similar",
    "results_of",
    "settled_digests",
    "similar_at",
    "sources_of",
]
