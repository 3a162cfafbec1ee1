"""Tests of the class pages' text; what a browser makes of them is tested in tests/browser."""

import base64
import hashlib
import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from grader.reports.class_report import (
    ClassView,
    class_view,
    render_class,
    render_feedback,
    render_index,
    render_student,
)
from tests.fakes.class_records import class_record, eventful, student, varied
from tests.fakes.graded import hostile, random_parts, ungraded
from tests.fakes.html_page import Page


def view_of(name: str) -> ClassView:
    records = {
        "eventful": eventful(),
        "empty": class_record([]),
        "nobody handed in": class_record([student("alice"), student("bob")]),
        "nothing graded": class_record([student("alice", None)]),
        "one": varied(1, seed=1),
    }
    return class_view(records[name], at_risk_percent=50)


def pages() -> dict[str, str]:
    view = view_of("eventful")
    row = next(row for row in view.students if row.page)
    names = ("eventful", "empty", "nobody handed in", "nothing graded", "one")
    return {
        **{name: render_class(view_of(name)) for name in names},
        "of several": render_class(view, index="../index.html"),
        "index": render_index({"first": view, "second": view_of("empty")}),
        "student": render_student(row, hostile(), class_page="../index.html", feedback="../feedback/x.html"),
        "ungraded student": render_student(row, ungraded(), class_page="../index.html", feedback="../feedback/x.html"),
        "feedback": render_feedback(row, hostile()),
    }


PAGES = pages()


@pytest.fixture(params=PAGES)
def text(request: pytest.FixtureRequest) -> str:
    return PAGES[request.param]


@pytest.mark.parametrize("name", ["class", "class_index"])
def test_the_page_reads_as_agreed(name: str, same_as_golden: Callable[[str, str], None]) -> None:
    view = class_view(eventful(10), at_risk_percent=50)
    text = render_class(view) if name == "class" else render_index({"first": view, "second": view_of("empty")})
    same_as_golden(text[text.index("<body") : text.index("<script>")], f"reports/{name}.html")


def test_the_policy_names_the_pages_own_style_and_script_and_nothing_else(text: str) -> None:
    def digest(tag: str) -> str:
        [own] = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        return base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()

    assert f"style-src 'sha256-{digest('style')}'" in text
    assert "default-src 'none'" in text
    assert "unsafe" not in text
    if "script-src" in text:
        assert f"script-src 'sha256-{digest('script')}'" in text
    else:
        assert "<script" not in text


def test_no_element_brings_a_style_or_a_handler_and_nothing_comes_from_elsewhere(text: str) -> None:
    page = Page(text)
    names = {name for _, attributes in page.tags for name in attributes}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]
    assert page.values("src") == []
    assert {target for target in page.values("href") if ":" in target} <= {"data:,"}


def test_ids_are_unique_and_links_within_the_page_have_their_target(text: str) -> None:
    page = Page(text)
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in page.values("href") if target.startswith("#")} <= set(ids)
    assert set(page.values("aria-labelledby")) <= set(ids)


def test_headings_leave_no_level_out(text: str) -> None:
    levels = [int(tag[1]) for tag, _ in Page(text).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_nothing_is_said_that_is_no_number_or_no_text(text: str) -> None:
    shown = Page(re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL)).text
    assert not re.search(r"\b(nan|inf|None|Undefined|True|False)\b", shown)


def test_what_students_are_called_and_wrote_is_shown_and_not_obeyed(text: str) -> None:
    page = Page(text)
    assert [tag for tag, _ in page.tags].count("script") == ("script-src" in text)
    assert not re.search(r"(?m)^\s*::", text)
    assert "##[" not in text
    assert all(character.isprintable() or character in "\n\u00a0" for character in text)
    text.encode("utf-8")


def test_a_hostile_name_is_read_on_the_class_page() -> None:
    assert "</style><script>alert(1)</script>" in Page(PAGES["eventful"]).text
    assert "</pre><script>alert(3)</script>" in Page(PAGES["eventful"]).text


def test_every_student_is_in_the_list_with_or_without_pages() -> None:
    view = view_of("eventful")
    hrefs = Page(PAGES["eventful"]).values("href")
    for row in view.students:
        linked = f"students/{row.page}.html" in hrefs and f"feedback/{row.page}.html" in hrefs
        assert linked == (row.page is not None)


def test_the_page_of_several_assignments_leads_to_each_and_to_every_student() -> None:
    hrefs = Page(PAGES["index"]).values("href")
    assert {"first/index.html", "second/index.html"} <= set(hrefs)
    assert {f"first/students/{row.page}.html" for row in view_of("eventful").students if row.page} <= set(hrefs)
    assert "../index.html" in Page(PAGES["of several"]).values("href")
    assert "../index.html" not in Page(PAGES["eventful"]).values("href")


def test_feedback_withholds_what_the_staff_may_see_and_leads_to_nobody_else() -> None:
    row = next(row for row in view_of("eventful").students if row.id == "helped")
    staff = render_student(row, random_parts(), class_page="../index.html", feedback="../feedback/helped.html")
    given = render_feedback(row, random_parts())
    assert "SECRET" in staff
    assert "SECRET" not in given
    assert not [target for target in Page(given).values("href") if not target.startswith(("#", "https:", "data:"))]
    assert "Explained it well." in given
    assert "at risk" in staff
    assert "at risk" not in given
    assert "TA" in Page(staff).text
    assert "– TA" not in Page(given).text


def test_feedback_on_a_plain_mark_says_nothing_twice() -> None:
    row = next(row for row in class_view(class_record([student("a", hostile())]), at_risk_percent=50).students)
    assert "Your mark" not in render_feedback(row, hostile())


def test_the_words_of_a_plot_say_what_it_shows() -> None:
    [label] = [
        attributes["aria-label"] for tag, attributes in Page(PAGES["one"]).tags if tag == "svg" and "role" in attributes
    ]
    assert label is not None
    assert re.fullmatch(r"Histogram of the marks: 1 from \d+ to \d+; the median is [\d.]+\.", label)
