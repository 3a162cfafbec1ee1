"""How a Python for student code is started: which interpreter, options, environment, and which files it may see."""

import os
import sys
import sysconfig
from pathlib import Path

import msgspec
import numpy as np

import grader

# The student's process gets none of our environment: no tokens, no paths. Hashes are the same in every run, so that
# code that walks a set gives the same numbers when it is graded again.
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
    "PYTHONHASHSEED": "0",
    # With more threads and `clone` refused, a solve in OpenBLAS hangs.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}

# Not `-I`, which would ignore PYTHONHASHSEED: the environment is our own, and these options do the rest of it.
# `-S` keeps the `.pth` files and the import hooks of editable installs away.
_OPTIONS = ("-P", "-s", "-S", "-B", "-X", "utf8")

_BOOT = """
import sys
entry, root, argument, *sites = sys.argv[1:]
standard = list(sys.path)
sys.path[:] = [*standard, *sites, root]
from importlib import import_module
main = import_module(entry).main
sys.path[:] = [*standard, *sites]
sys.path_importer_cache.clear()
sys.argv[:], sys.orig_argv[:] = [""], [sys.executable]
sys.modules["grader"].__path__ = []
del entry, root, standard, sites, import_module
main(int(argument))
"""

_NEEDED_ON_WINDOWS = "SYSTEMROOT"

_SYSTEM_LIBRARIES = ("/usr/lib", "/usr/lib64", "/lib", "/lib64")
_HARMLESS_FILES = ("/dev/null", "/dev/urandom", "/usr/share/zoneinfo")


def command(entry: str, argument: int) -> list[str]:
    """Return the arguments that start Python and call `main(argument)` of our module `entry`.

    Once it is imported, `sys.path` holds the standard library and the installed packages: a checkout of this package,
    which may be the course's own folder, is no longer on it.
    """
    return [sys.executable, *_OPTIONS, "-c", _BOOT, entry, str(_root()), str(argument), *map(str, _sites())]


def environment() -> dict[str, str]:
    """Return the whole environment of a student's process."""
    own = {_NEEDED_ON_WINDOWS: os.environ[_NEEDED_ON_WINDOWS]} if _NEEDED_ON_WINDOWS in os.environ else {}
    return {**_ENVIRONMENT, **own}


def readable() -> tuple[str, ...]:
    """Return what a worker may read. Never derived from `sys.path`, on which the course's folder may be."""
    standard = (sysconfig.get_path("stdlib"), sysconfig.get_config_var("DESTSHARED") or "")
    folders = (*standard, *map(str, _sites()), *_SYSTEM_LIBRARIES, *_HARMLESS_FILES)
    return tuple(dict.fromkeys(path for path in folders if path and Path(path).exists()))


def forbidden() -> tuple[str, ...]:
    """Return what a worker must not be able to read, to try it."""
    candidates = [Path("/etc/passwd")]
    if not any(_root().is_relative_to(folder) for folder in _sites()):
        candidates.append(_root() / "grader" / "errors.py")
    return tuple(str(path) for path in candidates if path.exists())


def _root() -> Path:
    return Path(grader.__path__[0]).resolve().parent


def _sites() -> list[Path]:
    """The folders of installed packages: Python's own, and where numpy and msgspec really are."""
    own = [Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")]
    real = [Path(package.__path__[0]).resolve().parent for package in (np, msgspec)]
    return list(dict.fromkeys([*own, *real]))
