"""What the student's side does with one request. It knows nothing of processes, sockets or limits."""

import builtins
import random
from collections.abc import Callable
from contextlib import nullcontext
from types import CodeType
from typing import Any

import msgspec
import numpy as np

from grader.wire import (
    NOTHING,
    Answer,
    BatchAnswer,
    BatchRequest,
    Callback,
    CallbackRequest,
    CallRequest,
    ErrorAnswer,
    Handle,
    LoadAnswer,
    LoadRequest,
    Message,
    MissingAnswer,
    Packed,
    Packer,
    RejectedAnswer,
    Snapshot,
    Unsendable,
    ValueAnswer,
    WireError,
    apply_changes,
    pack_result,
    take_result,
)
from grader.worker.errors import describe_error, plain_text
from grader.worker.modules import Modules, compile_module

_MAX_CHANGED = 100
"""Arguments reported as changed by a function that raised."""

CallBack = Callable[[CallbackRequest, Packed], tuple[Message, list[Any]]]
"""Sends a request to the other side and returns its answer and the answer's values."""

# Bound before any student code runs: what it patches later hurts only its own answers.
_seed_numpy = np.random.seed
_draw_numpy = np.random.random_sample
_seed_python = random.seed
_draw_python = random.random
_errstate = np.errstate
_builtin_errors = {
    name: kind for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, Exception)
}


class Service:
    """Holds the student's modules and answers requests, one at a time; a request may arrive while a callback waits.

    `caught` are the exceptions that become answers: all of them, SystemExit and KeyboardInterrupt too, in a worker.
    """

    def __init__(
        self,
        call_back: CallBack,
        prefix: str = "",
        caught: tuple[type[BaseException], ...] = (BaseException,),
        compiler: Callable[[str, str], CodeType] = compile_module,
    ) -> None:
        self.modules = Modules(prefix, caught, compiler)
        self._caught = caught
        self._call_back = call_back
        self._kept: dict[int, Any] = {}
        self._handle_ids: dict[int, int] = {}
        self._depth = 0
        self._first_draws: dict[int, tuple[float, float]] = {}

    def resolve(self, reference: Handle | Callback) -> Any:
        """Return what a reference stands for: a kept value, or a function that calls back."""
        if type(reference) is Callback:
            return self._function_of_other_side(reference.id)
        if reference.id not in self._kept:
            raise WireError("a handle of another worker")
        return self._kept[reference.id]

    def answer(self, request: Message, values: list[Any]) -> tuple[Answer, Packed]:
        """Return the answer to a request, whatever the student's code does."""
        try:
            if type(request) is CallRequest:
                packer = Packer()
                return self._call(packer, request, *values[0]), packer.finish()
            if type(request) is BatchRequest:
                return self._call_each(request, values)
            if type(request) is LoadRequest:
                return self._load(request, *values), NOTHING
        except _StudentError as failed:
            return failed.answer, NOTHING
        except Unsendable as error:
            return RejectedAnswer(error.type_name, error.where, error.reason), NOTHING
        except (MemoryError, RecursionError) as error:
            # The student's code has left too little of either to write its answer down.
            return describe_error(error, self.modules.files), NOTHING
        raise WireError(f"{type(request).__name__} is not a request")

    def _load(self, request: LoadRequest, texts: list[str], functions: list[Callable[..., Any]]) -> LoadAnswer:
        sources = [(module, filename, text) for (module, filename), text in zip(request.modules, texts, strict=True)]
        self.modules.take(sources, dict(zip(request.stand_ins, functions, strict=True)))
        return LoadAnswer(self.modules.load(request.now))

    def _call_each(self, request: BatchRequest, values: list[Any]) -> tuple[BatchAnswer, Packed]:
        packer = Packer()
        answers = tuple(self._call(packer, call, *own) for call, own in zip(request.calls, values, strict=True))
        return BatchAnswer(answers), packer.finish()

    def _call(
        self, packer: Packer, request: CallRequest, target: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> ValueAnswer:
        function = self._function(request, target)
        snapshot = Snapshot(args, kwargs, self._handle_ids.keys())
        # A call made while a callback waits belongs to the call that made the callback.
        draws = self._seed(request.seed) if self._depth == 0 else None
        self._depth += 1
        try:
            with _errstate(over="raise", divide="raise", invalid="raise") if request.strict else nullcontext():
                value = function(*args, **kwargs)
        except self._caught as error:
            answer = describe_error(error, self.modules.files)
            raise _StudentError(msgspec.structs.replace(answer, changed=_changed(snapshot))) from None
        finally:
            self._depth -= 1
        random_used = draws is not None and draws != (_draw_numpy(), _draw_python())
        if request.opaque:
            value = self._keep_parts(value, request.opaque)
        return pack_result(packer, value, snapshot, self._keep, global_random_used=random_used)

    def _function(self, request: CallRequest, target: Any) -> Callable[..., Any]:
        if target is not None:
            return self._attribute(target, request.attribute)
        if not request.function:
            return _itself
        module, _, name = request.function.partition(".")
        function = self.modules.find(module, name)
        if function is None:
            raise _StudentError(MissingAnswer(module, name, self.modules.defined(module)))
        return function

    def _attribute(self, target: Any, attribute: str) -> Callable[..., Any]:
        try:
            found: Callable[..., Any] = getattr(target, attribute) if attribute else target
        except self._caught as error:
            raise _StudentError(describe_error(error, self.modules.files)) from None
        return found

    def _seed(self, seed: int) -> tuple[float, float]:
        """Seed the global generators; return what each would draw first, to tell afterwards whether it drew."""
        if seed not in self._first_draws:
            _seed_numpy(seed % (1 << 32))
            _seed_python(seed)
            self._first_draws = {seed: (_draw_numpy(), _draw_python())}
        _seed_numpy(seed % (1 << 32))
        _seed_python(seed)
        return self._first_draws[seed]

    def _keep(self, value: Any) -> Handle:
        handle_id = self._handle_ids.setdefault(id(value), len(self._kept) + 1)
        self._kept[handle_id] = value
        return Handle(handle_id)

    def _keep_parts(self, value: Any, positions: tuple[int, ...]) -> Any:
        if -1 in positions:
            return self._keep(value)
        kind = type(value)
        if not issubclass(kind, (tuple, list)):  # a named tuple is a tuple; what it is, not what it says it is
            return value
        items = list.__iter__(value) if issubclass(kind, list) else tuple.__iter__(value)
        return [self._keep(item) if index in positions else item for index, item in enumerate(items)]

    def _refer(self, value: Any) -> Handle | Callback | None:
        """Let a callback receive what was kept before, and functions of the student."""
        if callable(value) and not isinstance(value, type):
            return Callback(self._keep(value).id)
        return Handle(self._handle_ids[id(value)]) if id(value) in self._handle_ids else None

    def _function_of_other_side(self, callback_id: int) -> Callable[..., Any]:
        returned: Any = None

        def callback(*args: Any, **kwargs: Any) -> Any:
            nonlocal returned
            packer = Packer(self._refer)
            packer.add(list(args))
            packer.add(kwargs)
            answer, values = self._call_back(CallbackRequest(callback_id), packer.finish())
            if type(answer) is ErrorAnswer:
                raise _rebuilt_error(answer)
            if type(answer) is not ValueAnswer:
                raise WireError(f"{type(answer).__name__} does not answer a callback")
            value, changes = take_result(answer, iter(values))
            apply_changes(args, kwargs, changes)
            if not (answer.same_array and _alike(value, returned)):
                returned = value
            else:
                # A function that reuses its output array does so here too.
                np.copyto(returned, value)
            return returned

        return callback


def _itself(value: Any) -> Any:
    return value


class _StudentError(Exception):
    """Carries an answer out of a call that gave no value."""

    def __init__(self, answer: ErrorAnswer | MissingAnswer) -> None:
        super().__init__()
        self.answer = answer


def _changed(snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(change.where for change, _ in snapshot.changes()[:_MAX_CHANGED] if not change.is_state)


def _alike(one: Any, other: Any) -> bool:
    if type(one) is not np.ndarray or type(other) is not np.ndarray:
        return False
    return bool(one.shape == other.shape and one.dtype == other.dtype)


def _rebuilt_error(answer: ErrorAnswer) -> Exception:
    kind = next((_builtin_errors[name] for name in answer.type_names if name in _builtin_errors), RuntimeError)
    try:
        return kind(plain_text(answer.message, 2000))
    except TypeError:
        # Some built-in errors want more than a message.
        return RuntimeError(f"{answer.type_names[0]}: {answer.message}")
