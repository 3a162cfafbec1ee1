"""How much a student's process may use."""

import math
from dataclasses import dataclass, replace
from typing import Self

LONG_CALLS = 6
"""So many calls of a function with a longer time of its own fit into one check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one worker: on each call, and on its whole life (one check)."""

    call_seconds: float = 5.0
    """Wall time of one call; time spent in the harness's own callbacks does not count."""
    load_seconds: float = 10.0
    """Wall time to load the student's modules."""
    worker_seconds: float = 30.0
    """Wall time of all calls of one worker together."""
    cpu_seconds: int = 30
    memory_bytes: int = 1 << 30
    """Above what the empty worker has."""
    output_kept_bytes: int = 64 << 10
    """Printed text that is kept; the rest is counted and dropped."""
    output_bytes: int = 16 << 20
    """Printed text after which the worker is killed."""
    callbacks: int = 100_000
    """Calls from the student's code to the harness, per call."""
    callback_depth: int = 50
    """How deep the two sides may call each other's functions."""

    def with_room_for(self, call_seconds: float | None) -> Self:
        """Return these limits, or a worker's life long enough for some calls that may take `call_seconds` each."""
        seconds = LONG_CALLS * (call_seconds or 0.0)
        return replace(
            self,
            worker_seconds=max(self.worker_seconds, seconds),
            cpu_seconds=max(self.cpu_seconds, math.ceil(seconds)),
        )
