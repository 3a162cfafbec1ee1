"""Which files a new assignment begins with, and where they lie."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grader.course.stubs import stub_of

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


def title_of(name: str) -> str:
    """Return an assignment's name as a heading: `weight_decay` becomes `Weight decay`."""
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def _environment() -> Environment:
    return Environment(  # noqa: S701 - Python, TOML and Markdown of the author's own, no HTML
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
