"""Results as JUnit XML, which CI hosts show.

Elements and attributes: the JUnit schema of Jenkins' xUnit plugin, as pytest's `xunit2` family writes it.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement

from grader.exports.check_text import ToldCheck, told_checks
from grader.model import wording
from grader.model.escaping import clip, defuse_commands, excerpt
from grader.model.result import GradedSubmission, Outcome

_ELEMENTS = {
    Outcome.FAILED: "failure",
    Outcome.REJECTED: "failure",
    Outcome.ERRORED: "error",
    Outcome.TIMED_OUT: "error",
    Outcome.CRASHED: "error",
    Outcome.NOT_ATTEMPTED: "skipped",
    Outcome.SKIPPED: "skipped",
}
"""What is not there or waits is no pass, and no failure either."""
_NOT_XML = re.compile("[^\t\n\r\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0 (fifth edition), production 2, Char."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """One result, and when it was made."""

    graded: GradedSubmission
    graded_at: datetime | None = None
    mark: float | None = None
    """What counts in the end, lateness and points by hand included; None where nobody said."""


def render_junit(graded: GradedSubmission, *, graded_at: datetime | None = None) -> str:
    """Return `graded`, without what its readers may not see, as JUnit XML with one test suite."""
    return render_suites([Suite(graded=graded, graded_at=graded_at)])


def render_suites(suites: Sequence[Suite]) -> str:
    """Return results as JUnit XML with a test suite for each. JUnit knows no points: they are properties."""
    root = Element("testsuites", name="grade")
    for suite in suites:
        root.append(_suite(suite))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(each.get(name, 0)) for each in root)))
    root.set("time", _seconds(sum(suite.graded.seconds for suite in suites)))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{defuse_commands(text, colon="&#58;", hash_sign="&#35;")}\n'


def _suite(suite: Suite) -> Element:
    graded = suite.graded
    element = Element("testsuite", name=_safe(f"{graded.assignment}: {graded.submission}"))
    cases = _cases(graded) if graded.gradable else [_ungraded(graded)]
    counts = Counter(child.tag for case in cases for child in case)
    element.set("tests", str(len(cases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(counts[tag]))
    element.set("time", _seconds(graded.seconds))
    if suite.graded_at:
        element.set("timestamp", suite.graded_at.isoformat(timespec="seconds"))
    about = {"assignment": graded.assignment, "submission": graded.submission, "seed": str(graded.seed)}
    points = {"points": f"{graded.points:g}", "max_points": f"{graded.max_points:g}"} if graded.gradable else {}
    mark = {} if suite.mark is None else {"mark": f"{suite.mark:g}"}
    _add_properties(element, {**about, **points, **mark})
    element.extend(cases)
    return element


def _cases(graded: GradedSubmission) -> list[Element]:
    cases: list[Element] = []
    names: Counter[tuple[str, str]] = Counter()
    for _, told in told_checks(graded):
        place = _safe(f"{graded.assignment}.{told.question.module}.{told.question.id}")
        names[place, told.title] += 1
        count = names[place, told.title]
        # Hosts take cases of one name for one case.
        name = told.title if count == 1 else f"{told.title} ({count})"
        cases.append(_case(told, place, _safe(name)))
    return cases


def _case(told: ToldCheck, place: str, name: str) -> Element:
    check = told.check
    case = Element("testcase", classname=place, name=name, time=_seconds(check.seconds))
    about = {"check": check.id, "outcome": check.outcome.value, "group": check.group.value}
    _add_properties(case, {**about, "points": f"{check.points:g}", "max_points": f"{check.max_points:g}"})
    if check.outcome is not Outcome.PASSED:
        tag = "skipped" if told.is_advice else _ELEMENTS[check.outcome]
        end = SubElement(case, tag, message=_safe(told.came), type=check.outcome.value)
        end.text = _xml(told.text)
    if told.printed:
        SubElement(case, "system-out").text = _xml(told.printed)
    return case


def _ungraded(graded: GradedSubmission) -> Element:
    case = Element("testcase", classname=_safe(graded.assignment), name="the submission is graded", time=_seconds(0))
    end = SubElement(case, "error", message=_safe(wording.UNGRADED), type="ungraded")
    errors = [clip(error, lines=12, characters=2000) for error in graded.errors]
    end.text = _xml("\n\n".join([wording.OUR_FAULT, *errors]))
    return case


def _add_properties(element: Element, values: dict[str, str]) -> None:
    properties = SubElement(element, "properties")
    for name, value in values.items():
        SubElement(properties, "property", name=name, value=_safe(value))


def _safe(text: str) -> str:
    """Return `text` for an attribute: visible, on one line, not too long."""
    return _xml(excerpt(text, characters=400))


def _xml(text: str) -> str:
    return _NOT_XML.sub(lambda match: f"#x{ord(match[0]):02X}", text)


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"
