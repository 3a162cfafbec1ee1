"""Whether AdamW makes the right steps, and whether its learning rate follows its schedule."""

from typing import Any

import numpy as np

from grader.checks import Reference, Student, assert_array, assert_close, assert_raises, assert_unchanged, check

CURVATURE = np.array([1.0, 10.0, 0.3])
"""Of the bowl that the steps go down: the gradient at w is CURVATURE * w."""


@check("adamw", hint="Write down t, m, v and the corrected two for the first two steps of one weight, and compare.")
def test_steps_down_a_bowl(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """Six steps lead where they should, for several beta1 and beta2"""
    for settings in ({"beta1": 0.9, "beta2": 0.99}, {"beta1": 0.5, "beta2": 0.8}, {"beta1": 0.0, "beta2": 0.9}):
        start = rng.uniform(1.5, 3, size=3)
        config = {"learning_rate": 0.1, "epsilon": 1e-12, **settings}
        expected = _descend(reference, start, config, 6)
        for step, (got, wanted) in enumerate(zip(_descend(student, start, config, 6), expected, strict=True), start=1):
            assert_close(got, wanted, name=f"w after step {step}", rtol=1e-6)


@check(
    "adamw",
    hint="Let the gradient be zero: only the decay moves the weights then. By which factor should a step shrink them?",
)
def test_steps_with_decay(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """With weight decay six steps lead where they should, and without a gradient only the decay is left"""
    start = rng.uniform(1.5, 3, size=3)
    config = {"learning_rate": 0.1, "weight_decay": 0.5, "epsilon": 1e-12}
    expected = _descend(reference, start, config, 6)
    for step, (got, wanted) in enumerate(zip(_descend(student, start, config, 6), expected, strict=True), start=1):
        assert_close(got, wanted, name=f"w after step {step}", rtol=1e-6)
    still, _ = student.adamw(start, np.zeros(3), {"learning_rate": 0.1, "weight_decay": 0.5})
    assert_close(still, 0.95 * start, name="w after a step without a gradient")


@check("adamw", hint="A training goes on from a saved config. Which number of steps do your corrections use then?")
def test_going_on_from_a_saved_config(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """A step from a saved t, m and v is right, and the next t, m and v are in the config"""
    w, dw = rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
    saved = {"learning_rate": 0.05, "t": 7, "m": rng.normal(size=(3, 3)), "v": rng.uniform(0.5, 2, size=(3, 3))}
    expected, after = reference.adamw(w, dw, dict(saved))
    got, config = student.adamw(w, dw, dict(saved))
    assert_close(got, expected, name="w", rtol=1e-7)
    for key in ("t", "m", "v"):
        assert key in config, f"the config has no {key!r} after the step"
        assert_close(config[key], np.asarray(after[key], dtype=np.asarray(config[key]).dtype), name=f"config[{key!r}]")


@check("adamw", group="edge", hint="Where does epsilon stand: inside the root, outside, or before the correction?")
def test_large_epsilon(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """A large epsilon damps the steps as the formula says"""
    start = rng.uniform(1.5, 3, size=3)
    config = {"learning_rate": 0.1, "epsilon": 0.3}
    expected = _descend(reference, start, config, 3)[-1]
    assert_close(_descend(student, start, config, 3)[-1], expected, name="w after step 3", rtol=1e-7)


@check("adamw", group="contract", hint="Which line of yours writes into w, dw, or the arrays m and v of before?")
def test_step_is_pure(student: Student, rng: np.random.Generator) -> None:
    """The arrays w and dw, and the old m and v, are left as they were"""
    config = {"t": 3, "m": rng.normal(size=4), "v": rng.uniform(0.5, 2, size=4), "weight_decay": 0.1}
    before = dict(config)
    record = student.adamw.call(rng.normal(size=4), rng.normal(size=4), config)
    assert_unchanged(record, "w", "dw")
    for key in ("m", "v"):
        # A key bound anew counts as a change of config too; it tells the value that was bound.
        changed = record.changed.get(f"2['{key}']")
        if changed is not None and (config.get(key) is before[key] or not np.array_equal(changed, config.get(key))):
            assert_unchanged(record, f"config['{key}']")


def _descend(functions: Any, start: np.ndarray, settings: dict[str, Any], steps: int) -> list[np.ndarray]:
    """Return where each of some steps leads, with the functions of the student, or of the reference."""
    w, config, path = start, dict(settings), []
    for _ in range(steps):
        w, config = functions.adamw(w, CURVATURE * w, config)
        assert_array(w, shape=start.shape, name="next_w")
        path.append(w)
    return path


@check("warmup_cosine", hint="Draw the first four learning rates of a warm-up of four steps. Which one is the largest?")
def test_rise(student: Student, rng: np.random.Generator) -> None:
    """The learning rate rises in equal steps to the base"""
    base = float(rng.uniform(0.1, 2))
    for step in (1, 0, 2, 3):
        rate = student.warmup_cosine(step, 4, 20, base)
        assert_close(rate, base * (step + 1) / 4, name=f"the rate of step {step} of a warm-up of 4 steps")


@check(
    "warmup_cosine", hint="Halfway between the end of the warm-up and `total` the rate is the mean of base and final."
)
def test_fall(student: Student, reference: Reference, rng: np.random.Generator) -> None:
    """After the warm-up it falls along half a cosine, from the base to the final rate"""
    base = float(rng.uniform(1, 2))
    for warmup, total, final in ((4, 20, 0.0), (3, 13, 0.25)):
        for step in (warmup, warmup + 1, warmup + 5, (warmup + total) // 2, total - 1):
            expected = reference.warmup_cosine(step, warmup, total, base, final)
            rate = student.warmup_cosine(step, warmup, total, base, final)
            assert_close(rate, expected, name=f"the rate of step {step} (warmup {warmup}, total {total})")


@check("warmup_cosine", group="edge", hint="A cosine comes up again. What is your rate after the last step?")
def test_afterwards(student: Student, rng: np.random.Generator) -> None:
    """At `total` and after it the rate stays at the final one"""
    base = float(rng.uniform(1, 2))
    for step in (20, 25, 36, 100):
        assert_close(student.warmup_cosine(step, 4, 20, base, 0.125), 0.125, name=f"the rate of step {step} (total 20)")


@check("warmup_cosine", group="edge", hint="With warmup = 0 the first rate is the base. By what do you divide there?")
def test_no_rise(student: Student, rng: np.random.Generator) -> None:
    """Without a warm-up it begins at the base"""
    base = float(rng.uniform(1, 2))
    assert_close(student.warmup_cosine(0, 0, 10, base), base, name="the rate of step 0 without a warm-up")
    assert_close(student.warmup_cosine(5, 0, 10, base), base / 2, name="the rate of step 5 of 10")


@check("warmup_cosine", group="contract", hint="Which lengths of a warm-up leave something to fall along?")
def test_impossible_lengths(student: Student) -> None:
    """A warm-up that is negative, or not shorter than the whole, raises a ValueError"""
    for warmup, total in ((-1, 10), (10, 10), (12, 10), (0, 0)):
        assert_raises(ValueError, student.warmup_cosine, 0, warmup, total, 1.0, naming="warmup")
