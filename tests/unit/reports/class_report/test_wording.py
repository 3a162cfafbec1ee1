"""What the class page says, in words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from grader.model.wording import points
from grader.reports.class_report import class_view, wording
from tests.fakes.class_records import HELP, LATE, class_record, eventful, student
from tests.fakes.graded import half_right, perfect, untouched


@pytest.mark.parametrize(
    ("share", "said"), [(0.0, "0 %"), (0.001, "<1 %"), (0.5, "50 %"), (0.999, ">99 %"), (1.0, "100 %"), (1 / 3, "33 %")]
)
def test_a_share_is_all_or_nothing_only_where_it_is(share: float, said: str) -> None:
    assert wording.percent(share) == said


def test_signs_are_minus_signs() -> None:
    assert wording.signed(-12.5) == "\N{MINUS SIGN}12.5"
    assert wording.signed(0) == "+0"
    assert wording.correlation(-0.25) == "\N{MINUS SIGN}0.25"
    assert wording.correlation(None) == "–"


@pytest.mark.parametrize(("seconds", "said"), [(0.0012, "1 ms"), (0.9, "900 ms"), (1.5, "1.5 s"), (600, "10 min")])
def test_times_have_units(seconds: float, said: str) -> None:
    assert wording.duration(seconds) == said


def test_the_verdict_fits_the_size_of_the_class() -> None:
    def verdict(*names: str, graded: bool = True) -> str:
        students = [student(name, perfect() if graded else None) for name in names]
        return wording.verdict(class_view(class_record(students), at_risk_percent=50))

    assert verdict() == "Nobody is on the roster, and nobody has handed in yet."
    assert verdict("alice") == "1 of 1 student handed in."
    assert verdict("alice", graded=False) == "1 of 1 student handed in. There are no marks yet."
    assert verdict(*"abcd").startswith("All 4 students handed in. At least half of the marks are ")
    assert "Half of the marks lie between" in wording.verdict(class_view(eventful(), at_risk_percent=50))


def test_a_mark_says_how_it_came_about() -> None:
    checks = points(half_right().points)
    assert wording.composition(student("alice", half_right())) == f"{checks} of 100 points, as the checks gave them."
    helped = student("helped", half_right(), adjustments=[HELP], days=2)
    assert wording.composition(helped).endswith(
        f": {checks} from the checks, +5 given by hand, \N{MINUS SIGN}10 for 2 days late."
    )
    free = student("alice", half_right(), days=1)
    assert wording.composition(free).endswith(f": {checks} from the checks, 1 day late, which costs nothing.")
    due = LATE.due + timedelta(days=1)
    given_time = student("helped", half_right(), adjustments=[replace(HELP, points=0.0, due=due)], days=2)
    assert wording.composition(given_time).endswith(
        f": {checks} from the checks, time until {wording.minute(due)}, 1 day late, which costs nothing."
    )
    assert wording.composition(student("alice")) == "Nothing was handed in."
    assert wording.composition(student("alice", None)) == "There is no mark yet."


def test_the_rule_of_risk_is_stated_with_its_line_and_each_reason() -> None:
    view = class_view(
        class_record([student("bob", untouched(), days=3), student("carol")], late=LATE), at_risk_percent=40
    )
    assert "below 40 points (40 %)" in wording.risk_rule(view)
    assert [wording.risk_reason(row) for row in view.at_risk] == [
        "0 points, 7 questions not started, 20 points lost by lateness",
        "handed nothing in",
    ]


def test_the_last_regrade_is_summed_up() -> None:
    record = eventful()
    assert wording.regrade_line(class_view(record, at_risk_percent=50)) == (
        "On 2026-10-01, 40 attempts were graded again: 1 gained, 1 lost, 0 earn the same by other checks."
    )
    assert record.regrade is not None
    quiet = replace(record, regrade=replace(record.regrade, attempts=1, changes=()))
    assert wording.regrade_line(class_view(quiet, at_risk_percent=50)) == (
        "On 2026-10-01, 1 attempt was graded again: nothing changed."
    )
    assert wording.regrade_line(class_view(replace(record, regrade=None), at_risk_percent=50)) == ""
