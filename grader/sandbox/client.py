"""The grader's side of a conversation with a worker, whatever the worker is: requests, answers, callbacks, faults."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NoReturn, Self

import numpy as np

from grader.errors import GraderError
from grader.model.result import Frame
from grader.model.submission import ModuleSource
from grader.sandbox.contract import Call, Reply
from grader.sandbox.faults import CrashCause, Crashed, Missing, NotLoaded, Raised, Rejected, StudentFault
from grader.sandbox.limits import Limits
from grader.wire import (
    NOTHING,
    BatchAnswer,
    BatchRequest,
    Callback,
    CallbackRequest,
    CallRequest,
    ErrorAnswer,
    FrameRecord,
    Handle,
    LoadAnswer,
    LoadRequest,
    Message,
    MissingAnswer,
    Packed,
    Packer,
    RejectedAnswer,
    Snapshot,
    ValueAnswer,
    WireError,
    apply_changes,
    pack_result,
    take_result,
    type_name,
)

BATCH_CALLS = 3
"""A batch may take as long as this many calls: a loop over examples, at a hundred points, is slow and not stuck."""


class Client(ABC):
    """A worker as the harness sees it. Subclasses carry the messages."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._fault: StudentFault | None = None
        self._failures: dict[str, StudentFault] = {}
        self._unloaded: set[str] = set()
        self._cells: dict[str, tuple[tuple[int, int], ...]] = {}
        self._functions: list[Callable[..., Any]] = []
        self._function_ids: dict[int, int] = {}
        self._last_arrays: dict[int, Any] = {}
        self._callbacks_left = limits.callbacks
        self._callback_depth = 0
        self._callback_error: BaseException | None = None

    @abstractmethod
    def _exchange(self, request: Message, packed: Packed, seconds: float) -> tuple[Message, list[Any]]:
        """Send a request and return its answer, serving callbacks with `_serve` meanwhile.

        Raises `WireError` for what the protocol forbids, and the fault with which the worker died.
        """

    @abstractmethod
    def _kill(self) -> None:
        """End the worker now."""

    @property
    @abstractmethod
    def output(self) -> str:
        """What the code printed so far."""

    def close(self) -> None:
        """Kill the process and everything it started."""
        self._kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def load(
        self,
        sources: Sequence[ModuleSource],
        stand_ins: Mapping[str, Callable[..., Any]] | None = None,
        *,
        now: Sequence[str] | None = None,
    ) -> None:
        """Load modules; see `grader.sandbox.contract.Worker`."""
        stand_ins = stand_ins or {}
        modules = tuple((source.module, source.filename) for source in sources)
        wanted = tuple(module for module, _ in modules) if now is None else tuple(now)
        self._unloaded |= {module for module, _ in modules}
        self._unloaded -= set(wanted)
        self._cells.update((source.filename, source.cells) for source in sources if source.cells)
        packed = self._pack([source.text for source in sources], list(stand_ins.values()))
        answer, _ = self._ask(LoadRequest(modules, tuple(stand_ins), wanted), packed, self.limits.load_seconds)
        if type(answer) is not LoadAnswer:
            self._forbid("an answer that does not fit the request")
        for failure in answer.failures:
            self._failures[failure.module] = self._error(failure.error)

    def call(self, call: Call) -> Reply:
        """Call a function; see `grader.sandbox.contract.Worker`."""
        request, values = self._call_request(call)
        answer, received = self._ask(request, self._pack(values), self._allowed_seconds_of([call]))
        if type(answer) is not ValueAnswer:
            self._forbid("an answer that does not fit the request")
        return self._reply(answer, iter(received), call)

    def call_many(self, calls: Sequence[Call]) -> list[Reply]:
        """Make independent calls in one message; see `grader.sandbox.contract.Worker`."""
        requests = [self._call_request(call) for call in calls]
        packer = Packer(self._refer)
        for _, values in requests:
            packer.add(values)
        request = BatchRequest(tuple(request for request, _ in requests))
        seconds = self._allowed_seconds_of(calls) * min(len(calls), BATCH_CALLS)
        answer, received = self._ask(request, packer.finish(), seconds)
        if type(answer) is not BatchAnswer or len(answer.answers) != len(calls):
            self._forbid("an answer that does not fit the request")
        remaining = iter(received)
        return [self._reply(one, remaining, None) for one in answer.answers]

    def _call_request(self, call: Call) -> tuple[CallRequest, tuple[Any, list[Any], dict[str, Any]]]:
        target = call.function if isinstance(call.function, Handle) else None
        name = "" if isinstance(call.function, Handle) else call.function
        module = name.partition(".")[0]
        if module in self._unloaded:
            self._load_now(module)
        if (fault := self._failures.get(module)) is not None:
            raise NotLoaded(module=module, cause=fault)
        request = CallRequest(name, call.attribute, tuple(call.opaque), call.seed, call.strict)
        return request, (target, list(call.args), dict(call.kwargs))

    def _allowed_seconds_of(self, calls: Sequence[Call]) -> float:
        return max((self.limits.call_seconds if call.seconds is None else call.seconds for call in calls), default=0.0)

    def _load_now(self, module: str) -> None:
        try:
            self.load((), now=[module])
        except StudentFault as fault:
            raise NotLoaded(module=module, cause=fault) from fault

    def _pack(self, *values: Any) -> Packed:
        packer = Packer(self._refer)
        for value in values:
            packer.add(value)
        return packer.finish()

    def _reply(self, answer: ValueAnswer, values: Any, call: Call | None) -> Reply:
        try:
            value, changes = take_result(answer, values)
            if call is not None:
                apply_changes(call.args, call.kwargs, changes)
        except StopIteration:
            self._forbid("an answer with values missing")
        except WireError as error:
            self._forbid(str(error))
        changed = {change.where: new for change, new in changes if not change.is_state}
        return Reply(value=value, changed=changed, global_random_used=answer.global_random_used, shared=answer.shared)

    def _ask(self, request: Message, packed: Packed, seconds: float) -> tuple[Message, list[Any]]:
        if self._fault is not None:
            raise self._fault.with_traceback(None)
        outer, self._callbacks_left = self._callbacks_left, self.limits.callbacks
        try:
            answer, values = self._exchange(request, packed, seconds)
        except WireError as error:
            self._forbid(str(error))
        except StudentFault:
            raise
        except BaseException:
            # Interrupted between a request and its answer, the two sides no longer agree on what comes next.
            self._die(Crashed(cause=CrashCause.PROTOCOL, detail="the call was interrupted"))
            raise
        finally:
            self._callbacks_left = outer
        if (raised := self._callback_error) is not None:
            self._callback_error = None
            raise raised
        if self._fault is not None:
            raise self._fault
        if isinstance(answer, ErrorAnswer):
            raise self._error(answer)
        if isinstance(answer, MissingAnswer):
            raise Missing(module=answer.module, function=answer.function, defined=answer.defined)
        if isinstance(answer, RejectedAnswer):
            raise Rejected(type_name=answer.type_name, where=answer.where, reason=answer.reason)
        return answer, values

    def _error(self, answer: ErrorAnswer) -> StudentFault:
        if "MemoryError" in answer.type_names:
            place = f", in {answer.frames[-1].filename} line {answer.frames[-1].line}" if answer.frames else ""
            return self._die(Crashed(cause=CrashCause.MEMORY, detail=memory_detail(self.limits) + place))
        frames = tuple(self._frame(frame) for frame in answer.frames)
        return Raised(
            type_names=answer.type_names or ("Exception",),
            message=answer.message,
            frames=frames,
            changed=answer.changed,
        )

    def _frame(self, frame: FrameRecord) -> Frame:
        """Return a frame with its place as the student knows it: in a notebook, the cell and the line in it."""
        filename, line = frame.filename, frame.line
        for first, number in reversed(self._cells.get(filename, ())):
            if first <= line:
                filename, line = f"{filename}, cell {number}", line - first + 1
                break
        return Frame(filename=filename, line=line, function=frame.function, code=frame.code)

    def _die(self, fault: StudentFault) -> StudentFault:
        """Kill the worker and remember why; every later call raises the same fault."""
        if self._fault is None:
            self._fault = fault
        self._kill()
        return self._fault

    def _forbid(self, what: str) -> NoReturn:
        raise self._die(Crashed(cause=CrashCause.PROTOCOL, detail=f"the process sent {what}")) from None

    def _refer(self, value: Any) -> Handle | Callback | None:
        if isinstance(value, StudentFunction):
            return value.handle
        if not callable(value):
            return None
        if id(value) not in self._function_ids:
            self._function_ids[id(value)] = len(self._functions)
            self._functions.append(value)
        return Callback(self._function_ids[id(value)])

    def _resolve(self, reference: Handle | Callback) -> Any:
        return reference if isinstance(reference, Handle) else StudentFunction(self, Handle(reference.id))

    def _serve(self, request: Message, values: list[Any]) -> tuple[Message, Packed]:
        """Run a function of ours for the student's code, and send back what it raises.

        A verdict and a fault of ours are raised again by `_ask`; anything else is about the arguments, which were the
        student's.
        """
        if type(request) is not CallbackRequest or not 0 <= request.callback < len(self._functions):
            raise WireError("a request for something that was not given to it")
        match values:
            case [list(args), dict(kwargs)]:
                pass
            case _:
                raise WireError("a request with damaged arguments")
        self._callbacks_left -= 1
        if self._callbacks_left < 0:
            detail = f"called the functions it was given more than {self.limits.callbacks} times"
            raise self._die(Crashed(cause=CrashCause.PROTOCOL, detail=detail))
        if self._callback_depth >= self.limits.callback_depth:
            detail = f"called functions that call each other more than {self.limits.callback_depth} deep"
            raise self._die(Crashed(cause=CrashCause.PROTOCOL, detail=detail))
        self._callback_depth += 1
        try:
            snapshot = Snapshot(args, kwargs)
            packer = Packer(self._refer)
            value = self._functions[request.callback](*args, **kwargs)
            same_array = value is not None and value is self._last_arrays.get(request.callback)
            self._last_arrays[request.callback] = value if type(value) is np.ndarray else None
            answer = pack_result(packer, value, snapshot, _keep_nothing, same_array=same_array)
            return answer, packer.finish()
        except (KeyboardInterrupt, SystemExit):
            raise
        except (GraderError, AssertionError) as error:
            self._callback_error = self._callback_error or error
            return _error_answer(error), NOTHING
        except Exception as error:  # noqa: BLE001 - what the student passed was not what the function takes
            return _error_answer(error), NOTHING
        finally:
            self._callback_depth -= 1


class StudentFunction:
    """A function of the student's that was passed to one of ours."""

    def __init__(self, worker: Client, handle: Handle) -> None:
        self._worker = worker
        self.handle = handle

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in its worker."""
        return self._worker.call(Call(function=self.handle, args=args, kwargs=kwargs)).value


def memory_detail(limits: Limits) -> str:
    """Say that the memory ran out."""
    return f"needed more than the {limits.memory_bytes / (1 << 30):g} GiB of memory it may use"


def printed_text(kept: bytes, seen_bytes: int) -> str:
    """Return printed bytes as text, saying where it was cut."""
    text = kept.decode("utf-8", "replace")
    cut = seen_bytes - len(kept)
    return f"{text}\n[{cut} more bytes were printed and are not shown]" if cut > 0 else text


def _error_answer(error: BaseException) -> ErrorAnswer:
    if isinstance(error, Raised):
        return ErrorAnswer(error.type_names, error.message, ())
    names: Iterable[str] = (type_name(kind).rpartition(".")[2] for kind in type(error).__mro__)
    return ErrorAnswer(tuple(names), str(error).encode("utf-8", "backslashreplace").decode()[:2000], ())


def _keep_nothing(value: Any) -> Handle:
    raise TypeError(f"a function of ours stored a {type(value).__name__} in an argument of the student's")
