"""How far the work has come: one live line on standard error, only where a person is watching."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.workflows.grade_one import Progress


@contextmanager
def progress_line() -> "Iterator[Callable[[Progress], None] | None]":
    """Give a function that shows a `Progress` on a line which is gone afterwards; None where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    def line(text: str) -> Text:
        return Text(text, overflow="ellipsis", no_wrap=True, style="dim")

    # No refreshing thread: a process that forks should have one thread only.
    with Live(line("starting"), console=Console(stderr=True), auto_refresh=False, transient=True) as live:

        def show(progress: "Progress") -> None:
            live.update(line(f"{progress.done}/{progress.total}  {progress.title}"), refresh=True)

        yield show


@contextmanager
def progress_bar() -> "Iterator[Callable[[Progress], None] | None]":
    """Give a function that shows a `Progress` as a bar which is gone afterwards; None where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", style="dim", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), auto_refresh=False, transient=True) as bar:
        task = bar.add_task("starting", total=None)
        bar.refresh()

        def show(progress: "Progress") -> None:
            bar.update(task, completed=progress.done, total=progress.total, description=progress.title, refresh=True)

        yield show
