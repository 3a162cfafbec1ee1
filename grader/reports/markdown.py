"""A result as Markdown: for a CI job's summary page, and in parts for a notebook's cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.model import wording
from grader.model.escaping import clip, defuse_commands, excerpt, one_line
from grader.model.result import GradedSubmission
from grader.model.summary import summarize

ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "<span>$</span>"}
"""Marks that GitHub would take for more than a character, after a backslash too."""
NOTEBOOK_ENTITIES = {**ENTITIES, "$": "&#36;", "\\": "&#92;"}
"""Jupyter looks for mathematics between dollar signs and after backslashes before it reads Markdown."""

_TEMPLATES = Path(__file__).parent / "templates"
_MARKUP = re.compile(
    r"[\\`*_{}\[\]<>&#|~!@$=^]"  # anywhere
    r"|(?<=\A)[-+]|(?<=\d)[.)](?=\s)"  # a list item
    r"|(?<=www)\.|:(?=//)|:(?=[\w+-]+:)",  # a link or an emoji
    re.IGNORECASE,
)
_BACKTICKS = re.compile(r"`+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownParts:
    """A result in pieces: each can stand alone."""

    overview: str
    questions: Mapping[str, str]
    """By question."""


def render_markdown(graded: GradedSubmission) -> str:
    """Return `graded` as GitHub-flavoured Markdown; each student's text in it is bounded, so that the whole stays under
    the 1 MiB that GitHub shows.
    """
    page = _environment().get_template("report.md.j2").render(summary=summarize(graded), graded=graded)
    return defuse_commands(_tidy(page) + "\n")


def render_parts(graded: GradedSubmission) -> MarkdownParts:
    """Return `graded` as Markdown for the cells of a notebook."""
    environment = _environment(in_notebook=True)
    overview, about = (environment.get_template(f"notebook_{name}.md.j2") for name in ("overview", "question"))
    summary = summarize(graded)
    return MarkdownParts(
        overview=_tidy(overview.render(summary=summary, graded=graded)),
        questions={each.result.id: _tidy(about.render(question=each)) for each in summary.questions},
    )


def escape(text: str, entities: Mapping[str, str] = ENTITIES) -> Markup:
    """Return `text` on one line, so that Markdown and HTML show it as it is; any other mark gets a backslash."""
    return Markup(_MARKUP.sub(lambda match: entities.get(match[0], "\\" + match[0]), one_line(text)))  # noqa: S704 - escaped


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


@lru_cache(maxsize=2)
def _environment(*, in_notebook: bool = False) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=partial(_escaped_unless_markup, entities=NOTEBOOK_ENTITIES if in_notebook else ENTITIES),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"clip": clip, "excerpt": excerpt, "fenced": fenced, "code": code}
    environment.globals |= {"say": wording}
    return environment


def _escaped_unless_markup(value: Any, *, entities: Mapping[str, str]) -> Markup:
    """Autoescape leaves Markup alone, so that what leaves here has been escaped exactly once, for Markdown."""
    return value if isinstance(value, Markup) else escape(str(value), entities)


def _tidy(page: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", page).strip()
