"""How far grading has come: one live line on standard error, only where a person is watching."""

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
