"""Where in a checkout the functions stand that a submission was graded by: for marks beside the lines."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from grader.course.files import MODULE_BYTES, source_text
from grader.course.tree import FileTree, folder_tree
from grader.errors import SubmissionError
from grader.model.assignment import Assignment
from grader.model.submission import ModuleSource, Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Files by the name that a report gives them, and lines by question."""

    paths: Mapping[str, PurePosixPath] = field(default_factory=dict)
    """Relative to the checkout."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Of each question's `def`, where it was found."""


def find_places(checkout: Path, submission: Submission, assignment: Assignment) -> Places:
    """Return what can be found; nothing of it is needed to grade. Links are not followed."""
    try:
        tree = folder_tree(checkout)
    except SubmissionError:
        return Places()
    paths = {}
    for source in submission.sources:
        if source.filename.endswith(".py") and (path := _path_of(source, tree)):
            paths[source.filename] = path
    texts = {source.module: source.text for source in submission.sources if source.filename in paths}
    lines = {
        question.id: line
        for question in assignment.questions
        if (line := _line_of(question.id, texts.get(question.module, "")))
    }
    return Places(paths=paths, lines=lines)


def _path_of(source: ModuleSource, tree: FileTree) -> PurePosixPath | None:
    for path in sorted(tree.files, key=lambda path: len(path.parts)):
        if path.name == source.filename and _text(tree, path) == source.text:
            return path
    return None


def _text(tree: FileTree, path: PurePosixPath) -> str | None:
    try:
        return source_text(tree.read(path, limit_bytes=MODULE_BYTES), path.name)
    except SubmissionError:
        return None


def _line_of(function: str, text: str) -> int | None:
    """Look for the words alone: a student's text is not parsed."""
    match = re.search(rf"^[ \t]*def[ \t]+{re.escape(function)}\b", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else None
