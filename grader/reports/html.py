"""A result as one self-contained HTML file, without script, network or fonts of its own."""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from pygments import highlight  # type: ignore[import-untyped]  # Pygments has no types
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]  # Pygments has no types
from pygments.lexers import PythonLexer  # type: ignore[import-untyped]  # Pygments has no types

from grader.model import wording
from grader.model.escaping import clip, defuse_commands, excerpt, one_line, visible
from grader.model.result import GradedSubmission
from grader.model.summary import summarize
from grader.reports import figures

_TEMPLATES = Path(__file__).parent / "templates"
_ADDRESS = re.compile(r"(https://[^\s<>\"']*[\w/#])")


def render_html(graded: GradedSubmission) -> str:
    """Return `graded` as one HTML page that follows the reader's light or dark scheme."""
    return render_page("report.html.j2", ("report.css",), summary=summarize(graded), graded=graded, record=None)


def render_page(template: str, styles: tuple[str, ...], *, script: str | None = None, **content: Any) -> str:
    """Return a template as a page of its own, with style sheets and a script that its policy names by their digest."""
    page = _template(template, styles, script).render(**content)
    return defuse_commands(page, colon="&#58;", hash_sign="&#35;")


def highlight_line(code: str) -> Markup:
    """Return one line of Python as HTML; the classes are Pygments' short names."""
    shown = excerpt(code.strip(), characters=400)
    return Markup(highlight(shown, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip("\n"))  # noqa: S704 - Pygments escapes


def linked(text: str) -> Markup:
    """Return an author's text with its addresses as links."""
    link = Markup('<a href="{0}" rel="noreferrer">{0}</a>')
    parts = _ADDRESS.split(one_line(text))
    return Markup().join(link.format(part) if i % 2 else part for i, part in enumerate(parts))


def breakable(name: str) -> Markup:
    """Return a name that a narrow screen may break after its underscores."""
    return Markup("_<wbr>").join(one_line(name).split("_"))


@lru_cache(maxsize=8)
def _template(name: str, styles: tuple[str, ...], script: str | None) -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible_unless_markup,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "one_line": one_line,
        "excerpt": excerpt,
        "clip": clip,
        "breakable": breakable,
        "highlight_line": highlight_line,
        "linked": linked,
    }
    style = "\n".join((_TEMPLATES / sheet).read_text("utf-8") for sheet in styles)
    code = (_TEMPLATES / script).read_text("utf-8") if script else ""
    environment.globals |= {
        "say": wording,
        "figures": figures,
        "style": Markup(style),  # noqa: S704 - our own files
        "style_digest": _digest(style),
        "script": Markup(code),  # noqa: S704 - our own file
        "script_digest": _digest(code),
    }
    return environment.get_template(name)


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _visible_unless_markup(value: Any) -> Any:
    return value if isinstance(value, Markup) else visible(str(value))
