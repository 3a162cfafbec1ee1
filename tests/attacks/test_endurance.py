"""Many attacks in a row, in one process: nothing piles up (`--endurance N` says how many)."""

import gc
import itertools
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from grader.sandbox import Isolation, Limits
from grader.sandbox.fork import ForkSandbox
from tests.attacks.arena import HONEST_POINTS, Arena, Attack, points_of, untouched
from tests.attacks.catalogue import ATTACKS

LIMITS = Limits(memory_bytes=256 << 20, output_bytes=1 << 20, callbacks=1000, call_seconds=0.5, load_seconds=0.5)
WARM_UP = 8
GROWTH_BYTES = 40 << 20
"""Measured: 20 MB after 40 attacks and 22 MB after 200, most of it once for the largest answers that were refused."""


def test_nothing_piles_up(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    count: int = request.config.getoption("--endurance")
    # In a process of its own: what other tests have left free in this one's memory would be taken again or not.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
        assert alone.submit(_growth, count, tmp_path).result() < GROWTH_BYTES


def _growth(count: int, folder: Path) -> int:
    """Grade so many attacks in a row; return how many bytes of memory this process has then that it had not before."""
    arena = Arena(folder)
    attacks = list(itertools.islice(itertools.cycle(_mixed()), WARM_UP + count))
    with ForkSandbox(LIMITS, Isolation.STRICT) as sandbox:
        for attack in attacks[:WARM_UP]:
            arena.grade(attack.payload, sandbox)
        before = _resident_bytes()
        with untouched(arena, sandbox):
            for attack in attacks[WARM_UP:]:
                graded = arena.grade(attack.payload, sandbox)
                assert graded.gradable, (attack.title, graded.errors)
                assert sum(points_of(graded).values()) <= sum(HONEST_POINTS.values()), attack.title
        return _resident_bytes() - before


def _mixed() -> list[Attack]:
    """Every attack that does not take seconds, in an order in which neighbours are of different kinds."""
    quick = [attack for attack in ATTACKS if not attack.hangs and attack.rows != (50,)]
    stride = 7
    return [attack for start in range(stride) for attack in quick[start::stride]]


def _resident_bytes() -> int:
    gc.collect()
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) << 10
