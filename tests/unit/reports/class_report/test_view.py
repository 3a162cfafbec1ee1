"""What the class page shows."""

from dataclasses import replace

from grader.model.class_record import StudentRecord
from grader.model.similarity import SimilarPair
from grader.reports.class_report import ClassView, class_view, render_class
from grader.reports.class_report.view import Flag
from tests.fakes.class_records import LATE, PASSAGE, class_record, eventful, student, varied
from tests.fakes.graded import half_right, perfect, untouched


def view_of(*students: StudentRecord) -> ClassView:
    return class_view(class_record(students, late=LATE), at_risk_percent=50)


def test_an_empty_class_has_nothing_to_show() -> None:
    view = view_of()
    assert (view.students, view.marks, view.seconds, view.slowest, view.questions) == ((), None, None, None, ())
    assert sum(view.bins) == view.handed_in == view.most_attempts == 0


def test_flags_say_what_one_may_look_for() -> None:
    whole = replace(perfect(), points=100.0)
    view = view_of(
        student("alice", whole), student("bob", untouched(), days=3), student("carol"), student("dave", None)
    )
    flags = {row.id: row.flags for row in view.students}
    assert flags == {
        "alice": (Flag.FULL,),
        "bob": (Flag.AT_RISK, Flag.LATE),
        "carol": (Flag.AT_RISK, Flag.MISSING),
        "dave": (Flag.UNGRADED,),
    }
    assert [row.id for row in view.with_flag(Flag.MISSING)] == ["carol"]


def test_who_handed_nothing_in_has_no_page() -> None:
    view = view_of(student("alice", perfect()), student("carol"), student("dave", None))
    assert [row.page for row in view.students] == ["alice", None, "dave"]


def test_a_check_that_no_one_passes_is_told_from_one_that_no_one_reached() -> None:
    view = view_of(student("alice", half_right()), student("bob", half_right()), student("carol", untouched()))
    never = {each.check.id for each in view.never_passed}
    assert "penalties.test_l2_value" in never
    assert "proximal.test_values" not in never
    always = {each.check.id for each in view.always_passed}
    assert "penalties.test_sum_of_squares" in always
    assert not never & always


def test_a_misconception_comes_with_its_hint_and_who_shares_it() -> None:
    view = view_of(student("alice", half_right()), student("bob", perfect()))
    shared = {each.shared.id: each for each in view.misconceptions}["l2_penalty.no_half"]
    assert (shared.hint, [row.id for row in shared.students]) == ("Differentiate your penalty.", ["alice"])


def test_every_mark_is_in_one_bin() -> None:
    view = class_view(varied(60), at_risk_percent=50)
    assert view.marks is not None
    assert sum(view.bins) == view.marks.count == sum(row.points is not None for row in view.students)


def test_changes_and_pairs_name_students_of_the_class() -> None:
    view = class_view(eventful(), at_risk_percent=50)
    assert [(each.student.id, each.change.gained) for each in view.changes] == [
        ("student002", -10.0),
        ("student001", 3.5),
    ]
    assert [(each.first.id, each.second.id) for each in view.similar] == [
        ("student004", "student005"),
        ("student001", "student008"),
    ]
    assert class_view(class_record([student("alice", perfect())]), at_risk_percent=50).changes == ()


def test_of_many_similar_pairs_those_with_most_in_common_are_shown() -> None:
    record = eventful()
    passages = (PASSAGE,) * 9
    pairs = [
        SimilarPair(first="student001", second="student002", share=n / 200, lines=n, passages=passages)
        for n in range(150)
    ]
    view = class_view(replace(record, similar=tuple(pairs)), at_risk_percent=50)
    assert [each.pair.lines for each in view.similar] == list(range(149, 49, -1))
    assert {len(each.passages) for each in view.similar} == {5}
    page = render_class(view)
    assert "50 more pairs with less in common not shown." in page
    assert "the longest 5 of 9" in page
