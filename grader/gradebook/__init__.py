"""The database of attempts: model objects go in and come out, what is in between stays in this room."""

from grader.gradebook.adjustments import adjust, adjustments_to, marks_of
from grader.gradebook.attempts import attempts_at, note_unchanged, record, results_of
from grader.gradebook.database import Gradebook, locate, open_gradebook
from grader.gradebook.roster import read_roster, read_times
from grader.gradebook.runs import begin_run, changes_of, end_run, settled_digests
from grader.gradebook.students import list_members, meet, replace_roster

__all__ = [
    "Gradebook",
    "adjust",
    "adjustments_to",
    "attempts_at",
    "begin_run",
    "changes_of",
    "end_run",
    "list_members",
    "locate",
    "marks_of",
    "meet",
    "note_unchanged",
    "open_gradebook",
    "read_roster",
    "read_times",
    "record",
    "replace_roster",
    "results_of",
    "settled_digests",
]
