"""Which files a new assignment begins with, and where they lie."""

import json
import keyword
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grader.course.stubs import stub_of
from grader.errors import AssignmentError, UsageError
from grader.model.draft import Draft, LeftOut

Files = Mapping[PurePosixPath, str]
"""Texts by their place in the course's folder."""

_TEMPLATES = Path(__file__).parent / "templates"
_SAMPLE = {
    "assignments/{name}/assignment.toml": "assignment.toml",
    "assignments/{name}/README.md": "README.md",
    "assignments/{name}/checks/test_loss.py": "checks/test_loss.py",
    "solutions/{name}/loss.py": "loss.py",
    "solutions/{name}/misconceptions/loss.py": "misconceptions/loss.py",
    "solutions/{name}/alternatives/loss_loops.py": "alternatives/loss_loops.py",
}


def sample_files(name: str) -> Files:
    """Return a sound assignment of one question: something that works, to change into what is wanted."""
    environment = _environment()
    values = {"name": name, "title": title_of(name)}
    files = {
        PurePosixPath(place.format(name=name)): environment.get_template(f"sample/{template}.j2").render(values)
        for place, template in _SAMPLE.items()
    }
    reference = files[PurePosixPath(f"solutions/{name}/loss.py")]
    return files | {PurePosixPath(f"assignments/{name}/loss.py"): stub_of(reference, "loss.py")}


def draft_files(name: str, draft: Draft, filename: str) -> Files:
    """Return what a draft, taken from the notebook `filename`, becomes: a skeleton and the notes of what is missing.

    Raises `UsageError` for solution markers that do not fit together.
    """
    module = _module_name(name)
    title = draft.title or title_of(name)
    values = {"name": name, "title": title, "module": module, "draft": draft, "filename": filename}
    environment = _environment()
    shown, solutions = PurePosixPath("assignments", name), PurePosixPath("solutions", name)

    def rendered(template: str, **more: object) -> str:
        return environment.get_template(f"draft/{template}.j2").render(values | more).rstrip("\n") + "\n"

    reference = rendered("module.py")
    files = {
        shown / "assignment.toml": rendered("assignment.toml"),
        shown / "README.md": f"{draft.handout.strip() or f'# {title}'}\n",
        shown / f"{module}.py": _stub(reference, f"{filename} as {module}.py"),
        solutions / f"{module}.py": reference,
        solutions / "NOTES.md": rendered("NOTES.md"),
    }
    for folder, hidden in ((shown, False), (solutions, True)):
        if checks := [check for check in draft.checks if check.hidden is hidden]:
            lines = dict.fromkeys(line for check in checks for line in check.imports)
            helpers = sorted({"check", *(name for check in checks for name in check.helpers)})
            files[folder / "checks" / f"test_{module}.py"] = rendered(
                "checks.py", checks=checks, hidden=hidden, imports=list(lines), helpers=helpers
            )
    return files


def told(left: LeftOut) -> str:
    """Say in one line what was not taken over, and why."""
    return f"cell {left.cell}: {' '.join(left.what.split())} – {' '.join(left.why.split())}"


def title_of(name: str) -> str:
    """Return an assignment's name as a heading: `weight_decay` becomes `Weight decay`."""
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def _environment() -> Environment:
    environment = Environment(  # noqa: S701 - Python, TOML and Markdown of the author's own, no HTML
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"quoted": _quoted, "in_docstring": _in_docstring, "told": told}
    return environment


def _stub(reference: str, place: str) -> str:
    try:
        return stub_of(reference, place)
    except AssignmentError as error:
        raise UsageError(error.message, hint=error.hint) from error


def _module_name(name: str) -> str:
    """Return a name that a student's `import` finds: not a keyword's, and not that of another module."""
    module = name.lower().replace("-", "_")
    taken = keyword.iskeyword(module) or module in sys.stdlib_module_names or module in ("numpy", "grader", "pytest")
    return f"{module}_functions" if taken else module


def _quoted(text: str) -> str:
    """Return a text as TOML has it: the escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _in_docstring(text: str) -> str:
    """Return a text on one line that ends no docstring."""
    return " ".join(text.split()).replace("\\", "\\\\").replace('"', "'").rstrip(".")
