"""What the grader tells a worker about locking itself in."""

from enum import StrEnum

import msgspec


class Layer(StrEnum):
    """One protection that a worker puts on itself; tests leave some out."""

    RLIMITS = "rlimits"
    PRIVILEGES = "privileges"
    LANDLOCK = "landlock"
    SECCOMP = "seccomp"


class WorkerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How one worker locks itself in."""

    layers: tuple[Layer, ...]
    memory_bytes: int
    """Address space above what the empty worker has."""
    cpu_seconds: int
    readable: tuple[str, ...]
    """Files and folders that may be read: Python, its packages, shared libraries."""
    landlock_version: int = 0
    """The version to use, 0 for none."""
    forbidden: tuple[str, ...]
    """Files and folders that exist and must not be readable: the worker tries them."""


class ZygoteSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How the zygote prepares itself before it forks the first worker."""

    preload_all: bool
    """Import everything students commonly import: where no file can be opened later."""


class SpawnSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a spawned worker is told first."""

    worker: WorkerSettings
    end_of_output: bytes
    """Printed after each answer, so that the grader knows that it has everything printed until then."""
