"""How much a student's process may use."""

from dataclasses import dataclass


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
