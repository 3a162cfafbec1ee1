"""A result as Markdown for a CI job's summary page."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from grader.model.result import GradedSubmission
from grader.reports import wording
from grader.reports.escaping import clip, defuse_commands, excerpt, one_line
from grader.reports.summary import summarize

_TEMPLATES = Path(__file__).parent / "templates"
_MARKUP = re.compile(
    r"[\\`*_{}\[\]<>&#|~!@$=^]"  # anywhere
    r"|(?<=\A)[-+]|(?<=\d)[.)](?=\s)"  # a list item
    r"|(?<=www)\.|:(?=//)|:(?=[\w+-]+:)",  # a link or an emoji
    re.IGNORECASE,
)
_BACKTICKS = re.compile(r"`+")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "<span>$</span>"}


def render_markdown(graded: GradedSubmission) -> str:
    """Return `graded` as GitHub-flavoured Markdown; each student's text in it is bounded, so that the whole stays under
    the 1 MiB that GitHub shows.
    """
    page = _template().render(summary=summarize(graded), graded=graded)
    return defuse_commands(re.sub(r"\n{3,}", "\n\n", page).strip() + "\n")


def escape(text: str) -> Markup:
    """Return `text` on one line, so that Markdown and HTML show it as it is."""
    return Markup(_MARKUP.sub(_escaped_mark, one_line(text)))  # noqa: S704 - escaped


def fenced(text: str, language: str = "text") -> Markup:
    """Return `text`, already clipped, in a fence that is longer than any run of backticks in it."""
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return Markup(f"{fence}{language}\n{text}\n{fence}")  # noqa: S704 - the fence holds it


def code(text: str) -> Markup:
    """Return `text` as a code span on one line."""
    shown = one_line(text)
    longest = max((len(run) for run in _BACKTICKS.findall(shown)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return Markup(f"{ticks}{pad}{shown}{pad}{ticks}")  # noqa: S704 - the span holds it


def _escaped_mark(match: re.Match[str]) -> str:
    mark = match[0]
    return _ENTITIES.get(mark, "\\" + mark)


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_escaped_unless_markup,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"clip": clip, "excerpt": excerpt, "fenced": fenced, "code": code}
    environment.globals |= {"say": wording}
    return environment.get_template("report.md.j2")


def _escaped_unless_markup(value: Any) -> Markup:
    """Autoescape leaves Markup alone, so that what leaves here has been escaped exactly once, for Markdown."""
    return value if isinstance(value, Markup) else escape(str(value))
