"""Results as text: for the terminal, as JSON, HTML and Markdown."""

from enum import StrEnum
from typing import TYPE_CHECKING

from grader.model.audience import Audience, for_audience, for_student
from grader.model.result import GradedSubmission

if TYPE_CHECKING:
    from grader.reports.markdown import MarkdownParts

__all__ = ["Audience", "Format", "for_student", "render", "render_in_parts"]

DEFAULT_WIDTH = 80


class Format(StrEnum):
    """The formats that a result can be rendered in."""

    TERMINAL = "terminal"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"


def render(
    graded: GradedSubmission,
    report_format: Format,
    *,
    color: bool = False,
    width: int | None = None,
    verbose: bool = False,
    audience: Audience = Audience.STUDENT,
) -> str:
    """Return `graded` as text that ends in a line feed, without what `audience` may not see.

    `color`, `width` (in columns) and `verbose` matter to the terminal only. Heavy libraries are imported for the format
    that needs them.
    """
    shown = for_audience(graded, Audience(audience))
    match Format(report_format):
        case Format.TERMINAL:
            from grader.reports.terminal import render_terminal

            return render_terminal(shown, color=color, width=width or DEFAULT_WIDTH, verbose=verbose)
        case Format.JSON:
            from grader.reports.json import render_json

            return render_json(shown)
        case Format.HTML:
            from grader.reports.html import render_html

            return render_html(shown)
        case Format.MARKDOWN:
            from grader.reports.markdown import render_markdown

            return render_markdown(shown)


def render_in_parts(graded: GradedSubmission, *, audience: Audience = Audience.STUDENT) -> "MarkdownParts":
    """Return `graded` as Markdown in pieces for the cells of a notebook, without what `audience` may not see."""
    from grader.reports.markdown import render_parts

    return render_parts(for_audience(graded, audience))
