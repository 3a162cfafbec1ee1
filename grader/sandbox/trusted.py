"""How trusted code (reference, misconceptions, alternatives) is called: as in a worker, but in this process."""

import itertools
import random
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import TextIOBase
from types import CodeType
from typing import Any

import numpy as np
from numpy.random import mtrand

from grader.sandbox.client import Client
from grader.sandbox.limits import Limits
from grader.wire import CallbackRequest, Message, Packed, decode, encode
from grader.worker.modules import compile_module
from grader.worker.service import Service

_numbers = itertools.count(1)

_BIT_GENERATOR = np.random.MT19937(0)
"""Behind `numpy.random` while trusted code runs; every call seeds it anew."""


class TrustedWorker(Client):
    """Calls trusted code with the semantics of a worker: every message is encoded and decoded, arguments are copies.

    There is no isolation, no time limit and no memory limit. Printed text is dropped.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        super().__init__(limits or Limits())
        # The grader's Ctrl-C is not something that trusted code raised.
        caught = (Exception, SystemExit, GeneratorExit)
        self._service = Service(self._call_back, f"trusted{next(_numbers)}.", caught, _compiled_once)
        self._python_random = random.getstate()

    def replace(self, name: str, function: Callable[..., Any]) -> None:
        """Put `function` in the place of `<module>.<function>`, also where other loaded modules imported it by name."""
        self._service.modules.replace(name, function)

    @property
    def output(self) -> str:
        """Always empty: what trusted code prints is dropped."""
        return ""

    def _exchange(self, request: Message, packed: Packed, seconds: float) -> tuple[Message, list[Any]]:  # noqa: ARG002 - trusted code has no time limit
        received, values = _sent(request, packed, self._service.resolve)
        with self._undisturbed():
            answer, packed = self._service.answer(received, values)
        return _sent(answer, packed, self._resolve)

    def _call_back(self, request: CallbackRequest, packed: Packed) -> tuple[Message, list[Any]]:
        received, values = _sent(request, packed, self._resolve)
        answer, packed = self._serve(received, values)
        return _sent(answer, packed, self._service.resolve)

    def _kill(self) -> None:
        self._service.modules.close()
        random.setstate(self._python_random)

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        """Give the code a global generator of its own and nowhere to print or warn, and put back what was there.

        numpy forgets the second number of a pair of normal draws by this. Python's own generator is put back when the
        worker is closed: its state takes as long to copy as a small call takes.
        """
        numpy_before, stdout = mtrand.get_bit_generator(), sys.stdout
        mtrand.set_bit_generator(_BIT_GENERATOR)
        sys.stdout = _Nowhere()
        try:
            with warnings.catch_warnings(action="ignore"):
                yield
        finally:
            sys.stdout = stdout
            mtrand.set_bit_generator(numpy_before)


class _Nowhere(TextIOBase):
    def write(self, text: str) -> int:
        return len(text)


def _sent(message: Message, packed: Packed, resolve: Callable[[Any], Any]) -> tuple[Message, list[Any]]:
    _, received, values = decode(encode(0, message, packed), resolve)
    return received, values


def _compiled_once(text: str, filename: str) -> CodeType:
    """Compile a text once for all workers: a fresh worker for every check loads the same few texts."""
    try:
        return _renamed(_compiled(text), filename)
    except SyntaxError:
        return compile_module(text, filename)  # raises it again, with the right name


@lru_cache(maxsize=256)
def _compiled(text: str) -> CodeType:
    return compile_module(text, "")


def _renamed(code: CodeType, filename: str) -> CodeType:
    inner = tuple(_renamed(each, filename) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_filename=filename, co_consts=inner)
