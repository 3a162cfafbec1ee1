"""What each cell of an nbgrader source notebook is for."""

import re
from collections.abc import Iterator

from grader.model.draft import LeftOut
from grader.notebooks.source_cells import Part, Role, SourceCell

_REGION = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)")
_AUTOTEST = re.compile(r"### (HASHED )?AUTOTEST\b")


def is_nbgrader(cells: list[SourceCell]) -> bool:
    """Tell whether a notebook was written for nbgrader."""
    return any(cell.nbgrader or _REGION.search(cell.source) for cell in cells)


def nbgrader_parts(cells: list[SourceCell]) -> Iterator[Part | LeftOut]:
    """Yield what each cell holds. Solution regions get our markers; hidden tests become a part of their own."""
    for cell in cells:
        if cell.type == "markdown":
            yield from _markdown(cell)
        elif cell.type == "code":
            yield from _code(cell)
        elif cell.source.strip():
            yield LeftOut(cell=cell.number, what="a raw cell", why="it is neither text nor code")


def _markdown(cell: SourceCell) -> Iterator[Part | LeftOut]:
    if cell.nbgrader.get("solution") or cell.nbgrader.get("grade"):
        yield LeftOut(cell=cell.number, what="a written answer", why="it is graded by hand")
        return
    kept, regions = _split_regions(cell.source)
    if regions:
        yield LeftOut(
            cell=cell.number, what=f"{' and '.join(sorted(regions))} in a text", why="students must not see it"
        )
    if cell.nbgrader.get("task"):
        yield LeftOut(cell=cell.number, what="a task", why="it is graded by hand; its text is in the handout")
    if kept.strip():
        yield Part(role=Role.TEXT, cell=cell.number, source=kept)


def _code(cell: SourceCell) -> Iterator[Part | LeftOut]:
    source = cell.source
    if _AUTOTEST.search(source):
        yield LeftOut(cell=cell.number, what="automatic tests", why="nbgrader makes them by running the solution")
        source = "\n".join(line for line in source.split("\n") if not _AUTOTEST.search(line))
    points = _points(cell)
    is_solution = bool(cell.nbgrader.get("solution"))
    if cell.nbgrader.get("grade") and not is_solution:
        visible, regions = _split_regions(source)
        yield Part(role=Role.TEST, cell=cell.number, source=visible, points=points)
        if "hidden tests" in regions:
            yield Part(role=Role.TEST, cell=cell.number, source=regions["hidden tests"], points=points, hidden=True)
        return
    if cell.nbgrader.get("grade"):
        yield LeftOut(cell=cell.number, what="how it was graded", why="that was by hand: write checks instead")
    if is_solution or "BEGIN SOLUTION" in source:
        yield Part(role=Role.SOLUTION, cell=cell.number, source=_with_our_markers(source), points=points)
    elif source.strip():
        yield Part(role=Role.GIVEN, cell=cell.number, source=_split_regions(source)[0])


def _points(cell: SourceCell) -> float | None:
    points = cell.nbgrader.get("points")
    return float(points) if isinstance(points, int | float) and not isinstance(points, bool) else None


def _split_regions(source: str) -> tuple[str, dict[str, str]]:
    """Return the text outside of all regions, and what is in those of each kind; one that never closes goes on."""
    kept: list[str] = []
    regions: dict[str, list[str]] = {}
    inside = ""
    for line in source.split("\n"):
        marker = _REGION.search(line)
        if marker:
            inside = marker[2].lower() if marker[1] == "BEGIN" else ""
            regions.setdefault(marker[2].lower(), [])
        elif inside:
            regions[inside].append(line)
        else:
            kept.append(line)
    return "\n".join(kept), {name: "\n".join(lines) for name, lines in regions.items()}


def _with_our_markers(source: str) -> str:
    """nbgrader finds its markers anywhere in a line; ours stand alone."""
    lines = []
    for line in source.split("\n"):
        marker = _REGION.search(line)
        if marker is None:
            lines.append(line)
        elif marker[2] == "SOLUTION":
            lines.append(f"{line[: len(line) - len(line.lstrip())]}### {marker[0]}")
    return "\n".join(lines)
