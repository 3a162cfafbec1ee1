"""What each cell of an otter source notebook is for (otter-assign 1.0 and later: raw cells as delimiters)."""

import re
from collections.abc import Iterator

from grader.course.stubs import BEGIN, END
from grader.model.draft import LeftOut
from grader.notebooks.source_cells import Part, Role, SourceCell

_DELIMITER = re.compile(r"#\s*(?:(ASSIGNMENT CONFIG)|(BEGIN|END) (QUESTION|PROMPT|SOLUTION|TESTS?))\b(.*)", re.DOTALL)
_BLOCK = re.compile(r"\A\s*```otter\s*\n(.*)\n```\s*\Z", re.DOTALL)
_KEY = re.compile(r"^\s*(\w+)\s*:\s*(.*?)\s*$", re.MULTILINE)
_SOLUTION_LINE = re.compile(r"#\s*SOLUTION(\s+NO PROMPT)?\s*$")
_SOLUTION_REGION = re.compile(r"^\s*#\s*(BEGIN|END) SOLUTION(\s+NO PROMPT)?\s*$")
_DROPPED_LINE = re.compile(r"#\s*(IGNORE|SEED)\s*$")
_DROPPED_BLOCK = (
    re.compile(r'^\s*""";?\s*#\s*BEGIN PROMPT.*?^\s*""";?\s*#\s*END PROMPT[^\n]*', re.MULTILINE | re.DOTALL),
    re.compile(r"^\s*#\s*BEGIN IGNORE.*?^\s*#\s*END IGNORE[^\n]*", re.MULTILINE | re.DOTALL),
)
_TEST_CONFIG = re.compile(
    r'\A\s*"""\s*#\s*BEGIN TEST CONFIG\s*\n(.*?)^\s*"""\s*#\s*END TEST CONFIG[^\n]*\n?', re.M | re.S
)
_HIDDEN = re.compile(r"\A\s*#\s*HIDDEN\s*$\n?", re.MULTILINE)


def is_otter(cells: list[SourceCell]) -> bool:
    """Tell whether a notebook was written for otter."""
    return any(_delimiter(cell) for cell in cells)


def otter_parts(cells: list[SourceCell]) -> Iterator[Part | LeftOut]:
    """Yield what each cell holds. Lines marked as solution stand between our markers afterwards."""
    inside = ""
    group, points = "", None
    for cell in cells:
        if delimiter := _delimiter(cell):
            config, edge, kind, rest = delimiter.groups()
            if config:
                yield LeftOut(cell=cell.number, what="otter's configuration", why="this grader has no use for it")
                continue
            keys = dict(_KEY.findall(rest))
            if kind == "QUESTION":
                group, points = (keys.get("name", ""), _number(keys.get("points"))) if edge == "BEGIN" else ("", None)
                inside = ""
                if keys.get("manual", "").lower() == "true":
                    yield LeftOut(cell=cell.number, what=f"question {group}", why="it is graded by hand")
            else:
                inside = kind if edge == "BEGIN" else ""
        elif cell.type == "markdown" and inside == "SOLUTION":
            yield LeftOut(cell=cell.number, what="a written answer", why="it is graded by hand")
        elif cell.type == "markdown":
            yield Part(role=Role.TEXT, cell=cell.number, source=cell.source, group=group)
        elif cell.type == "code" and inside.startswith("TEST"):
            yield _test(cell, group)
        elif cell.type == "code" and cell.source.strip():
            yield from _code(cell, group, points, is_solution=inside == "SOLUTION")


def _code(cell: SourceCell, group: str, points: float | None, *, is_solution: bool) -> Iterator[Part | LeftOut]:
    if re.match(r"\s*#\s*IGNORE\s*$", cell.source.split("\n")[0]):
        yield LeftOut(cell=cell.number, what="a cell marked IGNORE", why="otter leaves it out as well")
        return
    source = cell.source
    for block in _DROPPED_BLOCK:
        source = block.sub("", source)
    lines = [line for line in source.split("\n") if not _DROPPED_LINE.search(line)]
    is_solution = is_solution or any(_SOLUTION_LINE.search(line) for line in lines)
    role = Role.SOLUTION if is_solution else Role.GIVEN
    yield Part(role=role, cell=cell.number, source="\n".join(_with_our_markers(lines)), points=points, group=group)


def _test(cell: SourceCell, group: str) -> Part:
    source, keys = cell.source, {}
    if config := _TEST_CONFIG.match(source):
        source, keys = source[config.end() :], dict(_KEY.findall(config[1]))
    hidden = bool(_HIDDEN.match(source)) or keys.get("hidden", "").lower() == "true"
    return Part(
        role=Role.TEST,
        cell=cell.number,
        source=_HIDDEN.sub("", source),
        points=_number(keys.get("points")),
        hidden=hidden,
        group=group,
        output=cell.output,
    )


def _with_our_markers(lines: list[str]) -> list[str]:
    """Put our markers around each marked line and region; what follows at once is one region."""
    marked: list[str] = []
    for line in lines:
        indentation = line[: len(line) - len(line.lstrip())]
        region = _SOLUTION_REGION.match(line)
        opens = region[1] == "BEGIN" if region else bool(_SOLUTION_LINE.search(line))
        if opens and marked and marked[-1].strip() == END:
            marked.pop()
        elif opens:
            marked.append(indentation + BEGIN)
        if not region:
            marked.append(_SOLUTION_LINE.sub("", line).rstrip() if opens else line)
        if (region and not opens) or (opens and not region):
            marked.append(indentation + END)
    return marked


def _delimiter(cell: SourceCell) -> re.Match[str] | None:
    block = _BLOCK.match(cell.source) if cell.type == "markdown" else None
    text = block[1] if block else cell.source if cell.type == "raw" else ""
    return _DELIMITER.match(text.strip())


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
