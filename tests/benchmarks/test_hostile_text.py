"""How long texts made to be slow occupy the trusted process, as ratios to an honest text.

Nothing here asserts a time: a busy machine is not a defect. What is asserted is that the honest text was looked at.
"""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from grader.course.statements import statements_of

BYTES = 300_000
"""Longer ones are left at once; of these, half of the budget remains for tokens."""

HONEST_BYTES = 75_000
"""With about half of the tokens that are looked at: more code than a whole assignment has."""
LINE = "def f(x):\n    return 2 * x + 1  # twice and one\n\n\n"
HOSTILE = {
    "brackets": "(",
    "operators": "+",
    "digits": "1",
    "quotes": "'\\",
    "decorators": "@a\n",
    "statements": "a\n",
    "continuations": "\\\n",
    "text": '"""\\',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_made_to_be_slow(benchmark: BenchmarkFixture, name: str) -> None:
    piece = HOSTILE[name]
    text = piece * (BYTES // len(piece))
    honest = LINE * (HONEST_BYTES // len(LINE))
    before = time.perf_counter()
    assert statements_of(honest)
    honest_seconds = time.perf_counter() - before

    def look() -> float:
        before = time.perf_counter()
        with suppress(SyntaxError):
            statements_of(text)
        return time.perf_counter() - before

    run: Callable[..., float] = benchmark.pedantic
    ratio = run(look, rounds=1) / honest_seconds
    benchmark.extra_info["ratio to an honest text"] = ratio
    print(f"{name}: {ratio:.1f} times an honest text of {len(honest) / 1e3:.0f} kB")
