"""Which doors are shut, layer by layer: with all of them every door, and without one exactly those that it shuts."""

import os
import platform
from collections.abc import Iterator

import pytest

from grader.errors import IsolationError
from grader.sandbox import Isolation
from grader.sandbox.fork import ForkSandbox
from grader.worker import landlock
from grader.worker.kernel import prctl
from grader.worker.settings import Layer
from tests.attacks.probing import PROBES, World

pytestmark = pytest.mark.skipif(platform.machine() != "x86_64", reason="system calls are given by their numbers there")

ALL = tuple(Layer)
PR_GET_DUMPABLE = 3

NETWORK = frozenset({"udp", "unix socket"})
PROCESSES = frozenset({"fork", "thread"})
FILES = frozenset({"read", "list", "write", "truncate", "shared memory", "exec", "descriptors", "environment"})
GRADER = frozenset({"signal", "signal by descriptor", "limits", "priority", "affinity"})
SIZES = frozenset({"2 GB"})
KERNEL = frozenset(
    {
        "io_uring", "keyctl", "bpf", "memfd", "pidfd", "SysV shared memory", "namespace", "ptrace", "memory",
        "memory file", "i386", "x32",
    }
)  # fmt: skip
"""Doors that many kernels are built or set up without; here they may be open or shut where no layer shuts them."""


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    around = World()
    yield around
    around.close()


def without(*left_out: Layer) -> tuple[Layer, ...]:
    return tuple(layer for layer in Layer if layer not in left_out)


def open_doors(world: World, layers: tuple[Layer, ...], version: int | None = None) -> set[str]:
    with ForkSandbox(isolation=Isolation.BEST, layers=layers, landlock_version=version) as sandbox:
        return set(world.doors(sandbox))


@pytest.mark.parametrize("version", [None, 1, 3, 5, 0], ids=lambda version: f"Landlock {version}")
@pytest.mark.parametrize("layers", [ALL, without(Layer.PRIVILEGES)], ids=["root's grader", "ordinary grader"])
def test_every_door_is_shut_whatever_the_kernel_s_age(
    world: World, layers: tuple[Layer, ...], version: int | None
) -> None:
    if version is not None and version > landlock.abi():
        pytest.skip(f"this kernel's Landlock has version {landlock.abi()}")
    with ForkSandbox(isolation=Isolation.STRICT, layers=layers, landlock_version=version) as sandbox:
        assert list(world.doors(sandbox)) == []


def test_without_any_layer_the_probes_work(world: World) -> None:
    open_now = open_doors(world, ())
    assert open_now >= PROBES.keys() - KERNEL
    assert {"memory", "memory file", "ptrace"} <= open_now or os.geteuid() != 0


def test_without_limits_only_memory_is_unbounded(world: World) -> None:
    assert open_doors(world, without(Layer.RLIMITS)) == SIZES


def test_without_the_filter_network_processes_and_the_kernel_are_open_and_files_are_not(world: World) -> None:
    open_now = open_doors(world, without(Layer.SECCOMP))
    assert open_now >= NETWORK | PROCESSES
    older = ({"tcp"} if landlock.abi() < 4 else set()) | ({"signal"} if landlock.abi() < 6 else set())
    assert open_now <= NETWORK | PROCESSES | KERNEL | GRADER - {"signal"} | older
    assert not open_now & {"memory", "memory file", "ptrace"}


def test_landlock_alone_shuts_the_files(world: World) -> None:
    open_now = open_doors(world, (Layer.LANDLOCK,))
    assert not open_now & (FILES | {"memory", "memory file", "ptrace"})
    assert open_now >= NETWORK | PROCESSES | {"limits", "priority", "affinity"}


def test_the_filter_alone_shuts_all_but_sizes_and_opens_no_file(world: World) -> None:
    assert open_doors(world, (Layer.SECCOMP,)) == SIZES


def test_limits_alone_bound_sizes(world: World) -> None:
    open_now = open_doors(world, (Layer.RLIMITS,))
    assert not open_now & {"2 GB", "large file"}
    assert open_now >= FILES | NETWORK | GRADER


@pytest.mark.skipif("__import__('os').geteuid() != 0", reason="only root has privileges to give up")
def test_giving_up_privileges_alone_saves_the_grader_s_process(world: World) -> None:
    with ForkSandbox(isolation=Isolation.BEST, layers=(Layer.PRIVILEGES,)) as sandbox:
        dropped = sandbox.protections[Layer.PRIVILEGES]
        open_now = set(world.doors(sandbox))
    assert not open_now & {"ptrace", "memory", "memory file", "environment"}
    if dropped == "on":
        assert not open_now & {"signal", "limits", "priority", "affinity"}
    assert open_now >= NETWORK | PROCESSES


@pytest.mark.parametrize(
    "layers",
    [(), (Layer.RLIMITS,), (Layer.PRIVILEGES,), (Layer.LANDLOCK,), without(Layer.SECCOMP)],
    ids=["none", "limits", "privileges", "Landlock", "no filter"],
)
def test_strict_isolation_refuses_where_a_door_is_open(layers: tuple[Layer, ...]) -> None:
    with ForkSandbox(isolation=Isolation.STRICT, layers=layers) as sandbox, pytest.raises(IsolationError):
        sandbox.worker()


def test_an_old_landlock_is_reported_with_what_it_lacks() -> None:
    with ForkSandbox(landlock_version=1) as sandbox:
        assert sandbox.protections["landlock"].startswith("on, version 1: does not cover truncation, TCP")


def test_a_kernel_without_landlock_is_reported_and_the_grader_hides_its_memory() -> None:
    before = prctl(PR_GET_DUMPABLE)
    with ForkSandbox(landlock_version=0) as sandbox:
        assert sandbox.protections["landlock"] == "off: this kernel has no Landlock"
        assert sandbox.protections["seccomp"] == "on, and no file can be opened"
        assert sandbox.protections["probes"] == "on"
        assert prctl(PR_GET_DUMPABLE) == 0
    assert prctl(PR_GET_DUMPABLE) == before
