"""Whether the course's front page leads to every assignment."""

import re
from pathlib import Path

from grader.course import Course
from grader.model.assignment import Assignment

LINK = re.compile(r"\[(\w+)\]\(([\w./]+)\) ([^|]+) \|")


def test_the_front_page_links_each_assignment_once_by_its_title(course: Course, assignment: Assignment) -> None:
    folder = course.folder / "assignments"
    links = LINK.findall(Path(folder / "README.md").read_text(encoding="utf-8"))
    mine = [(path, title) for name, path, title in links if name == assignment.id]
    assert len(mine) == 1
    path, title = mine[0]
    assert folder / path == assignment.folder / "README.md"
    assert assignment.title.startswith(title)
