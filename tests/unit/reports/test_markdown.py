"""Tests of the Markdown report, as a Markdown renderer sees it."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from grader.model.assignment import Visibility
from grader.model.result import Outcome
from grader.reports import Audience, Format, render, render_in_parts
from grader.reports.markdown import NOTEBOOK_ENTITIES, code, escape, fenced
from tests.fakes.graded import EXAMPLES, HOSTILE, check, graded, half_right, hostile, question, ungraded

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


def as_html(text: str) -> str:
    return str(MARKDOWN.render(text))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_report_reads_as_agreed(name: str, same_as_golden: Callable[[str, str], None]) -> None:
    same_as_golden(render(EXAMPLES[name](), Format.MARKDOWN), f"reports/{name}.md")


def test_the_questions_are_a_table() -> None:
    page = as_html(render(half_right(), Format.MARKDOWN))

    assert page.count("<tr>") == 1 + len(half_right().questions)
    assert "<td>l2_penalty</td>" in page


def test_hostile_text_is_shown_and_not_obeyed() -> None:
    report = render(hostile(), Format.MARKDOWN)
    page = as_html(report)

    assert re.findall(r"<(?:script|style|b)\b", page) == []
    assert "{{ 7 * 7 }}" in page
    assert not re.search(r"(?m)^\s*::", report)
    assert "##[" not in report
    assert "\x1b" not in report
    assert page.count("<tr>") == 2
    assert page.count("<details>") == page.count("</details>") == 1
    report.encode("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "a *b* _c_ `d` ~~e~~ **f**",
        "[x](http://example.org) <http://example.org> www.example.org",
        "| a | b |",
        "# heading",
        "- item",
        "1. item",
        "+ item",
        "> quote",
        "<b>x</b> &amp; <!-- c -->",
        r"back\slash \* and \\",
        "costs $x$ and :tada: @someone",
        "--- and ===",
    ],
)
def test_escaped_text_comes_out_as_it_went_in(text: str) -> None:
    page = as_html(str(escape(text)))
    shown = re.sub(r"</?span>", "", page)

    assert shown == "<p>" + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</p>\n"


@pytest.mark.parametrize("text", ["plain", "`", "a `b` c", "``` fence", "`start and end`", " ", "a\nb"])
def test_a_code_span_holds_its_text(text: str) -> None:
    shown = text.replace("\n", "\\n")

    assert as_html(str(code(text))) == f"<p><code>{shown}</code></p>\n"


@pytest.mark.parametrize("text", ["```", "~~~", "a\n`````\nb", "````python"])
def test_a_fence_holds_its_text(text: str) -> None:
    assert as_html(str(fenced(text))) == f'<pre><code class="language-text">{text}\n</code></pre>\n'


def test_the_report_of_endless_text_stays_below_what_github_shows() -> None:
    endless = (HOSTILE + "`\\" * 50) * 200
    failed = check("m.a", "A title.", Outcome.FAILED, message=endless, hint=endless, call=endless, stdout=endless)
    many = [replace(failed, id=f"m.{i}", message=f"{i} {endless}") for i in range(100)]

    assert len(render(graded([question("f", "m", "A title", many)]), Format.MARKDOWN).encode("utf-8")) < 1 << 20


def test_in_parts_every_question_stands_alone_below_an_overview() -> None:
    parts = render_in_parts(half_right())

    assert list(parts.questions) == [each.id for each in half_right().questions]
    assert as_html(parts.overview).count("<tr>") == 1 + len(parts.questions)
    for name, text in parts.questions.items():
        assert re.match(r"<h3>Feedback: . (\w+) \d", as_html(text))[1] == name  # type: ignore[index]  # None is a failure too


def test_in_parts_hostile_text_is_neither_obeyed_nor_taken_for_mathematics() -> None:
    parts = render_in_parts(hostile())
    for text in (parts.overview, *parts.questions.values()):
        assert re.findall(r"<(?:script|style|b)\b", as_html(text)) == []
    assert as_html(escape(r"$x$ \(y\) \\[z\\]", NOTEBOOK_ENTITIES)) == "<p>$x$ \\(y\\) \\\\[z\\\\]</p>\n"
    assert not re.search(r"\$|\\\\", escape(r"$x$ \(y\) \\[z\\]", NOTEBOOK_ENTITIES))


def test_in_parts_what_a_student_may_not_see_is_missing() -> None:
    hidden = check("hidden", "A secret", Outcome.FAILED, message="1 is not 2", visibility=Visibility.HIDDEN)
    result = graded([question("f", "m", "A question", [hidden])])
    assert "1 is not 2" not in render_in_parts(result).questions["f"]
    assert "1 is not 2" in render_in_parts(result, audience=Audience.INSTRUCTOR).questions["f"]


def test_in_parts_a_fault_of_ours_is_told_in_the_overview() -> None:
    assert "no mark yet" in render_in_parts(ungraded()).overview
