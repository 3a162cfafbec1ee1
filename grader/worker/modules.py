"""How the student's modules are loaded: from text, importing each other by bare name, some functions replaced."""

import builtins
import linecache
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from io import StringIO
from types import CodeType, FunctionType, ModuleType
from typing import Any

from grader.wire import ErrorAnswer, LoadFailure
from grader.worker import display
from grader.worker.errors import SourceFile, describe_error, plain_text

MAX_FUNCTIONS = 500

_real_import = builtins.__import__
_compile = compile
_exec = exec


def compile_module(text: str, filename: str) -> CodeType:
    """Return the code of a module."""
    code: CodeType = _compile(text, filename, "exec", dont_inherit=True)
    return code


class Modules:
    """The student's modules. `prefix` keeps their names apart from others' in a process that holds several sets.

    `compiler` makes code of a text and the file name that the code is to carry.
    """

    def __init__(
        self,
        prefix: str = "",
        caught: tuple[type[BaseException], ...] = (BaseException,),
        compiler: Callable[[str, str], CodeType] = compile_module,
    ) -> None:
        self.files: dict[str, SourceFile] = {}
        """The texts, by the file name that their code carries."""
        self._prefix = prefix
        self._caught = caught
        self._compiler = compiler
        self._texts: dict[str, tuple[str, str]] = {}
        self._modules: dict[str, ModuleType] = {}
        self._stand_ins: dict[str, dict[str, Callable[..., Any]]] = {}
        self._failures: dict[str, ErrorAnswer] = {}
        self._registered: list[str] = []
        self._builtins = {**vars(builtins), "__import__": self._import}

    def take(self, sources: Sequence[tuple[str, str, str]], stand_ins: Mapping[str, Callable[..., Any]]) -> None:
        """Take each (module, file name, text), to be loaded when it is asked for or imported."""
        for module, filename, text in sources:
            self._add_source(module, filename, text)
        for name, function in stand_ins.items():
            module, _, attribute = name.partition(".")
            self._stand_ins.setdefault(module, {})[attribute] = function
            # Of a module that was not handed in there is still what stands in for it.
            self._texts.setdefault(module, (f"{self._prefix}{module}.py", ""))

    def load(self, names: Sequence[str]) -> tuple[LoadFailure, ...]:
        """Load modules and what they import; return all modules that failed so far.

        A module that fails keeps its stand-ins and nothing else.
        """
        for name in names:
            if name in self._texts:
                self._module(name)
        return tuple(LoadFailure(module, error) for module, error in self._failures.items())

    def find(self, module: str, function: str) -> Callable[..., Any] | None:
        """Return a function, or None if the module does not define it."""
        loaded = self._modules.get(module)
        found = vars(loaded).get(function) if loaded is not None else None
        return found if callable(found) else None

    def replace(self, name: str, function: Callable[..., Any]) -> None:
        """Put `function` in the place of `<module>.<function>`, also where other modules have imported it by name.

        In a module that is not loaded yet, it takes its place once the module is.
        """
        module, _, attribute = name.partition(".")
        if module not in self._modules:
            self._stand_ins.setdefault(module, {})[attribute] = function
            return
        owner = vars(self._modules[module])
        original = owner.get(attribute)
        owner[attribute] = function
        for other in self._modules.values():
            for key, value in list(vars(other).items()):
                if value is original and original is not None:
                    vars(other)[key] = function

    def defined(self, module: str) -> tuple[str, ...]:
        """Return the names of the functions that a module defines."""
        if module not in self._modules:
            return ()
        names = list(vars(self._modules[module]).items())[: MAX_FUNCTIONS * 4]
        return tuple(
            plain_text(key, 200)
            for key, value in names
            if type(key) is str and _is_defined_in(value, self._modules[module])
        )[:MAX_FUNCTIONS]

    def close(self) -> None:
        """Forget the modules."""
        for name in self._registered:
            sys.modules.pop(name, None)
        for filename in self.files:
            linecache.cache.pop(filename, None)

    def _add_source(self, module: str, filename: str, text: str) -> None:
        lines = _lines(text)
        # The functions of one notebook are several modules of the same file name.
        code_name = self._prefix + (filename if filename not in self.files else f"{filename}:{module}")
        self._texts[module] = (code_name, text)
        self.files[code_name] = SourceFile(filename, lines)
        linecache.cache[code_name] = (len(text), None, list(lines), code_name)

    def _module(self, name: str) -> ModuleType:
        if name in self._modules:
            return self._modules[name]
        module = self._modules[name] = ModuleType(self._prefix + name)
        filename, text = self._texts[name]
        if module.__name__ not in sys.modules:
            sys.modules[module.__name__] = module
            self._registered.append(module.__name__)
        vars(module).update(__builtins__=self._builtins, __file__=filename)
        try:
            _exec(self._compiler(text, filename), vars(module))
        except self._caught as error:
            self._failures[name] = describe_error(error, self.files)
            vars(module).clear()
            vars(module).update(__name__=self._prefix + name, __file__=filename)
        for attribute, function in self._stand_ins.get(name, {}).items():
            self.replace(f"{name}.{attribute}", function)
        return module

    def _import(
        self,
        name: str,
        globals: Mapping[str, Any] | None = None,  # noqa: A002 - the signature of builtins.__import__
        locals: Mapping[str, Any] | None = None,  # noqa: A002 - the signature of builtins.__import__
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> ModuleType:
        if level or name not in self._texts:
            root = name.partition(".")[0]
            if root in display.PACKAGES and not level:
                return display.package(root)
            return _real_import(name, globals, locals, fromlist, level)
        module = self._module(name)
        if name in self._failures and name not in self._stand_ins:
            error = self._failures[name]
            raise ImportError(f"{name}.py could not be loaded: {error.type_names[0]}: {error.message}", name=name)
        return module


@lru_cache(maxsize=64)
def _lines(text: str) -> tuple[str, ...]:
    # Not `splitlines`, which also breaks at form feeds and other marks that Python does not count as line ends.
    return tuple(StringIO(text, newline=None))


def _is_defined_in(value: Any, module: ModuleType) -> bool:
    try:
        inner = value if type(value) is FunctionType else getattr(value, "__wrapped__", None)
    except BaseException:  # noqa: BLE001 - an object's __getattr__ is the student's code
        return False
    return type(inner) is FunctionType and inner.__globals__ is vars(module)
