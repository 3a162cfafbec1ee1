"""Known mistakes in optimizers.py."""

import math
from typing import Any

import numpy as np

from grader.checks import misconception

Array = np.ndarray
Config = dict[str, Any]


def _step(
    w: Array,
    dw: Array,
    config: Config,
    *,
    count: int = 1,
    correct: str = "mv",
    inside: bool = False,
    decay: float = 1.0,
    decayed: Array | None = None,
) -> tuple[Array, Config]:
    """Make a step that is right but for what is named: which averages are corrected, where epsilon stands."""
    learning_rate, epsilon = config.get("learning_rate", 1e-3), config.get("epsilon", 1e-8)
    beta1, beta2 = config.get("beta1", 0.9), config.get("beta2", 0.999)
    t = config.get("t", 0) + count
    m = beta1 * config.get("m", np.zeros_like(w)) + (1 - beta1) * dw
    v = beta2 * config.get("v", np.zeros_like(w)) + (1 - beta2) * dw**2
    with np.errstate(divide="ignore", invalid="ignore"):
        mhat = np.divide(m, 1 - beta1**t) if "m" in correct else m
        vhat = np.divide(v, 1 - beta2**t) if "v" in correct else v
        move = mhat / (np.sqrt(vhat + epsilon) if inside else np.sqrt(vhat) + epsilon)
    config.update(t=t, m=m, v=v)
    rate = learning_rate * config.get("weight_decay", 0.0) * decay
    return w - learning_rate * move - rate * (w if decayed is None else decayed), config


@misconception(
    "adamw.from_zero",
    hint="In the first step 1 - beta^t is 0 for you. When is t counted up?",
    caught_by=("test_steps_down_a_bowl",),
)
def from_zero(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Counts t up after the corrections, so that the first step divides by zero."""
    t = config.get("t", 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        next_w, config = _step(w, dw, config, count=0)
    config["t"] = t + 1
    return next_w, config


@misconception(
    "adamw.not_corrected",
    hint="m and v start at zero. How large is m after one step, compared with the gradient?",
    caught_by=("test_steps_down_a_bowl", "test_steps_with_decay", "test_going_on_from_a_saved_config"),
)
def not_corrected(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Uses m and v as they are."""
    return _step(w, dw, config, correct="")


@misconception(
    "adamw.v_not_corrected",
    hint="Two averages start at zero. Which of them do you correct?",
    caught_by=("test_steps_down_a_bowl", "test_steps_with_decay"),
)
def v_not_corrected(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Corrects m only."""
    return _step(w, dw, config, correct="m")


@misconception(
    "adamw.m_not_corrected",
    hint="Two averages start at zero. Which of them do you correct?",
    caught_by=("test_steps_down_a_bowl", "test_steps_with_decay"),
)
def m_not_corrected(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Corrects v only."""
    return _step(w, dw, config, correct="v")


@misconception(
    "adamw.always_first",
    hint="Look at t in the config after three steps. What are the corrections worth later in a training?",
    caught_by=("test_steps_down_a_bowl", "test_going_on_from_a_saved_config"),
)
def always_first(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Does not keep t, and corrects as in the first step for ever."""
    config["t"] = 0
    return _step(w, dw, config)


@misconception(
    "adamw.corrected_kept",
    hint="What goes into the config: the averages, or the corrected ones? Which of them does the next step start from?",
    caught_by=("test_steps_down_a_bowl", "test_going_on_from_a_saved_config"),
)
def corrected_kept(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Stores the corrected averages, which the next step corrects again."""
    next_w, config = _step(w, dw, config)
    config["m"] = config["m"] / (1 - config.get("beta1", 0.9) ** config["t"])
    config["v"] = config["v"] / (1 - config.get("beta2", 0.999) ** config["t"])
    return next_w, config


@misconception(
    "adamw.not_kept",
    hint="Look at m and v in the config after a step. What does the next step start from?",
    caught_by=("test_steps_down_a_bowl", "test_going_on_from_a_saved_config"),
)
def not_kept(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Keeps t, and forgets m and v."""
    next_w, after = _step(w, dw, dict(config))
    config["t"] = after["t"]
    return next_w, config


@misconception(
    "adamw.betas_swapped",
    hint="Which of the two betas is the longer memory, and which average does it belong to?",
    caught_by=("test_steps_down_a_bowl", "test_steps_with_decay"),
)
def betas_swapped(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Uses beta2 for m and beta1 for v."""
    beta1, beta2 = config.get("beta1", 0.9), config.get("beta2", 0.999)
    next_w, after = _step(w, dw, {**config, "beta1": beta2, "beta2": beta1})
    config.update(t=after["t"], m=after["m"], v=after["v"])
    return next_w, config


@misconception(
    "adamw.shares_swapped",
    hint="With beta1 = 0.9 nine tenths of m are old. Which share does your newest gradient get?",
    caught_by=("test_steps_down_a_bowl", "test_steps_with_decay"),
)
def shares_swapped(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Gives the old average 1 - beta and the gradient beta."""
    beta1, beta2 = config.get("beta1", 0.9), config.get("beta2", 0.999)
    next_w, after = _step(w, dw, {**config, "beta1": 1 - beta1, "beta2": 1 - beta2})
    config.update(t=after["t"], m=after["m"], v=after["v"])
    return next_w, config


@misconception(
    "adamw.square_missing",
    hint="v is an average of squares. What do you add to it?",
    caught_by=("test_steps_down_a_bowl", "test_going_on_from_a_saved_config"),
)
def square_missing(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Averages the sizes of the gradients where their squares belong."""
    beta2, v = config.get("beta2", 0.999), config.get("v", np.zeros_like(w))
    wanted = beta2 * v + (1 - beta2) * np.abs(dw)
    return _with_v(w, dw, config, wanted)


@misconception(
    "adamw.square_of_m",
    hint="v averages the squares of the gradients. Whose squares do you average?",
    caught_by=("test_steps_down_a_bowl", "test_going_on_from_a_saved_config"),
)
def square_of_m(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Averages the squares of m."""
    beta1, beta2 = config.get("beta1", 0.9), config.get("beta2", 0.999)
    m = beta1 * config.get("m", np.zeros_like(w)) + (1 - beta1) * dw
    return _with_v(w, dw, config, beta2 * config.get("v", np.zeros_like(w)) + (1 - beta2) * m**2)


@misconception(
    "adamw.summed",
    hint="In v the old squares should fade. Do they in yours, or do they add up?",
    caught_by=("test_steps_down_a_bowl", "test_going_on_from_a_saved_config"),
)
def summed(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Adds the squares up, as AdaGrad does."""
    return _with_v(w, dw, config, config.get("v", np.zeros_like(w)) + dw**2)


def _with_v(w: Array, dw: Array, config: Config, v: Array) -> tuple[Array, Config]:
    """Make a step with another v."""
    _, config = _step(w, dw, config)
    config["v"] = v
    beta1, beta2, t = config.get("beta1", 0.9), config.get("beta2", 0.999), config["t"]
    move = config["m"] / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + config.get("epsilon", 1e-8))
    learning_rate = config.get("learning_rate", 1e-3)
    return w - learning_rate * (move + config.get("weight_decay", 0.0) * w), config


@misconception(
    "adamw.root_missing",
    hint="Make the loss ten times as large. Adam's steps should stay as they are; do yours?",
    caught_by=("test_steps_down_a_bowl", "test_steps_with_decay"),
)
def root_missing(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Divides by v instead of its root."""
    _, config = _step(w, dw, config)
    beta1, beta2, t = config.get("beta1", 0.9), config.get("beta2", 0.999), config["t"]
    vhat = config["v"] / (1 - beta2**t)
    with np.errstate(divide="ignore", invalid="ignore"):
        move = config["m"] / (1 - beta1**t) / (vhat + config.get("epsilon", 1e-8))
    return w - config.get("learning_rate", 1e-3) * (move + config.get("weight_decay", 0.0) * w), config


@misconception(
    "adamw.uphill",
    hint="Does the loss fall along your step, or rise?",
    caught_by=("test_steps_down_a_bowl", "test_going_on_from_a_saved_config"),
)
def uphill(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Adds the step."""
    next_w, config = _step(w, dw, config, decay=0.0)
    learning_rate = config.get("learning_rate", 1e-3)
    return 2 * w - next_w - learning_rate * config.get("weight_decay", 0.0) * w, config


@misconception(
    "adamw.epsilon_inside",
    hint="Where does epsilon stand in the formula: under the root, or beside it?",
    caught_by=("test_large_epsilon",),
)
def epsilon_inside(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Adds epsilon under the root."""
    return _step(w, dw, config, inside=True)


@misconception(
    "adamw.epsilon_before_correction",
    hint="Both corrections in one factor is a known shortcut. What happens to epsilon in it?",
    caught_by=("test_large_epsilon",),
)
def epsilon_before_correction(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Adds epsilon to the root of v before the correction, and corrects with one factor."""
    _, config = _step(w, dw, config)
    beta1, beta2, t = config.get("beta1", 0.9), config.get("beta2", 0.999), config["t"]
    factor = math.sqrt(1 - beta2**t) / (1 - beta1**t)
    move = factor * config["m"] / (np.sqrt(config["v"]) + config.get("epsilon", 1e-8))
    return w - config.get("learning_rate", 1e-3) * (move + config.get("weight_decay", 0.0) * w), config


@misconception(
    "adamw.epsilon_fixed",
    hint="config may name an epsilon of its own. Which one do you use?",
    caught_by=("test_large_epsilon",),
)
def epsilon_fixed(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Uses 1e-8 whatever the config says."""
    next_w, after = _step(w, dw, {**config, "epsilon": 1e-8})
    config.update(t=after["t"], m=after["m"], v=after["v"])
    return next_w, config


@misconception(
    "adamw.penalty",
    hint="The decay goes through m and v for you, as an L2 penalty does. Where does it stand in the formula?",
    caught_by=("test_steps_with_decay",),
)
def penalty(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Adds weight_decay * w to the gradient: Adam with an L2 penalty."""
    return _step(w, dw + config.get("weight_decay", 0.0) * w, config, decay=0.0)


@misconception(
    "adamw.decay_missing",
    hint="Let the gradient be zero. Do the weights still shrink?",
    caught_by=("test_steps_with_decay",),
)
def decay_missing(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Is plain Adam."""
    return _step(w, dw, config, decay=0.0)


@misconception(
    "adamw.decay_not_scaled",
    hint="With a learning rate of 0.1 and a decay of 0.5, what is left of a weight of 1 that has no gradient?",
    caught_by=("test_steps_with_decay",),
)
def decay_not_scaled(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Does not multiply the decay by the learning rate."""
    return _step(w, dw, config, decay=1 / config.get("learning_rate", 1e-3))


@misconception(
    "adamw.decay_after",
    hint="Which weights decay: those before the step, or those after it?",
    caught_by=("test_steps_with_decay",),
)
def decay_after(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Shrinks the weights that the step has led to."""
    next_w, config = _step(w, dw, config, decay=0.0)
    return next_w * (1 - config.get("learning_rate", 1e-3) * config.get("weight_decay", 0.0)), config


@misconception(
    "adamw.decay_grows",
    hint="Let the gradient be zero. Which way does a positive weight move?",
    caught_by=("test_steps_with_decay",),
)
def decay_grows(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Adds the decay."""
    return _step(w, dw, config, decay=-1.0)


@misconception(
    "adamw.weights_in_place",
    hint="Print w before and after the call. The caller may still need it.",
    caught_by=("test_step_is_pure",),
)
def weights_in_place(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Writes the step into w."""
    w[...], config = _step(w.copy(), dw, config)
    return w, config


@misconception(
    "adamw.averages_in_place",
    hint="Somebody may have kept the old m. Which operator writes into the array it was given?",
    caught_by=("test_step_is_pure",),
)
def averages_in_place(w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """Writes the new averages into the old arrays."""
    old_m, old_v = config.get("m"), config.get("v")
    next_w, config = _step(w, dw, config)
    if old_m is not None and old_v is not None:
        old_m[...], old_v[...] = config["m"], config["v"]
        config.update(m=old_m, v=old_v)
    return next_w, config


def _require(warmup: int, total: int) -> None:
    if not 0 <= warmup < total:
        raise ValueError(f"0 <= warmup < total must hold, got warmup {warmup} and total {total}")


def _rise(step: int, warmup: int, base: float) -> float:
    return base * (step + 1) / warmup


def _fall(progress: float, base: float, final: float) -> float:
    return final + (base - final) * (1 + math.cos(math.pi * progress)) / 2


@misconception(
    "warmup_cosine.from_zero",
    hint="The first step should already learn something. Which rate do you give step 0?",
    caught_by=("test_rise",),
)
def rise_from_zero(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Begins the rise at 0: step / warmup."""
    _require(warmup, total)
    if step < warmup:
        return base * step / warmup
    return _fall(min(1.0, (step - warmup) / (total - warmup)), base, final)


@misconception(
    "warmup_cosine.no_rise",
    hint="What is different during the first `warmup` steps?",
    caught_by=("test_rise",),
)
def no_rise(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Holds the base during the warm-up."""
    _require(warmup, total)
    return base if step < warmup else _fall(min(1.0, (step - warmup) / (total - warmup)), base, final)


@misconception(
    "warmup_cosine.rise_too_long",
    hint="The rise takes `warmup` steps, so the base is reached at step warmup - 1. When do you reach it?",
    caught_by=("test_rise",),
)
def rise_too_long(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Divides the rise into warmup + 1 parts."""
    _require(warmup, total)
    if step < warmup:
        return base * (step + 1) / (warmup + 1)
    return _fall(min(1.0, (step - warmup) / (total - warmup)), base, final)


@misconception(
    "warmup_cosine.whole_division",
    hint="3 // 4 is 0 in Python. Which division do you use?",
    caught_by=("test_rise",),
)
def whole_division(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Divides whole numbers."""
    _require(warmup, total)
    if step < warmup:
        return base * ((step + 1) // warmup)
    return _fall(min(1.0, (step - warmup) / (total - warmup)), base, final)


@misconception(
    "warmup_cosine.counted_from_zero",
    hint="At the end of the warm-up the cosine should be at its top. From which step do you count its progress?",
    caught_by=("test_fall",),
)
def counted_from_zero(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Counts the progress from step 0."""
    _require(warmup, total)
    return _rise(step, warmup, base) if step < warmup else _fall(min(1.0, step / total), base, final)


@misconception(
    "warmup_cosine.length_with_warmup",
    hint="How many steps does the fall take, when `warmup` of `total` are over?",
    caught_by=("test_fall",),
)
def length_with_warmup(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Divides by total instead of total - warmup."""
    _require(warmup, total)
    if step >= total:
        return final
    return _rise(step, warmup, base) if step < warmup else _fall((step - warmup) / total, base, final)


@misconception(
    "warmup_cosine.straight",
    hint="Your rate falls by the same amount in every step. Does a cosine?",
    caught_by=("test_fall",),
)
def straight(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Falls in a straight line."""
    _require(warmup, total)
    progress = min(1.0, (step - warmup) / (total - warmup))
    return _rise(step, warmup, base) if step < warmup else base + (final - base) * progress


@misconception(
    "warmup_cosine.quarter",
    hint="At half the way the rate is the mean of base and final. How far along the cosine are you there?",
    caught_by=("test_fall",),
)
def quarter(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Takes a quarter of the cosine, from its top to its first zero."""
    _require(warmup, total)
    progress = min(1.0, (step - warmup) / (total - warmup))
    if step < warmup:
        return _rise(step, warmup, base)
    return final if step >= total else final + (base - final) * math.cos(math.pi / 2 * progress)


@misconception(
    "warmup_cosine.degrees",
    hint="Your rate hardly falls. In which unit does math.cos take its angle?",
    caught_by=("test_fall",),
)
def degrees(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Leaves pi out."""
    _require(warmup, total)
    progress = min(1.0, (step - warmup) / (total - warmup))
    if step < warmup:
        return _rise(step, warmup, base)
    return final if step >= total else final + (base - final) * (1 + math.cos(progress)) / 2


@misconception(
    "warmup_cosine.final_added",
    hint="At the top of the cosine the rate is the base. What do you get there when final is not 0?",
    caught_by=("test_fall",),
)
def final_added(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Adds final to a cosine that begins at the base."""
    _require(warmup, total)
    if step < warmup:
        return _rise(step, warmup, base)
    return final + _fall(min(1.0, (step - warmup) / (total - warmup)), base, 0.0)


@misconception(
    "warmup_cosine.final_ignored",
    hint="Where does your rate end: at 0, or at final?",
    caught_by=("test_fall", "test_afterwards"),
)
def final_ignored(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Falls to 0."""
    _require(warmup, total)
    if step < warmup:
        return _rise(step, warmup, base)
    return _fall(min(1.0, (step - warmup) / (total - warmup)), base, 0.0)


@misconception(
    "warmup_cosine.up_again",
    hint="What is your rate at a step after total? A cosine does not stop by itself.",
    caught_by=("test_afterwards",),
)
def up_again(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Follows the cosine beyond total."""
    _require(warmup, total)
    return _rise(step, warmup, base) if step < warmup else _fall((step - warmup) / (total - warmup), base, final)


@misconception(
    "warmup_cosine.nothing_afterwards",
    hint="A training may go on after total. Which rate should it go on with?",
    caught_by=("test_afterwards",),
)
def nothing_afterwards(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Stops learning after total."""
    _require(warmup, total)
    if step >= total:
        return 0.0
    return _rise(step, warmup, base) if step < warmup else _fall((step - warmup) / (total - warmup), base, final)


@misconception(
    "warmup_cosine.division_by_zero",
    hint="With warmup = 0 there is no rise. In which order do you compute and compare?",
    caught_by=("test_no_rise",),
)
def division_by_zero(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Computes the rise before it asks whether there is one."""
    _require(warmup, total)
    risen = (step + 1) / warmup
    return base * risen if risen <= 1 else _fall(min(1.0, (step - warmup) / (total - warmup)), base, final)


@misconception(
    "warmup_cosine.one_at_least",
    hint="With warmup = 0 the first step already stands at the top of the cosine. How long is your warm-up then?",
    caught_by=("test_no_rise",),
)
def one_at_least(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Takes a warm-up of one step at least."""
    _require(warmup, total)
    warmup = max(warmup, 1)
    if step < warmup:
        return _rise(step, warmup, base)
    return _fall(min(1.0, (step - warmup) / (total - warmup)), base, final)


@misconception(
    "warmup_cosine.unchecked",
    hint="What does a warm-up mean that is as long as the whole training?",
    caught_by=("test_impossible_lengths",),
)
def unchecked(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Takes any lengths."""
    if step < warmup:
        return _rise(step, warmup, base)
    return final if step >= total else _fall((step - warmup) / (total - warmup), base, final)


@misconception(
    "warmup_cosine.equal_accepted",
    hint="Which lengths leave at least one step to fall along?",
    caught_by=("test_impossible_lengths",),
)
def equal_accepted(step: int, warmup: int, total: int, base: float, final: float = 0.0) -> float:
    """Refuses warmup > total only."""
    if warmup < 0 or warmup > total:
        raise ValueError("warmup must be between 0 and total")
    if step < warmup:
        return _rise(step, warmup, base)
    return final if step >= total else _fall((step - warmup) / (total - warmup), base, final)
