"""A grading worksheet of Moodle is filled, and Moodle's importer reads from it what the gradebook holds."""

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from grader.errors import UsageError
from grader.exports.filling import Fate, FilledSheet
from grader.exports.moodle import feedback_html, fill_moodle
from grader.exports.sheet import parse_sheet
from grader.model.class_record import StudentRecord
from grader.model.gradebook import Adjustment, Member
from tests.fakes.class_records import class_record, student
from tests.fakes.graded import HOSTILE, half_right, perfect, random_parts
from tests.fakes.importers import MoodleGrade, import_moodle

ASSIGNMENT = class_record([]).assignment
MOMENT = datetime(2026, 10, 1, 12, tzinfo=UTC)
MODIFIED = {"11": "-", "12": "Friday, 2 October 2026, 1:00 PM", "13": "-"}
WORKSHEET = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\r\n"
    'Participant 11,"Alice Ünal",a@x.org,"Submitted for grading - ",,100.00,Yes,-,-,\r\n'
    'Participant 12,"Bob Miller",b@x.org,No submission,50.00,100.00,Yes,-,'
    '"Friday, 2 October 2026, 1:00 PM",<p>so so</p>\r\n'
    "Participant 13,Carl =Cmd,c@x.org,,,100.00,Yes,-,-,\r\n"
)
COMMENT = Adjustment(student="11", assignment="assignment3", points=5.0, comment=HOSTILE, made_at=MOMENT)
CLASS = [
    student("11", perfect(), adjustments=[COMMENT]),
    student("b", half_right(), member=Member(id="b", email="B@x.org")),
]


def fill(
    text: str = WORKSHEET,
    students: list[StudentRecord] | None = None,
    *,
    column: str | None = None,
    feedback_column: str | None = None,
    overwrite: bool = False,
) -> FilledSheet:
    sheet = parse_sheet(text.encode(), "moodle.csv")
    given = CLASS if students is None else students
    return fill_moodle(sheet, ASSIGNMENT, given, column=column, feedback_column=feedback_column, overwrite=overwrite)


class Tags(HTMLParser):
    """Collects what a browser would act on, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert attrs == []
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_moodle_reads_marks_and_feedback_and_everything_else_stays() -> None:
    filled = fill()
    taken = import_moodle(filled.content, MODIFIED)
    assert taken["11"].grade == 86.0
    assert taken["12"] == MoodleGrade(50.0, "<p>so so</p>")
    assert taken["13"] == MoodleGrade(None, "")
    before, after = WORKSHEET.split("\r\n"), filled.content.decode().split("\r\n")
    assert [line for line in before if line not in after] == [before[1]]
    assert [notice.fate for notice in filled.notices] == [Fate.KEPT, Fate.UNKNOWN]


def test_feedback_is_html_that_says_what_the_mark_is_made_of_and_nothing_else() -> None:
    page = Tags(import_moodle(fill().content, MODIFIED)["11"].feedback)
    assert page.tags == {"p", "ul", "li", "br"}
    assert "86 of 100 points" in page.text
    assert "given by hand: +5 points" in page.text
    assert "<script>alert(1)</script>" in page.text
    assert "\x1b" not in page.text


def test_lateness_is_told() -> None:
    assert "handed in late: -20 points" in feedback_html(student("11", perfect(), days=3))


def test_hidden_checks_leave_no_trace_in_feedback() -> None:
    assert "SECRET" not in feedback_html(student("11", random_parts()))


def test_other_grades_and_feedback_are_replaced_only_where_that_is_asked_for() -> None:
    taken = import_moodle(fill(overwrite=True).content, MODIFIED)
    assert taken["12"].grade == 34.0
    assert "34 of 100 points" in taken["12"].feedback


def test_other_feedback_beside_the_same_grade_is_kept_and_named() -> None:
    filled = fill(WORKSHEET.replace("submission,50.00", "submission,34.00"), CLASS[1:])
    assert (filled.same, filled.notices[0].fate) == (1, Fate.FEEDBACK_KEPT)
    assert filled.content.decode() == WORKSHEET.replace("submission,50.00", "submission,34.00")


def test_filling_twice_changes_nothing() -> None:
    once = fill(overwrite=True)
    twice = fill(once.content.decode())
    assert (twice.content, twice.written, twice.same) == (once.content, 0, 2)
    assert [notice.fate for notice in twice.notices] == [Fate.UNKNOWN]


def test_the_headings_and_the_decimal_mark_of_the_site_are_kept() -> None:
    text = WORKSHEET.replace("100.00", '"50,00"').replace("50.00", '"1,00"')
    text = text.replace("Grade,", "Bewertung,", 1).replace("Feedback comments", "Kommentar")
    filled = fill(text, CLASS[:1], column="Bewertung", feedback_column="Kommentar")
    english = filled.content.decode().replace("Bewertung", "Grade").replace("Kommentar", "Feedback comments")
    taken = import_moodle(english.encode(), MODIFIED, decimal=",")
    assert taken["11"].grade == 43.0
    assert taken["11"].feedback


def test_a_worksheet_without_feedback_gets_none() -> None:
    text = "\r\n".join(line.rpartition(",")[0] for line in WORKSHEET.strip().split("\r\n"))
    assert import_moodle(fill(text).content, MODIFIED)["11"] == MoodleGrade(86.0, "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (WORKSHEET.replace(",Grade,", ",Note,"), "there is no column 'Grade'"),
        (WORKSHEET.replace("Participant ", "Somebody"), None),
        ("Grade,Feedback comments\n1,2\n", None),
        ("name,Grade\nx,1\n", "the first column names no participants"),
    ],
)
def test_what_is_no_worksheet_is_refused(text: str, message: str | None) -> None:
    if message is None:
        assert fill(text, []).written == 0  # the number alone tells participants, in any language
        return
    with pytest.raises(UsageError, match=message):
        fill(text)
