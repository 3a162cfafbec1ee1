"""What a sandbox is: the contract that every implementation keeps, and the conformance suite checks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, Self

from grader.model.submission import ModuleSource
from grader.wire import Handle, Sharing


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call to a function in the worker.

    Arguments are plain data, numpy arrays and scalars, `numpy.random.Generator`s, handles of this worker, and callables
    of the trusted side (each becomes a callback).
    """

    function: str | Handle
    """`"<module>.<function>"`, or a handle of something callable; `""` returns its argument, to keep it as a handle."""
    attribute: str = ""
    """With a handle: the method to call."""
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    opaque: tuple[int, ...] = ()
    """Positions of the returned tuple that stay in the worker as handles; (-1,) keeps the whole value."""
    seed: int = 0
    """For `random` and `numpy.random`, set before the call."""
    seconds: float | None = None
    """How long it may take; None: as the limits say. Of a batch, the longest counts."""
    strict: bool = False
    """numpy raises `FloatingPointError` where it would warn: overflow, division by zero, invalid operations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a call gave: what the worker says it saw. Nothing here is evidence of anything but the value."""

    value: Any
    changed: Mapping[str, Any] = field(default_factory=dict)
    """Arguments changed in place, by their path (`"x"` is not known to the worker: `"0"`, `"1['W1']"`, `"rate"`),
    with their new value. Includes dictionaries and lists whose entries were rebound."""
    global_random_used: bool = False
    """`numpy.random` or `random` drew during the call."""
    shared: tuple[Sharing, ...] = ()
    """Returned arrays that share their memory with an argument, or with another returned array."""


class Worker(Protocol):
    """One process with the student's modules. A fresh one serves every check.

    Every method raises a subclass of `grader.sandbox.faults.StudentFault` for what the student's code did, and
    `grader.errors.IsolationError` for what we failed to do. After `TimedOut` or `Crashed` the worker is dead, and every
    later call raises the same fault again.
    """

    def load(
        self,
        sources: Sequence[ModuleSource],
        stand_ins: Mapping[str, Callable[..., Any]] | None = None,
        *,
        now: Sequence[str] | None = None,
    ) -> None:
        """Load modules so that they can import each other by bare name.

        `now` names the modules to load at once (None: all). The others are loaded when one of them is imported or
        called, so that a module that hangs costs only those who use it; a fault of loading then comes as `NotLoaded`.

        `stand_ins` maps `"<module>.<function>"` to a trusted callable that replaces the student's function everywhere
        in the student's modules, also where it was imported by name. A module that fails to load does not stop
        the others: calls to it raise `NotLoaded`; where it has stand-ins, the others may still import those.
        """
        ...

    def call(self, call: Call) -> Reply:
        """Call a function and return its answer.

        Generators passed in `call` are advanced on this side to the state the function left them in. Dictionaries
        passed as arguments are updated on this side where the function rebound their keys; arrays never are.
        A function of ours that returns the same array object again and again does so in the worker, too.

        Raises: `Raised`, `Missing`, `NotLoaded`, `Rejected`, `TimedOut`, `Crashed`.
        """
        ...

    def call_many(self, calls: Sequence[Call]) -> list[Reply]:
        """Make independent calls in one message; the first that fails raises. Each generator argument is a copy: calls
        that share one all start from the same state, and this side's generator does not advance."""
        ...

    @property
    def output(self) -> str:
        """What the student's code printed so far: decoded, bounded, and saying so where it was cut."""
        ...

    def close(self) -> None:
        """Kill the process and everything it started."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...


class Sandbox(Protocol):
    """A source of workers."""

    @property
    def protections(self) -> Mapping[str, str]:
        """Each protection by name: `on`, or in a few words why it is not."""
        ...

    def worker(self) -> Worker:
        """Return a fresh worker in which no student code has run.

        Raises `IsolationError` when it cannot be started or, under strict isolation, not be locked in.
        """
        ...

    def close(self) -> None:
        """Kill every process of this sandbox."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...
