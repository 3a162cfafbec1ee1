"""A small course on disk: one assignment, two questions in two modules."""

import json
from pathlib import Path

from grader.course import Course

MANIFEST = """\
title = "Small"
seed = 7

[[questions]]
id = "double"
module = "first"
title = "Double a number"
points = 60
difficulty = 1
returns = ["out: array"]

[[questions]]
id = "halve"
module = "second"
title = "Halve a number"
points = 40
difficulty = 2
returns = ["out: array", "cache: opaque"]
uses = ["double"]
reading = ["A book, chapter 1"]
"""

FIRST = '''\
"""Doubling."""


def double(x):
    """Return 2 x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
'''
SECOND = FIRST.replace("double", "halve").replace("2 * x", "x / 2, None").replace("2 x", "x / 2")
STUB = "    # YOUR CODE HERE\n    raise NotImplementedError\n"


def write_course(folder: Path, *, manifest: str = MANIFEST) -> Course:
    """Write the course with the assignment `small` into `folder`."""
    stubs, solutions = folder / "assignments" / "small", folder / "solutions" / "small"
    for place in (stubs / "checks", solutions):
        place.mkdir(parents=True)
    (stubs / "assignment.toml").write_text(manifest, encoding="utf-8")
    for name, reference in (("first.py", FIRST), ("second.py", SECOND)):
        (solutions / name).write_text(reference, encoding="utf-8")
        head, _, _ = reference.partition("    ### BEGIN")
        (stubs / name).write_text(head + STUB, encoding="utf-8")
    return Course(folder=folder)


def write_notebook(path: Path, *cells: str) -> Path:
    """Write a notebook with these code cells, a Markdown cell before each."""
    heading: dict[str, object] = {"cell_type": "markdown", "metadata": {}, "source": "# A heading"}
    code: dict[str, object] = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
    content = {
        "nbformat": 4,
        "nbformat_minor": 4,
        "metadata": {},
        "cells": [cell for source in cells for cell in (heading, {**code, "source": source})],
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path
