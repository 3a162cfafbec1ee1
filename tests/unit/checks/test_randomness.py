import random
from typing import Any

import numpy as np
import pytest

from grader.checks import CheckFailure, assert_generator_untouched, assert_random
from grader.checks.randomness import Draw
from grader.wire import Handle
from tests.fakes.worker import make_student

Generator = np.random.Generator


def failure(draw: Draw) -> str:
    with pytest.raises(CheckFailure) as caught:
        assert_random(draw, name="the mask")
    return caught.value.message


def test_a_result_drawn_from_the_generator_passes() -> None:
    assert_random(lambda rng: rng.random(10))
    assert_random(lambda rng: {"W1": rng.normal(size=3), "b1": np.zeros(3)})
    assert_random(lambda rng: (rng.permutation(9), [np.array([np.nan]), "text", None]))


def test_handles_in_the_result_are_not_compared() -> None:
    numbers = iter(range(100))
    assert_random(lambda rng: (rng.random(3), Handle(next(numbers))))


def test_a_record_of_a_students_call_will_do() -> None:
    student = make_student({"f": lambda rng: rng.random(5)})
    assert_random(lambda rng: student.f.call(rng))
    assert_random(student.f)


def test_a_constant_is_not_random() -> None:
    assert failure(lambda _: np.ones(4)) == (
        "the generator passed in was not used; expected the random numbers of the mask to come from it"
    )


def test_a_fixed_seed_inside_is_refused() -> None:
    assert "was not used" in failure(lambda _: np.random.default_rng(3).random(4))


def test_a_fixed_seed_inside_that_hides_behind_a_draw_is_refused() -> None:
    def reseeded(rng: Generator) -> Any:
        rng.random()
        return np.random.default_rng(3).random(4)

    assert failure(reseeded).startswith("generators in different states gave the same values of the mask")


def test_another_source_of_chance_is_refused() -> None:
    own = np.random.default_rng(3)
    assert failure(lambda _: own.random(4)).startswith("two calls with generators in the same state gave different")


def test_a_generator_put_back_after_the_draw_is_refused() -> None:
    def restored(rng: Generator) -> Any:
        state = rng.bit_generator.state
        value = rng.random(4)
        rng.bit_generator.state = state
        return value

    assert "was not used" in failure(restored)


def test_numbers_that_are_remembered_instead_of_drawn_again_are_refused() -> None:
    remembered: dict[int, tuple[Generator, Any]] = {}

    def draw(rng: Generator) -> Any:
        return remembered.setdefault(id(rng), (rng, rng.random(4)))[1]

    assert failure(draw).startswith("two calls in a row with one generator gave the same values of the mask")


@pytest.mark.parametrize("source", [lambda: np.random.rand(), random.random])  # noqa: NPY002 - what a student does
def test_the_global_generators_are_refused_where_the_record_shows_them(source: Any) -> None:
    student = make_student({"f": lambda rng: rng.random(3) * source()})
    assert failure(lambda rng: student.f.call(rng)).startswith(
        "f used np.random or random; expected all random numbers"
    )


def test_a_call_that_draws_nothing_leaves_the_generator_untouched() -> None:
    assert_generator_untouched(lambda _: np.ones(3))
    student = make_student({"f": lambda x, _: x})
    assert_generator_untouched(lambda rng: student.f.call(np.ones(3), rng))


def test_a_draw_in_test_mode_is_refused_even_if_it_is_not_used() -> None:
    with pytest.raises(CheckFailure, match="test mode drew random numbers from the generator"):
        assert_generator_untouched(lambda rng: rng.random(), name="test mode")


def test_a_global_draw_in_test_mode_is_refused() -> None:
    student = make_student({"f": lambda _: np.random.rand()})  # noqa: NPY002 - what a student does
    with pytest.raises(CheckFailure, match=r"f used np\.random or random"):
        assert_generator_untouched(student.f.call)
