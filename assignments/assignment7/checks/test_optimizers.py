"""Checks of optimizers.py."""

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.checks import CallRecord, Reference, Spy, Student, assert_array, assert_close, assert_unchanged, check

Rule = Callable[[np.ndarray, np.ndarray, dict[str, Any]], tuple[np.ndarray, dict[str, Any]]]
STEPS = 6


class Valley:
    """The cost sum(steepness * w^2) / 2: flat in one direction, steep in another."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.steepness = np.linspace(1, 10, int(np.prod(shape))).reshape(shape)

    def gradient(self, w: np.ndarray) -> np.ndarray:
        return self.steepness * w


def walk(rule: Rule, w: np.ndarray, settings: list[dict[str, Any]]) -> list[tuple[np.ndarray, dict[str, Any]]]:
    """Return weights and config after each step; the settings of a step are laid over the config that came back."""
    valley, config, path = Valley(w.shape), dict[str, Any](), []
    for setting in settings:
        w, config = rule(w, valley.gradient(w), {**config, **setting})
        assert isinstance(config, dict), f"config, the second value returned, is a {type(config).__name__}, not a dict"
        assert_array(w, shape=valley.steepness.shape, name="next_w")
        path.append((w, config))
    return path


def assert_same_walk(
    student: Rule, reference: Rule, w: np.ndarray, settings: list[dict[str, Any]], *, velocity: bool = False
) -> None:
    """Compare the weights after every step, and the velocity in the config if it is asked for."""
    ours, theirs = walk(student, w, settings), walk(reference, w, settings)
    for step, ((got, config), (expected, right)) in enumerate(zip(ours, theirs, strict=True), start=1):
        after = f"after {step} step{'s' * (step > 1)}"
        assert_close(got, expected, name=f"w {after}")
        if velocity:
            assert_close(config.get("velocity"), right["velocity"], name=f'config["velocity"] {after}')


def draw_weights(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return rng.uniform(0.5, 2, size=shape) * rng.choice([-1.0, 1.0], size=shape)


def at_first(**settings: Any) -> list[dict[str, Any]]:
    """Return the settings of six steps, given before the first: the config that comes back keeps them."""
    return [settings, *({} for _ in range(STEPS - 1))]


def slower(**settings: Any) -> list[dict[str, Any]]:
    """Return the settings of six steps; from the third on the learning rate is a tenth."""
    return [{"learning_rate": 0.05 if step < 2 else 0.005, **settings} for step in range(STEPS)]


def assert_step_is_pure(record: CallRecord, velocity: np.ndarray, before: np.ndarray) -> None:
    """Raise if the step changed w, dw, or the array that was the velocity."""
    assert_unchanged(record, "w", "dw")
    changed = record.changed.get("2['velocity']")
    rebound = record.args[2].get("velocity")
    if changed is not None and (rebound is velocity or not np.array_equal(changed, rebound)):
        assert_unchanged(record, "config['velocity']")
    assert np.array_equal(velocity, before)


def assert_momentum_is_pure(student: Student, rule: str, rng: np.random.Generator, **settings: Any) -> None:
    """Take one step from a velocity that is not zero."""
    w, dw, velocity = rng.normal(size=(3, 2, 3))
    config = {"learning_rate": 0.1, "momentum": 0.9, "velocity": velocity, **settings}
    assert_step_is_pure(getattr(student, rule).call(w, dw, config), velocity, velocity.copy())


# sgd


@check("sgd", hint="Take one weight of 1 with gradient 2 and learning rate 0.1. Where does it go?")
def test_sgd_walk(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Six steps down a valley are right"""
    for shape in ((2,), (2, 3), (3, 3)):
        settings = [{"learning_rate": 0.15}] * STEPS
        assert_same_walk(student.sgd, reference.sgd, draw_weights(rng, *shape), settings)


@check("sgd", hint="The learning rate is lowered after two steps. From where does your step take it?")
def test_sgd_learning_rate(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """A learning rate that is lowered on the way counts from the next step on, and 0.01 if none is given"""
    assert_same_walk(student.sgd, reference.sgd, draw_weights(rng, 4), slower())
    assert_same_walk(student.sgd, reference.sgd, draw_weights(rng, 4), [{}, {}])


@check("sgd", group="contract", hint="The caller may still need the old weights. Where do you put the new ones?")
def test_sgd_leaves_its_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """The old weights and the gradient are not changed"""
    w, dw = rng.normal(size=(2, 3, 2))
    assert_unchanged(student.sgd.call(w, dw, {"learning_rate": 0.1}), "w", "dw")


# sgd_momentum


@check(
    "sgd_momentum",
    hint="Take one weight and two steps on paper: with momentum 0.9, how much of the first step is left?",
)
def test_momentum_walk(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Six steps down a valley are right, with momentum and without"""
    for shape, momentum in (((2,), 0.9), ((2, 3), 0.5), ((3, 3), 0.0)):
        settings = at_first(learning_rate=0.05, momentum=momentum)
        assert_same_walk(student.sgd_momentum, reference.sgd_momentum, draw_weights(rng, *shape), settings)


@check("sgd_momentum", hint="When the learning rate drops, do the old gradients in the velocity keep theirs?")
def test_momentum_learning_rate(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """A learning rate that is lowered on the way counts for new gradients only"""
    settings = slower(momentum=0.9)
    assert_same_walk(student.sgd_momentum, reference.sgd_momentum, draw_weights(rng, 4), settings)


@check("sgd_momentum", hint="Print the velocity in the config that you return. Is it what was added to w?")
def test_momentum_velocity(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """The config that comes back holds the velocity"""
    settings = [{"learning_rate": 0.05, "momentum": 0.8}] * 3
    assert_same_walk(student.sgd_momentum, reference.sgd_momentum, draw_weights(rng, 2, 2), settings, velocity=True)


@check("sgd_momentum", hint="With an empty config, what are the learning rate, the momentum and the velocity?")
def test_momentum_defaults(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """An empty config means learning rate 0.01, momentum 0.9, and no velocity yet"""
    assert_same_walk(student.sgd_momentum, reference.sgd_momentum, draw_weights(rng, 4), [{}] * 3)


@check(
    "sgd_momentum",
    group="contract",
    hint="Somebody may have kept the old weights or the old velocity. Are they still the old ones?",
)
def test_momentum_leaves_its_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """The old weights, the gradient and the old velocity are not changed"""
    assert_momentum_is_pure(student, "sgd_momentum", rng)


# nesterov_step


def ahead(grad: Callable[[np.ndarray], np.ndarray], rng: np.random.Generator) -> tuple[Any, ...]:
    """Return the arguments of one step from a velocity that is not zero."""
    return draw_weights(rng, 3), draw_weights(rng, 3), grad, 0.1, 0.8


@check(
    "nesterov_step",
    hint="Print the point at which you call grad_fn. Is it where you stand, or where the velocity leads?",
)
def test_nesterov_asks_ahead(student: Student, rng: np.random.Generator) -> None:
    """The gradient is asked for once, at the point where the velocity leads"""
    spy = Spy(Valley((3,)).gradient)
    w, v, *rest = ahead(spy, rng)
    student.nesterov_step(w, v, *rest)
    assert spy.count == 1, f"grad_fn was called {spy.count} times; expected once"
    assert_close(spy.points[0], w + 0.8 * v, name="the point at which grad_fn was called")


@check(
    "nesterov_step",
    hint="First the gradient, then the new velocity, then the new weights: compare each with the formula.",
)
def test_nesterov_walk(student: Student, rng: np.random.Generator) -> None:
    """Six steps down a valley are right: weights and velocity"""
    for shape, momentum in (((2,), 0.9), ((2, 3), 0.5), ((2, 2), 0.0)):
        w, v, gradient = draw_weights(rng, *shape), np.zeros(shape), Valley(shape).gradient
        for step in range(1, STEPS + 1):
            expected_v = momentum * v - 0.05 * gradient(w + momentum * v)
            got = student.nesterov_step(w, v, gradient, 0.05, momentum)
            expected = w + expected_v, expected_v
            for name, value, right in zip(("w", "v"), got, expected, strict=True):
                assert_close(value, right, name=f"{name} after {step} step{'s' * (step > 1)}")
            w, v = expected


@check("nesterov_step", group="contract", hint="Print w and v before and after the call.")
def test_nesterov_leaves_its_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """The old weights and the old velocity are not changed"""
    assert_unchanged(student.nesterov_step.call(*ahead(Valley((3,)).gradient, rng)), "w", "v")


# sgd_nesterov


@check("sgd_nesterov", hint="The weights that you store are ahead. Which part of the old velocity is in them already?")
def test_stored_ahead_walk(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Six steps down a valley are right, with momentum and without"""
    for shape, momentum in (((2,), 0.9), ((2, 3), 0.5), ((3, 3), 0.0)):
        settings = at_first(learning_rate=0.05, momentum=momentum)
        assert_same_walk(student.sgd_nesterov, reference.sgd_nesterov, draw_weights(rng, *shape), settings)


@check("sgd_nesterov", hint="When the learning rate drops, do the old gradients in the velocity keep theirs?")
def test_stored_ahead_learning_rate(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """A learning rate that is lowered on the way counts for new gradients only, and the defaults are 0.01 and 0.9"""
    settings = slower(momentum=0.9)
    assert_same_walk(student.sgd_nesterov, reference.sgd_nesterov, draw_weights(rng, 4), settings, velocity=True)
    assert_same_walk(student.sgd_nesterov, reference.sgd_nesterov, draw_weights(rng, 4), [{}] * 3)


@check(
    "sgd_nesterov",
    hint="Run question 3 beside it from the same start. Its w plus momentum times v is your stored point.",
)
def test_stored_point_is_the_one_ahead(student: Student, rng: np.random.Generator) -> None:
    """The stored weights are the points at which nesterov_step asks for the gradient"""
    w, rate, momentum = draw_weights(rng, 3), 0.05, 0.8
    path = walk(student.sgd_nesterov, w, [{"learning_rate": rate, "momentum": momentum}] * STEPS)
    v, gradient = np.zeros(3), Valley((3,)).gradient
    for step, (stored, _) in enumerate(path, start=1):
        v = momentum * v - rate * gradient(w + momentum * v)
        w = w + v
        assert_close(stored, w + momentum * v, name=f"the stored point after {step} step{'s' * (step > 1)}")


@check(
    "sgd_nesterov",
    group="contract",
    hint="Somebody may have kept the old weights or the old velocity. Are they still the old ones?",
)
def test_stored_ahead_leaves_its_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """The old weights, the gradient and the old velocity are not changed"""
    assert_momentum_is_pure(student, "sgd_nesterov", rng)


# sgd_momentum_decay


@check(
    "sgd_momentum_decay",
    hint="In one of the two variants the decay goes through the velocity. Which one, and what is left for w?",
)
def test_decay_walk(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Six steps down a valley are right in both variants: weights and velocity"""
    for shape, decoupled in (((2, 3), False), ((2, 2), True)):
        settings = at_first(learning_rate=0.05, momentum=0.9, weight_decay=0.5, decoupled=decoupled)
        w = draw_weights(rng, *shape)
        assert_same_walk(student.sgd_momentum_decay, reference.sgd_momentum_decay, w, settings, velocity=True)


@check(
    "sgd_momentum_decay", hint="Lower the learning rate. By which factor should the decay of one step become smaller?"
)
def test_decay_learning_rate(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """A learning rate that is lowered on the way lowers the decay with it"""
    for decoupled in (False, True):
        settings = slower(momentum=0.9, weight_decay=0.5, decoupled=decoupled)
        assert_same_walk(student.sgd_momentum_decay, reference.sgd_momentum_decay, draw_weights(rng, 4), settings)


@check("sgd_momentum_decay", hint="Without momentum both variants are one formula. Write the two out and compare.")
def test_decay_without_momentum(student: Student, rng: np.random.Generator) -> None:
    """Without momentum both variants take the same step, with momentum they part"""
    w = draw_weights(rng, 3)
    for momentum in (0.0, 0.9):
        settings = {"learning_rate": 0.05, "momentum": momentum, "weight_decay": 0.5}
        coupled, decoupled = (
            walk(student.sgd_momentum_decay, w, [{**settings, "decoupled": flag}] * 3)[-1][0] for flag in (False, True)
        )
        if momentum == 0:
            expected = w
            for _ in range(3):
                expected = expected - 0.05 * (Valley((3,)).gradient(expected) + 0.5 * expected)
            assert_close(coupled, expected, name="w after 3 steps without momentum, decoupled=False")
            assert_close(decoupled, expected, name="w after 3 steps without momentum, decoupled=True")
        else:
            assert np.abs(coupled - decoupled).max() > 1e-6, (
                "with momentum 0.9 both variants give the same weights after 3 steps; expected different ones"
            )


@check("sgd_momentum_decay", hint="Which of the two variants is it when nothing is said, and how much decay?")
def test_decay_defaults(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Without "decoupled" the decay is coupled, and without "weight_decay" there is none"""
    for setting in ({"weight_decay": 0.5}, {}, {"decoupled": True}):
        settings = [{"learning_rate": 0.05, "momentum": 0.8, **setting}] * 3
        assert_same_walk(student.sgd_momentum_decay, reference.sgd_momentum_decay, draw_weights(rng, 3), settings)


@check(
    "sgd_momentum_decay",
    group="contract",
    hint="Somebody may have kept the old weights or the old velocity. Are they still the old ones?",
)
def test_decay_leaves_its_arguments_alone(student: Student, rng: np.random.Generator) -> None:
    """The old weights, the gradient and the old velocity are not changed"""
    for decoupled in (False, True):
        assert_momentum_is_pure(student, "sgd_momentum_decay", rng, weight_decay=0.5, decoupled=decoupled)
