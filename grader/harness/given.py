"""Which functions and classes of an assignment students are given whole: these need no recording."""

from collections.abc import Callable, Iterator, Mapping
from types import CodeType, FunctionType, ModuleType
from typing import Any


def definitions_of(module: ModuleType) -> dict[str, Callable[..., Any]]:
    """Return the functions and classes that a module defines itself, by name."""
    return {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, FunctionType | type) and value.__module__ == module.__name__
    }


def given_definitions(solution: Mapping[str, ModuleType], stubs: Mapping[str, ModuleType]) -> frozenset[str]:
    """Return `<module>.<name>` of what stands in the stubs as it stands in the reference.

    What uses another definition of the course that is not given is not given: the stub would stop there.
    """
    of_course = {id(value) for stub in stubs.values() for value in definitions_of(stub).values()}
    given = {
        f"{name}.{key}": definition
        for name, stub in stubs.items()
        for key, definition in definitions_of(stub).items()
        if _is_same(definition, vars(solution[name]).get(key))
    }
    while True:
        missing = of_course - {id(definition) for definition in given.values()}
        kept = {name: value for name, value in given.items() if not missing & set(map(id, _used_by(value)))}
        if len(kept) == len(given):
            return frozenset(kept)
        given = kept


def _is_same(definition: object, other: object) -> bool:
    """Tell whether two definitions have the same code, and all global names that the second has."""
    ours, theirs = dict(_functions_in(definition)), dict(_functions_in(other))
    return (
        type(definition) is type(other)
        and ours.keys() == theirs.keys()
        and all(
            _plain_code(ours[name].__code__) == _plain_code(theirs[name].__code__)
            and set(_names(theirs[name].__code__)) & theirs[name].__globals__.keys() <= ours[name].__globals__.keys()
            for name in ours
        )
    )


def _functions_in(definition: object) -> Iterator[tuple[str, FunctionType]]:
    """Yield a function, or those of a class, by name."""
    if isinstance(definition, FunctionType):
        yield "", definition
    elif isinstance(definition, type):
        for name, value in vars(definition).items():
            inner = getattr(value, "__func__", getattr(value, "fget", value))
            if isinstance(inner, FunctionType):
                yield name, inner


def _plain_code(code: CodeType) -> tuple[object, ...]:
    """Return what a code does, wherever it stands in its file."""
    inner = tuple(_plain_code(each) if isinstance(each, CodeType) else repr(each) for each in code.co_consts)
    return code.co_code, code.co_names, code.co_varnames, code.co_freevars, inner


def _used_by(definition: object) -> Iterator[object]:
    """Yield what the code of a definition may find under its global names."""
    for _, function in _functions_in(definition):
        names = set(_names(function.__code__))
        yield from (value for key, value in function.__globals__.items() if key in names)


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _names(each)
