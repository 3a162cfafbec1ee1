"""How the lines of a terminal report are laid out and printed."""

import io
from collections.abc import Iterable, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.model.escaping import defuse_commands

MIN_WIDTH, MAX_WIDTH = 60, 120


def columns_of(width: int) -> int:
    """Return how many columns a report takes of a terminal's width."""
    return min(max(width, MIN_WIDTH), MAX_WIDTH)


def printed(parts: Iterable[RenderableType], *, color: bool, columns: int) -> str:
    """Return what `parts` look like on a terminal of so many columns."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=columns,
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for part in parts:
        console.print(part)
    return defuse_commands("\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n")


def two_sides(left: Text, right: Text) -> Table:
    """Put two texts at the two ends of a line."""
    table = Table.grid(expand=True, padding=(0, 1))
    table.add_column(overflow="fold", ratio=1)
    table.add_column(justify="right", no_wrap=True)
    table.add_row(left, right)
    return table


def labelled(rows: Sequence[tuple[str, RenderableType]], *, width: int = 7) -> Table:
    """Put a dim word of at most `width` columns before each text."""
    table = Table.grid(expand=True, padding=(0, 2))
    table.add_column(style="dim", width=width, no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for name, text in rows:
        table.add_row(name, text)
    return table


def indented(part: RenderableType, columns: int) -> Padding:
    """Move a part to the right."""
    return Padding(part, (0, 0, 0, columns))
