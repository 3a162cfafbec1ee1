"""What a student's plotting code gets: packages that only show things are there, and show nothing.

The real ones need a folder to write to, take half a second to import, and change no answer.
"""

from collections.abc import Iterator
from types import ModuleType
from typing import Any, Self

PACKAGES = frozenset({"matplotlib", "seaborn", "IPython"})


class Nothing:
    """Stands for any object, function or class of such a package: every use of it gives it again."""

    def __getattr__(self, name: str) -> Self:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args: Any, **kwargs: Any) -> Self:  # noqa: ARG002 - whatever it is called with
        return self

    def __getitem__(self, key: Any) -> Self:
        return self

    def __setitem__(self, key: Any, value: Any) -> None:
        pass

    def __iter__(self) -> Iterator[Any]:
        # `figure, axes = plt.subplots()`
        return iter((self, self))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        pass


def package(name: str) -> ModuleType:
    """Return a package of this name, in which every name is found."""
    module = ModuleType(name)
    vars(module).update(__path__=[], __getattr__=_attribute)
    return module


def _attribute(name: str) -> Nothing:
    if name.startswith("__"):
        raise AttributeError(name)
    return _NOTHING


_NOTHING = Nothing()
