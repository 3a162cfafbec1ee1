"""Mistakes that students make with update rules."""

import numpy as np
from optimizers import nesterov_step, sgd, sgd_momentum, sgd_momentum_decay, sgd_nesterov

from grader.checks import misconception


def settings_of(w, config):
    """Return learning rate, momentum and velocity."""
    velocity = config["velocity"] if "velocity" in config else np.zeros_like(w)
    return config.get("learning_rate", 1e-2), config.get("momentum", 0.9), velocity


def stored(config, velocity):
    """Put the new velocity into the config, as most students do."""
    config["velocity"] = velocity
    return config


def forgotten(config):
    """Take the velocity out of the config."""
    config.pop("velocity", None)
    return config


def with_other(rule, w, dw, config, *, defaults=None, **settings):
    """Take the step with other settings than the config has, or other defaults."""
    next_w, result = rule(w, dw, {**(defaults or {}), **config, **settings})
    return next_w, stored(config, result["velocity"]) if "velocity" in result else config


def decay_of(config):
    return config.get("weight_decay", 0.0), config.get("decoupled", False)


# sgd


@misconception(
    "sgd.plus",
    hint="Your weights climb. Does the gradient point up or down the hill?",
    caught_by=("test_sgd_walk", "test_sgd_learning_rate"),
)
def sgd_plus(w, dw, config):
    """w + learning_rate * dw."""
    rate = config.get("learning_rate", 1e-2)
    return w + rate * dw, config


@misconception(
    "sgd.sign_only",
    hint="The size of the gradient matters too.",
    caught_by=("test_sgd_walk", "test_sgd_learning_rate"),
)
def sgd_sign_only(w, dw, config):
    """The sign of the gradient."""
    rate = config.get("learning_rate", 1e-2)
    return w - rate * np.sign(dw), config


@misconception(
    "sgd.normalized",
    hint="Close to the bottom your steps are as long as at the top. What has become of the length of the gradient?",
    caught_by=("test_sgd_walk", "test_sgd_learning_rate"),
)
def sgd_normalized(w, dw, config):
    """The gradient is divided by its length."""
    rate = config.get("learning_rate", 1e-2)
    return w - rate * dw / np.linalg.norm(dw), config


@misconception(
    "sgd.no_rate",
    hint="Two learning rates give you the same step. Where does yours enter?",
    caught_by=("test_sgd_walk", "test_sgd_learning_rate"),
)
def sgd_no_rate(w, dw, config):
    """w - dw."""
    return w - dw, config


@misconception(
    "sgd.fixed_rate",
    hint="The config names a learning rate. Which one do you use?",
    caught_by=("test_sgd_walk", "test_sgd_learning_rate"),
)
def sgd_fixed_rate(w, dw, config):
    """The learning rate is always 0.01."""
    return with_other(sgd, w, dw, config, learning_rate=1e-2)


@misconception(
    "sgd.other_default",
    hint="With an empty config, how large is your step?",
    caught_by=("test_sgd_learning_rate",),
)
def sgd_other_default(w, dw, config):
    """The default of the learning rate is 0.001."""
    return with_other(sgd, w, dw, config, defaults={"learning_rate": 1e-3})


@misconception(
    "sgd.remembers_rate",
    hint="The caller lowers the learning rate on the way. Which one do you look at?",
    caught_by=("test_sgd_learning_rate",),
)
def sgd_remembers_rate(w, dw, config):
    """The learning rate of the first step is kept."""
    first = config.setdefault("_first", config.get("learning_rate", 1e-2))
    return w - first * dw, config


@misconception(
    "sgd.decays_rate",
    hint="Your second step is shorter than it should be. Who is to lower the learning rate?",
    caught_by=("test_sgd_walk", "test_sgd_learning_rate"),
)
def sgd_decays_rate(w, dw, config):
    """The learning rate shrinks by itself."""
    step = config.get("_step", 0) + 1
    return w - config.get("learning_rate", 1e-2) / step * dw, config | {"_step": step}


@misconception(
    "sgd.divided",
    hint="A smaller learning rate makes your step longer.",
    caught_by=("test_sgd_walk", "test_sgd_learning_rate"),
)
def sgd_divided(w, dw, config):
    """dw / learning_rate."""
    rate = config.get("learning_rate", 1e-2)
    return w - dw / rate, config


@misconception(
    "sgd.shrinks",
    hint="With a gradient of 0 your weights move. Should they?",
    caught_by=("test_sgd_walk", "test_sgd_learning_rate"),
)
def sgd_shrinks(w, dw, config):
    """(1 - learning_rate) w - learning_rate dw."""
    rate = config.get("learning_rate", 1e-2)
    return (1 - rate) * w - rate * dw, config


@misconception(
    "sgd.step_only",
    hint="Your result is the step. Where does it lead?",
    caught_by=("test_sgd_walk", "test_sgd_learning_rate"),
)
def sgd_step_only(w, dw, config):
    """The step in the place of the new weights."""
    rate = config.get("learning_rate", 1e-2)
    return -rate * dw, config


@misconception(
    "sgd.with_momentum",
    hint="Your second step is longer than the first. That is the next question.",
    caught_by=("test_sgd_walk", "test_sgd_learning_rate"),
)
def sgd_with_momentum(w, dw, config):
    """Momentum of 0.9."""
    return sgd_momentum(w, dw, config)


@misconception(
    "sgd.averaged",
    hint="With twice as many weights your steps become shorter. Who divides, and by what?",
    caught_by=("test_sgd_walk", "test_sgd_learning_rate"),
)
def sgd_averaged(w, dw, config):
    """The gradient is divided by the number of weights."""
    rate = config.get("learning_rate", 1e-2)
    return w - rate * dw / len(dw), config


@misconception(
    "sgd.swapped",
    hint="Both results are right, and come in the other order.",
    caught_by=("test_sgd_walk", "test_sgd_learning_rate"),
)
def sgd_swapped(w, dw, config):
    """config, next_w."""
    next_w, config = sgd(w, dw, config)
    return config, next_w


@misconception(
    "sgd.no_config",
    hint="The loop needs the config for the next step. What comes back beside the weights?",
    caught_by=("test_sgd_walk", "test_sgd_learning_rate"),
)
def sgd_no_config(w, dw, config):
    """The config is not returned."""
    return sgd(w, dw, config)[0], None


@misconception(
    "sgd.in_place",
    hint="Return a new array; the caller may still need the old one.",
    caught_by=("test_sgd_leaves_its_arguments_alone",),
)
def sgd_in_place(w, dw, config):
    """w -= learning_rate * dw."""
    rate = config.get("learning_rate", 1e-2)
    w -= rate * dw
    return w, config


@misconception(
    "sgd.gradient_in_place",
    hint="The gradient has become smaller by your call. Where do you put the product?",
    caught_by=("test_sgd_leaves_its_arguments_alone",),
)
def sgd_gradient_in_place(w, dw, config):
    """dw *= learning_rate."""
    rate = config.get("learning_rate", 1e-2)
    dw *= rate
    return w - dw, config


# sgd_momentum


@misconception(
    "sgd_momentum.ema",
    hint=(
        "The form of the Coursera lectures averages gradients and is weaker by 1 - beta. Here v already "
        "contains the learning rate."
    ),
    caught_by=("test_momentum_walk", "test_momentum_velocity", "test_momentum_learning_rate", "test_momentum_defaults"),
)
def sgd_momentum_ema(w, dw, config):
    """v = mu v + (1 - mu) dw, the average of the Deep Learning Specialization."""
    rate, mu, v = settings_of(w, config)
    v = mu * v + (1 - mu) * dw
    return w - rate * v, stored(config, v)


@misconception(
    "sgd_momentum.ema_with_rate",
    hint="Your steps are too short by the factor 1 - momentum. Are the gradients averaged or added up?",
    caught_by=("test_momentum_walk", "test_momentum_velocity", "test_momentum_learning_rate", "test_momentum_defaults"),
)
def sgd_momentum_ema_with_rate(w, dw, config):
    """The average, with the learning rate inside."""
    rate, mu, v = settings_of(w, config)
    v = mu * v - (1 - mu) * rate * dw
    return w + v, stored(config, v)


@misconception(
    "sgd_momentum.pytorch",
    hint="While the learning rate stays the same this is the same walk. What differs once it drops?",
    caught_by=("test_momentum_learning_rate", "test_momentum_velocity"),
)
def sgd_momentum_pytorch(w, dw, config):
    """v = mu v + dw; w - learning_rate v: the rate outside, as in PyTorch."""
    rate, mu, v = settings_of(w, config)
    v = mu * v + dw
    return w - rate * v, stored(config, v)


@misconception(
    "sgd_momentum.plus_gradient",
    hint="Your weights climb. Which sign has the gradient in the velocity?",
    caught_by=("test_momentum_walk", "test_momentum_velocity", "test_momentum_learning_rate", "test_momentum_defaults"),
)
def sgd_momentum_plus_gradient(w, dw, config):
    """v = mu v + learning_rate dw; w + v."""
    rate, mu, v = settings_of(w, config)
    v = mu * v + rate * dw
    return w + v, stored(config, v)


@misconception(
    "sgd_momentum.minus_velocity",
    hint="The walk is right, and the velocity in the config points backwards.",
    caught_by=("test_momentum_velocity",),
)
def sgd_momentum_minus_velocity(w, dw, config):
    """v = mu v + learning_rate dw; w - v."""
    rate, mu, v = settings_of(w, config)
    v = mu * v + rate * dw
    return w - v, stored(config, v)


@misconception(
    "sgd_momentum.backwards",
    hint="Your weights climb. The velocity is where the weights are going.",
    caught_by=("test_momentum_walk", "test_momentum_learning_rate", "test_momentum_defaults"),
)
def sgd_momentum_backwards(w, dw, config):
    """v = mu v - learning_rate dw; w - v."""
    rate, mu, v = settings_of(w, config)
    v = mu * v - rate * dw
    return w - v, stored(config, v)


@misconception(
    "sgd_momentum.old_velocity",
    hint="Your first step goes nowhere. Which velocity moves the weights: the old or the new one?",
    caught_by=("test_momentum_walk", "test_momentum_learning_rate", "test_momentum_defaults"),
)
def sgd_momentum_old_velocity(w, dw, config):
    """w moves by the old velocity."""
    rate, mu, v = settings_of(w, config)
    new = mu * v - rate * dw
    return w + v, stored(config, new)


@misconception(
    "sgd_momentum.not_stored",
    hint="Every step of yours starts from rest. How does the velocity get into the next one?",
    caught_by=("test_momentum_walk", "test_momentum_velocity", "test_momentum_learning_rate", "test_momentum_defaults"),
)
def sgd_momentum_not_stored(w, dw, config):
    """The velocity is not stored."""
    rate, mu, v = settings_of(w, config)
    return w + mu * v - rate * dw, forgotten(config)


@misconception(
    "sgd_momentum.stores_old",
    hint="The velocity in your config never changes. Which one do you put there?",
    caught_by=("test_momentum_walk", "test_momentum_velocity", "test_momentum_learning_rate", "test_momentum_defaults"),
)
def sgd_momentum_stores_old(w, dw, config):
    """The old velocity is stored."""
    rate, mu, v = settings_of(w, config)
    return w + mu * v - rate * dw, stored(config, v)


@misconception(
    "sgd_momentum.no_momentum",
    hint="Your steps forget the one before. Where does momentum enter?",
    caught_by=("test_momentum_walk", "test_momentum_velocity", "test_momentum_learning_rate", "test_momentum_defaults"),
)
def sgd_momentum_no_momentum(w, dw, config):
    """Plain gradient descent."""
    rate, _mu, v = settings_of(w, config)
    v = -rate * dw
    return w + v, stored(config, v)


@misconception(
    "sgd_momentum.added_twice",
    hint="Your weights move by more than the velocity in your config. What else do you add?",
    caught_by=("test_momentum_walk", "test_momentum_learning_rate", "test_momentum_defaults"),
)
def sgd_momentum_added_twice(w, dw, config):
    """w + mu v + v."""
    rate, mu, v = settings_of(w, config)
    new = mu * v - rate * dw
    return w + new + mu * v, stored(config, new)


@misconception(
    "sgd_momentum.mu_on_both",
    hint="With momentum 0 your weights do not move at all. What does momentum multiply?",
    caught_by=("test_momentum_walk", "test_momentum_velocity", "test_momentum_learning_rate", "test_momentum_defaults"),
)
def sgd_momentum_mu_on_both(w, dw, config):
    """mu (v - learning_rate dw)."""
    rate, mu, v = settings_of(w, config)
    v = mu * (v - rate * dw)
    return w + v, stored(config, v)


@misconception(
    "sgd_momentum.undamped",
    hint="Momentum 0 and 0.9 give you the same walk. What keeps the velocity from growing for ever?",
    caught_by=("test_momentum_walk", "test_momentum_velocity", "test_momentum_learning_rate", "test_momentum_defaults"),
)
def sgd_momentum_undamped(w, dw, config):
    """v - learning_rate dw."""
    rate, _mu, v = settings_of(w, config)
    v = v - rate * dw
    return w + v, stored(config, v)


@misconception(
    "sgd_momentum.one_minus_mu",
    hint="With momentum 0 your velocity keeps everything. Which share of it should stay?",
    caught_by=("test_momentum_walk", "test_momentum_velocity", "test_momentum_learning_rate", "test_momentum_defaults"),
)
def sgd_momentum_one_minus_mu(w, dw, config):
    """(1 - mu) v - learning_rate dw."""
    rate, mu, v = settings_of(w, config)
    v = (1 - mu) * v - rate * dw
    return w + v, stored(config, v)


@misconception(
    "sgd_momentum.zero_replaced",
    hint="Momentum 0 is a value that a caller may want. What does your function make of it?",
    caught_by=("test_momentum_walk",),
)
def sgd_momentum_zero_replaced(w, dw, config):
    """A momentum of 0 counts as not given."""
    return with_other(sgd_momentum, w, dw, config, momentum=config.get("momentum", 0.9) or 0.9)


@misconception(
    "sgd_momentum.nesterov",
    hint="Your step looks ahead. Here the weights move by the velocity and by nothing else.",
    caught_by=("test_momentum_walk", "test_momentum_learning_rate", "test_momentum_defaults"),
)
def sgd_momentum_nesterov(w, dw, config):
    """The rule of question 4."""
    return sgd_nesterov(w, dw, config)


@misconception(
    "sgd_momentum.velocity_swapped",
    hint='What is in config["velocity"] after your first step: a step or a place?',
    caught_by=("test_momentum_walk", "test_momentum_velocity", "test_momentum_learning_rate", "test_momentum_defaults"),
)
def sgd_momentum_velocity_swapped(w, dw, config):
    """The config holds the new weights as velocity."""
    rate, mu, v = settings_of(w, config)
    v = mu * v - rate * dw
    return w + v, stored(config, w + v)


@misconception(
    "sgd_momentum.other_key",
    hint="Under which name does the next step look for the velocity?",
    caught_by=("test_momentum_walk", "test_momentum_velocity", "test_momentum_learning_rate", "test_momentum_defaults"),
)
def sgd_momentum_other_key(w, dw, config):
    """The velocity is stored as "v"."""
    rate, mu, v = settings_of(w, config)
    v = mu * v - rate * dw
    return w + v, config | {"v": v}


@misconception(
    "sgd_momentum.new_config",
    hint="The walk goes on with other settings than the caller gave. What else was in the config?",
    caught_by=("test_momentum_walk",),
)
def sgd_momentum_new_config(w, dw, config):
    """The returned config holds the velocity alone."""
    rate, mu, v = settings_of(w, config)
    v = mu * v - rate * dw
    return w + v, {"velocity": v}


@misconception(
    "sgd_momentum.other_rate",
    hint="With an empty config, how large is your first step?",
    caught_by=("test_momentum_defaults",),
)
def sgd_momentum_other_rate(w, dw, config):
    """The default of the learning rate is 0.001."""
    return with_other(sgd_momentum, w, dw, config, defaults={"learning_rate": 1e-3})


@misconception(
    "sgd_momentum.other_momentum",
    hint="With an empty config, which share of the velocity stays?",
    caught_by=("test_momentum_defaults",),
)
def sgd_momentum_other_momentum(w, dw, config):
    """The default of the momentum is 0.99."""
    return with_other(sgd_momentum, w, dw, config, defaults={"momentum": 0.99})


@misconception(
    "sgd_momentum.keys_required",
    hint="The config may be empty. What do you do when a key is missing?",
    caught_by=("test_momentum_defaults",),
)
def sgd_momentum_keys_required(w, dw, config):
    """config["momentum"] must be there."""
    return with_other(sgd_momentum, w, dw, config, momentum=config["momentum"])


@misconception(
    "sgd_momentum.in_place",
    hint="Return a new array; the caller may still need the old one.",
    caught_by=("test_momentum_leaves_its_arguments_alone",),
)
def sgd_momentum_in_place(w, dw, config):
    """w += v."""
    next_w, config = sgd_momentum(w, dw, config)
    w[...] = next_w
    return w, config


@misconception(
    "sgd_momentum.velocity_in_place",
    hint="Somebody may have kept the old velocity. Build a new array.",
    caught_by=("test_momentum_leaves_its_arguments_alone",),
)
def sgd_momentum_velocity_in_place(w, dw, config):
    """The stored velocity is changed in place."""
    rate, mu, v = settings_of(w, config)
    v *= mu
    v -= rate * dw
    return w + v, stored(config, v)


@misconception(
    "sgd_momentum.gradient_in_place",
    hint="The gradient has become smaller by your call. Where do you put the product?",
    caught_by=("test_momentum_leaves_its_arguments_alone",),
)
def sgd_momentum_gradient_in_place(w, dw, config):
    """dw *= learning_rate."""
    rate, mu, v = settings_of(w, config)
    dw *= rate
    v = mu * v - dw
    return w + v, stored(config, v)


# nesterov_step


@misconception(
    "nesterov_step.no_lookahead",
    hint="Nesterov first looks where the velocity is going to take it, and asks for the gradient there.",
    caught_by=("test_nesterov_asks_ahead", "test_nesterov_walk"),
)
def nesterov_step_no_lookahead(w, v, grad_fn, learning_rate, momentum):
    """The gradient at w: ordinary momentum."""
    next_v = momentum * v - learning_rate * grad_fn(w)
    return w + next_v, next_v


@misconception(
    "nesterov_step.full_v",
    hint="The look-ahead step is momentum times v, not v.",
    caught_by=("test_nesterov_asks_ahead", "test_nesterov_walk"),
)
def nesterov_step_full_v(w, v, grad_fn, learning_rate, momentum):
    """The gradient at w + v."""
    next_v = momentum * v - learning_rate * grad_fn(w + v)
    return w + next_v, next_v


@misconception(
    "nesterov_step.behind",
    hint="You look back. In which direction does the velocity lead?",
    caught_by=("test_nesterov_asks_ahead", "test_nesterov_walk"),
)
def nesterov_step_behind(w, v, grad_fn, learning_rate, momentum):
    """The gradient at w - momentum v."""
    next_v = momentum * v - learning_rate * grad_fn(w - momentum * v)
    return w + next_v, next_v


@misconception(
    "nesterov_step.after_plain_step",
    hint="You ask twice. Where does the velocity lead before any gradient is known?",
    caught_by=("test_nesterov_asks_ahead", "test_nesterov_walk"),
)
def nesterov_step_after_plain_step(w, v, grad_fn, learning_rate, momentum):
    """The gradient where a step of ordinary momentum ends, one call more."""
    there = w + momentum * v - learning_rate * grad_fn(w)
    next_v = momentum * v - learning_rate * grad_fn(there)
    return w + next_v, next_v


@misconception(
    "nesterov_step.asks_twice",
    hint="grad_fn is expensive. How often do you need its answer?",
    caught_by=("test_nesterov_asks_ahead",),
)
def nesterov_step_asks_twice(w, v, grad_fn, learning_rate, momentum):
    """grad_fn is called twice at the same point."""
    grad_fn(w + momentum * v)
    return nesterov_step(w, v, grad_fn, learning_rate, momentum)


@misconception(
    "nesterov_step.starts_ahead",
    hint="You asked ahead, but you still stand at w. From where does the step start?",
    caught_by=("test_nesterov_walk",),
)
def nesterov_step_starts_ahead(w, v, grad_fn, learning_rate, momentum):
    """The step starts at the point ahead."""
    point = w + momentum * v
    next_v = momentum * v - learning_rate * grad_fn(point)
    return point + next_v, next_v


@misconception(
    "nesterov_step.no_velocity",
    hint="What becomes of the old velocity in your step?",
    caught_by=("test_nesterov_walk",),
)
def nesterov_step_no_velocity(w, v, grad_fn, learning_rate, momentum):
    """A gradient step from w with the gradient ahead."""
    next_v = -learning_rate * grad_fn(w + momentum * v)
    return w + next_v, next_v


@misconception(
    "nesterov_step.plus",
    hint="Your weights climb. Which sign has the gradient in the velocity?",
    caught_by=("test_nesterov_walk",),
)
def nesterov_step_plus(w, v, grad_fn, learning_rate, momentum):
    """The gradient is added."""
    next_v = momentum * v + learning_rate * grad_fn(w + momentum * v)
    return w + next_v, next_v


@misconception(
    "nesterov_step.old_velocity",
    hint="Which velocity moves the weights: the old or the new one?",
    caught_by=("test_nesterov_walk",),
)
def nesterov_step_old_velocity(w, v, grad_fn, learning_rate, momentum):
    """w moves by the old velocity."""
    next_v = momentum * v - learning_rate * grad_fn(w + momentum * v)
    return w + v, next_v


@misconception(
    "nesterov_step.old_returned",
    hint="The velocity that you hand back never changes.",
    caught_by=("test_nesterov_walk",),
)
def nesterov_step_old_returned(w, v, grad_fn, learning_rate, momentum):
    """The old velocity is returned."""
    next_w, _ = nesterov_step(w, v, grad_fn, learning_rate, momentum)
    return next_w, v.copy()


@misconception(
    "nesterov_step.ema",
    hint="Your steps are too short by the factor 1 - momentum. Are the gradients averaged or added up?",
    caught_by=("test_nesterov_walk",),
)
def nesterov_step_ema(w, v, grad_fn, learning_rate, momentum):
    """(1 - momentum) times the gradient."""
    next_v = momentum * v - (1 - momentum) * learning_rate * grad_fn(w + momentum * v)
    return w + next_v, next_v


@misconception(
    "nesterov_step.rate_outside",
    hint="Your velocity is not the step: it is larger. Where does the learning rate belong?",
    caught_by=("test_nesterov_walk",),
)
def nesterov_step_rate_outside(w, v, grad_fn, learning_rate, momentum):
    """The learning rate is outside the velocity."""
    next_v = momentum * v - grad_fn(w + momentum * v)
    return w + learning_rate * next_v, next_v


@misconception(
    "nesterov_step.undamped",
    hint="Momentum 0 should forget the old velocity. What multiplies it in your step?",
    caught_by=("test_nesterov_walk",),
)
def nesterov_step_undamped(w, v, grad_fn, learning_rate, momentum):
    """The old velocity is kept whole."""
    next_v = v - learning_rate * grad_fn(w + momentum * v)
    return w + next_v, next_v


@misconception(
    "nesterov_step.swapped",
    hint="Both results are right, and come in the other order.",
    caught_by=("test_nesterov_walk",),
)
def nesterov_step_swapped(w, v, grad_fn, learning_rate, momentum):
    """next_v, next_w."""
    return nesterov_step(w, v, grad_fn, learning_rate, momentum)[::-1]


@misconception(
    "nesterov_step.fixed_momentum",
    hint="The caller gives a momentum. Which one do you use?",
    caught_by=("test_nesterov_asks_ahead", "test_nesterov_walk"),
)
def nesterov_step_fixed_momentum(w, v, grad_fn, learning_rate, momentum):
    """momentum is always 0.9."""
    return nesterov_step(w, v, grad_fn, learning_rate, 0.9)


@misconception(
    "nesterov_step.no_rate",
    hint="Two learning rates give you the same step.",
    caught_by=("test_nesterov_walk",),
)
def nesterov_step_no_rate(w, v, grad_fn, learning_rate, momentum):
    """The learning rate is not used."""
    return nesterov_step(w, v, grad_fn, 1.0, momentum)


@misconception(
    "nesterov_step.stores_ahead",
    hint="The new weights are w plus the new velocity. What do you return?",
    caught_by=("test_nesterov_walk",),
)
def nesterov_step_stores_ahead(w, v, grad_fn, learning_rate, momentum):
    """The weights ahead are returned, as in question 4."""
    next_w, next_v = nesterov_step(w, v, grad_fn, learning_rate, momentum)
    return next_w + momentum * next_v, next_v


@misconception(
    "nesterov_step.in_place",
    hint="Return new arrays; the caller may still need the old ones.",
    caught_by=("test_nesterov_leaves_its_arguments_alone",),
)
def nesterov_step_in_place(w, v, grad_fn, learning_rate, momentum):
    """w += next_v."""
    next_w, next_v = nesterov_step(w, v, grad_fn, learning_rate, momentum)
    w[...] = next_w
    return w, next_v


@misconception(
    "nesterov_step.velocity_in_place",
    hint="The old velocity has changed. Where do you put the new one?",
    caught_by=("test_nesterov_leaves_its_arguments_alone",),
)
def nesterov_step_velocity_in_place(w, v, grad_fn, learning_rate, momentum):
    """v is overwritten."""
    next_w, next_v = nesterov_step(w, v, grad_fn, learning_rate, momentum)
    v[...] = next_v
    return next_w, v


@misconception(
    "nesterov_step.moves_and_back",
    hint="You moved w itself to look ahead. Who puts it back?",
    caught_by=("test_nesterov_leaves_its_arguments_alone",),
)
def nesterov_step_moves_and_back(w, v, grad_fn, learning_rate, momentum):
    """w is moved ahead in place and not put back."""
    next_w, next_v = nesterov_step(w, v, grad_fn, learning_rate, momentum)
    w += momentum * v
    return next_w, next_v


# sgd_nesterov


@misconception(
    "sgd_nesterov.plain_momentum",
    hint="This is the ordinary momentum step; the change of variable adds two terms.",
    caught_by=("test_stored_ahead_walk", "test_stored_point_is_the_one_ahead", "test_stored_ahead_learning_rate"),
)
def sgd_nesterov_plain_momentum(w, dw, config):
    """w + v."""
    rate, mu, v = settings_of(w, config)
    new = mu * v - rate * dw
    return w + new, stored(config, new)


@misconception(
    "sgd_nesterov.no_prev",
    hint="The stored point is already ahead by momentum times the old velocity; take that back first.",
    caught_by=("test_stored_ahead_walk", "test_stored_point_is_the_one_ahead", "test_stored_ahead_learning_rate"),
)
def sgd_nesterov_no_prev(w, dw, config):
    """w + (1 + mu) v."""
    rate, mu, v = settings_of(w, config)
    new = mu * v - rate * dw
    return w + (1 + mu) * new, stored(config, new)


@misconception(
    "sgd_nesterov.prev_added",
    hint="The stored point is already ahead by momentum times the old velocity. Is that taken back or added again?",
    caught_by=("test_stored_ahead_walk", "test_stored_point_is_the_one_ahead", "test_stored_ahead_learning_rate"),
)
def sgd_nesterov_prev_added(w, dw, config):
    """w + mu v_prev + (1 + mu) v."""
    rate, mu, v = settings_of(w, config)
    new = mu * v - rate * dw
    return w + mu * v + (1 + mu) * new, stored(config, new)


@misconception(
    "sgd_nesterov.prev_whole",
    hint="By how much is the stored point ahead: by the old velocity, or by a share of it?",
    caught_by=("test_stored_ahead_walk", "test_stored_point_is_the_one_ahead", "test_stored_ahead_learning_rate"),
)
def sgd_nesterov_prev_whole(w, dw, config):
    """w - v_prev + (1 + mu) v."""
    rate, mu, v = settings_of(w, config)
    new = mu * v - rate * dw
    return w - v + (1 + mu) * new, stored(config, new)


@misconception(
    "sgd_nesterov.not_ahead_again",
    hint="The step is right, but the new weights must be ahead again. Which term takes them there?",
    caught_by=("test_stored_ahead_walk", "test_stored_point_is_the_one_ahead", "test_stored_ahead_learning_rate"),
)
def sgd_nesterov_not_ahead_again(w, dw, config):
    """w - mu v_prev + v."""
    rate, mu, v = settings_of(w, config)
    new = mu * v - rate * dw
    return w - mu * v + new, stored(config, new)


@misconception(
    "sgd_nesterov.ahead_by_one",
    hint="By how much of the new velocity are the new weights ahead?",
    caught_by=("test_stored_ahead_walk", "test_stored_point_is_the_one_ahead", "test_stored_ahead_learning_rate"),
)
def sgd_nesterov_ahead_by_one(w, dw, config):
    """w - mu v_prev + 2 v."""
    rate, mu, v = settings_of(w, config)
    new = mu * v - rate * dw
    return w - mu * v + 2 * new, stored(config, new)


@misconception(
    "sgd_nesterov.pytorch",
    hint="While the learning rate stays the same this is the same walk. What differs once it drops?",
    caught_by=("test_stored_ahead_learning_rate",),
)
def sgd_nesterov_pytorch(w, dw, config):
    """The learning rate outside the velocity, as in PyTorch."""
    rate, mu, v = settings_of(w, config)
    new = mu * v + dw
    return w - rate * (dw + mu * new), stored(config, new)


@misconception(
    "sgd_nesterov.ema",
    hint="Your steps are too short by the factor 1 - momentum. Are the gradients averaged or added up?",
    caught_by=("test_stored_ahead_walk", "test_stored_point_is_the_one_ahead", "test_stored_ahead_learning_rate"),
)
def sgd_nesterov_ema(w, dw, config):
    """v = mu v - (1 - mu) learning_rate dw."""
    rate, mu, v = settings_of(w, config)
    new = mu * v - (1 - mu) * rate * dw
    return w - mu * v + (1 + mu) * new, stored(config, new)


@misconception(
    "sgd_nesterov.plus",
    hint="Your weights climb. Which sign has the gradient in the velocity?",
    caught_by=("test_stored_ahead_walk", "test_stored_point_is_the_one_ahead", "test_stored_ahead_learning_rate"),
)
def sgd_nesterov_plus(w, dw, config):
    """The gradient is added."""
    rate, mu, v = settings_of(w, config)
    new = mu * v + rate * dw
    return w - mu * v + (1 + mu) * new, stored(config, new)


@misconception(
    "sgd_nesterov.stores_old",
    hint="The velocity in your config never changes. Which one do you put there?",
    caught_by=("test_stored_ahead_walk", "test_stored_point_is_the_one_ahead", "test_stored_ahead_learning_rate"),
)
def sgd_nesterov_stores_old(w, dw, config):
    """The old velocity is stored."""
    rate, mu, v = settings_of(w, config)
    new = mu * v - rate * dw
    return w - mu * v + (1 + mu) * new, stored(config, v)


@misconception(
    "sgd_nesterov.stores_step",
    hint="The step of the stored weights is not the velocity. Which of the two do you keep?",
    caught_by=("test_stored_ahead_walk", "test_stored_point_is_the_one_ahead", "test_stored_ahead_learning_rate"),
)
def sgd_nesterov_stores_step(w, dw, config):
    """The whole step is stored as velocity."""
    rate, mu, v = settings_of(w, config)
    new = mu * v - rate * dw
    step = -mu * v + (1 + mu) * new
    return w + step, stored(config, step)


@misconception(
    "sgd_nesterov.not_stored",
    hint="Every step of yours starts from rest.",
    caught_by=("test_stored_ahead_walk", "test_stored_point_is_the_one_ahead", "test_stored_ahead_learning_rate"),
)
def sgd_nesterov_not_stored(w, dw, config):
    """The velocity is not stored."""
    rate, mu, v = settings_of(w, config)
    new = mu * v - rate * dw
    return w - mu * v + (1 + mu) * new, forgotten(config)


@misconception(
    "sgd_nesterov.other_default",
    hint="With an empty config, which share of the velocity stays?",
    caught_by=("test_stored_ahead_learning_rate",),
)
def sgd_nesterov_other_default(w, dw, config):
    """The default of the momentum is 0.99."""
    return with_other(sgd_nesterov, w, dw, config, defaults={"momentum": 0.99})


@misconception(
    "sgd_nesterov.other_rate",
    hint="With an empty config, how large is your first step?",
    caught_by=("test_stored_ahead_learning_rate",),
)
def sgd_nesterov_other_rate(w, dw, config):
    """The default of the learning rate is 0.001."""
    return with_other(sgd_nesterov, w, dw, config, defaults={"learning_rate": 1e-3})


@misconception(
    "sgd_nesterov.fixed_momentum",
    hint="The config names a momentum. Which one do you use?",
    caught_by=("test_stored_ahead_walk", "test_stored_point_is_the_one_ahead"),
)
def sgd_nesterov_fixed_momentum(w, dw, config):
    """The momentum is always 0.9."""
    return with_other(sgd_nesterov, w, dw, config, momentum=0.9)


@misconception(
    "sgd_nesterov.in_place",
    hint="Build a new velocity array. Somebody may have kept the old one.",
    caught_by=("test_stored_ahead_leaves_its_arguments_alone",),
)
def sgd_nesterov_in_place(w, dw, config):
    """The stored velocity is changed in place."""
    rate, mu, v = settings_of(w, config)
    before = v.copy()
    v *= mu
    v -= rate * dw
    return w - mu * before + (1 + mu) * v, stored(config, v)


@misconception(
    "sgd_nesterov.weights_in_place",
    hint="Return a new array; the caller may still need the old weights.",
    caught_by=("test_stored_ahead_leaves_its_arguments_alone",),
)
def sgd_nesterov_weights_in_place(w, dw, config):
    """w is overwritten."""
    next_w, config = sgd_nesterov(w, dw, config)
    w[...] = next_w
    return w, config


# sgd_momentum_decay


@misconception(
    "sgd_momentum_decay.always_coupled",
    hint=(
        "They coincide for plain gradient descent only. With momentum the L2 term is also accumulated in the velocity."
    ),
    caught_by=("test_decay_walk", "test_decay_without_momentum", "test_decay_learning_rate"),
)
def sgd_momentum_decay_always_coupled(w, dw, config):
    """The flag is ignored: everything through the velocity."""
    rate, mu, v = settings_of(w, config)
    wd, _decoupled = decay_of(config)
    new = mu * v - rate * (dw + wd * w)
    return w + new - 0.0, stored(config, new)


@misconception(
    "sgd_momentum_decay.always_decoupled",
    hint="With decoupled=False the decay is the gradient of a penalty. What happens to gradients?",
    caught_by=("test_decay_walk", "test_decay_without_momentum", "test_decay_learning_rate", "test_decay_defaults"),
)
def sgd_momentum_decay_always_decoupled(w, dw, config):
    """The flag is ignored: nothing through the velocity."""
    rate, mu, v = settings_of(w, config)
    wd, _decoupled = decay_of(config)
    new = mu * v - rate * (dw)
    return w + new - rate * wd * w, stored(config, new)


@misconception(
    "sgd_momentum_decay.flag_inverted",
    hint='Which variant is "decoupled": the one through the velocity, or the one beside it?',
    caught_by=("test_decay_walk", "test_decay_learning_rate", "test_decay_defaults"),
)
def sgd_momentum_decay_flag_inverted(w, dw, config):
    """The two variants are exchanged."""
    rate, mu, v = settings_of(w, config)
    wd, decoupled = decay_of(config)
    new = mu * v - rate * (dw + wd * w if decoupled else dw)
    return w + new - (0.0 if decoupled else rate * wd * w), stored(config, new)


@misconception(
    "sgd_momentum_decay.both",
    hint="The penalty was applied twice. One way or the other.",
    caught_by=("test_decay_walk", "test_decay_learning_rate", "test_decay_without_momentum"),
)
def sgd_momentum_decay_both(w, dw, config):
    """L2 in the gradient and decay again."""
    rate, mu, v = settings_of(w, config)
    wd, decoupled = decay_of(config)
    new = mu * v - rate * (dw + wd * w)
    return w + new - (rate * wd * w if decoupled else 0.0), stored(config, new)


@misconception(
    "sgd_momentum_decay.no_rate",
    hint="In this course the decay step is the learning rate times weight_decay times w.",
    caught_by=("test_decay_walk", "test_decay_learning_rate", "test_decay_without_momentum"),
)
def sgd_momentum_decay_no_rate(w, dw, config):
    """Decoupled decay without the learning rate."""
    rate, mu, v = settings_of(w, config)
    wd, decoupled = decay_of(config)
    new = mu * v - rate * (dw if decoupled else dw + wd * w)
    return w + new - (wd * w if decoupled else 0.0), stored(config, new)


@misconception(
    "sgd_momentum_decay.no_rate_coupled",
    hint="The decay is part of the gradient with decoupled=False. Does the learning rate reach it?",
    caught_by=("test_decay_walk", "test_decay_learning_rate", "test_decay_without_momentum", "test_decay_defaults"),
)
def sgd_momentum_decay_no_rate_coupled(w, dw, config):
    """Coupled decay without the learning rate."""
    rate, mu, v = settings_of(w, config)
    wd, decoupled = decay_of(config)
    new = mu * v - rate * dw - (0.0 if decoupled else wd * w)
    return w + new - (rate * wd * w if decoupled else 0.0), stored(config, new)


@misconception(
    "sgd_momentum_decay.growth",
    hint="The weights should shrink.",
    caught_by=("test_decay_walk", "test_decay_without_momentum", "test_decay_learning_rate"),
)
def sgd_momentum_decay_growth(w, dw, config):
    """A plus sign."""
    rate, mu, v = settings_of(w, config)
    wd, decoupled = decay_of(config)
    new = mu * v - rate * (dw if decoupled else dw + wd * w)
    return w + new - (-rate * wd * w if decoupled else 0.0), stored(config, new)


@misconception(
    "sgd_momentum_decay.growth_coupled",
    hint="With decoupled=False your weights grow. Which sign has the gradient of a penalty?",
    caught_by=("test_decay_walk", "test_decay_without_momentum", "test_decay_learning_rate", "test_decay_defaults"),
)
def sgd_momentum_decay_growth_coupled(w, dw, config):
    """A minus sign inside the gradient."""
    rate, mu, v = settings_of(w, config)
    wd, decoupled = decay_of(config)
    new = mu * v - rate * (dw if decoupled else dw - wd * w)
    return w + new - (rate * wd * w if decoupled else 0.0), stored(config, new)


@misconception(
    "sgd_momentum_decay.new_weights",
    hint="Which weights shrink: those before the step, or those after it?",
    caught_by=("test_decay_walk", "test_decay_without_momentum", "test_decay_learning_rate"),
)
def sgd_momentum_decay_new_weights(w, dw, config):
    """The new weights are shrunk."""
    rate, mu, v = settings_of(w, config)
    wd, decoupled = decay_of(config)
    new = mu * v - rate * (dw if decoupled else dw + wd * w)
    next_w = w + new
    return (next_w - rate * wd * next_w if decoupled else next_w), stored(config, new)


@misconception(
    "sgd_momentum_decay.halved",
    hint="The penalty has a 1/2; its gradient has none left. And the decay?",
    caught_by=("test_decay_walk", "test_decay_without_momentum", "test_decay_learning_rate", "test_decay_defaults"),
)
def sgd_momentum_decay_halved(w, dw, config):
    """weight_decay / 2."""
    return with_other(sgd_momentum_decay, w, dw, config, weight_decay=0.5 * config.get("weight_decay", 0.0))


@misconception(
    "sgd_momentum_decay.doubled",
    hint="The penalty has a 1/2, so its gradient has no 2.",
    caught_by=("test_decay_walk", "test_decay_without_momentum", "test_decay_learning_rate", "test_decay_defaults"),
)
def sgd_momentum_decay_doubled(w, dw, config):
    """2 weight_decay w."""
    return with_other(sgd_momentum_decay, w, dw, config, weight_decay=2 * config.get("weight_decay", 0.0))


@misconception(
    "sgd_momentum_decay.l1",
    hint="A decay takes more from larger weights. Does yours?",
    caught_by=("test_decay_walk", "test_decay_without_momentum", "test_decay_learning_rate", "test_decay_defaults"),
)
def sgd_momentum_decay_l1(w, dw, config):
    """The sign of w."""
    rate, mu, v = settings_of(w, config)
    wd, decoupled = decay_of(config)
    new = mu * v - rate * (dw if decoupled else dw + wd * np.sign(w))
    return w + new - (rate * wd * np.sign(w) if decoupled else 0.0), stored(config, new)


@misconception(
    "sgd_momentum_decay.rate_squared",
    hint="Halve the learning rate: your decay becomes a quarter.",
    caught_by=("test_decay_walk", "test_decay_without_momentum", "test_decay_learning_rate", "test_decay_defaults"),
)
def sgd_momentum_decay_rate_squared(w, dw, config):
    """The learning rate counts twice for the decay."""
    rate, mu, v = settings_of(w, config)
    wd, decoupled = decay_of(config)
    new = mu * v - rate * (dw if decoupled else dw + rate * wd * w)
    return w + new - (rate * rate * wd * w if decoupled else 0.0), stored(config, new)


@misconception(
    "sgd_momentum_decay.no_decay",
    hint="Two values of weight_decay give you the same walk.",
    caught_by=("test_decay_walk", "test_decay_without_momentum", "test_decay_learning_rate", "test_decay_defaults"),
)
def sgd_momentum_decay_no_decay(w, dw, config):
    """weight_decay is not used."""
    rate, mu, v = settings_of(w, config)
    _wd, _decoupled = decay_of(config)
    new = mu * v - rate * (dw)
    return w + new - 0.0, stored(config, new)


@misconception(
    "sgd_momentum_decay.multiplies_velocity",
    hint="What shrinks by the decay: the weights or the velocity?",
    caught_by=("test_decay_walk", "test_decay_without_momentum", "test_decay_learning_rate"),
)
def sgd_momentum_decay_multiplies_velocity(w, dw, config):
    """The velocity is shrunk."""
    rate, mu, v = settings_of(w, config)
    wd, decoupled = decay_of(config)
    new = mu * v - rate * (dw if decoupled else dw + wd * w)
    return w + new - (rate * wd * new if decoupled else 0.0), stored(config, new)


@misconception(
    "sgd_momentum_decay.one_minus_rate",
    hint="The decay is not averaged. Which factor is there too much?",
    caught_by=("test_decay_walk", "test_decay_learning_rate"),
)
def sgd_momentum_decay_one_minus_rate(w, dw, config):
    """The decoupled decay is (1 - momentum) times too small."""
    rate, mu, v = settings_of(w, config)
    wd, decoupled = decay_of(config)
    new = mu * v - rate * (dw if decoupled else dw + wd * w)
    return w + new - ((1 - mu) * rate * wd * w if decoupled else 0.0), stored(config, new)


@misconception(
    "sgd_momentum_decay.default_decoupled",
    hint="Which of the two variants is it when the config does not say?",
    caught_by=("test_decay_defaults",),
)
def sgd_momentum_decay_default_decoupled(w, dw, config):
    """Decoupled if nothing is said."""
    return with_other(sgd_momentum_decay, w, dw, config, defaults={"decoupled": True})


@misconception(
    "sgd_momentum_decay.default_decay",
    hint="Without a weight_decay there is none. What is your default?",
    caught_by=("test_decay_defaults",),
)
def sgd_momentum_decay_default_decay(w, dw, config):
    """A weight_decay of 0.01 if none is given."""
    return with_other(sgd_momentum_decay, w, dw, config, defaults={"weight_decay": 0.01})


@misconception(
    "sgd_momentum_decay.not_stored",
    hint="Every step of yours starts from rest.",
    caught_by=("test_decay_walk", "test_decay_learning_rate", "test_decay_without_momentum", "test_decay_defaults"),
)
def sgd_momentum_decay_not_stored(w, dw, config):
    """The velocity is not stored."""
    next_w, _new = sgd_momentum_decay(w, dw, config)
    return next_w, forgotten(config)


@misconception(
    "sgd_momentum_decay.pytorch",
    hint="While the learning rate stays the same the walk is the same. What differs once it drops?",
    caught_by=("test_decay_learning_rate", "test_decay_walk"),
)
def sgd_momentum_decay_pytorch(w, dw, config):
    """The learning rate outside the velocity, as in PyTorch."""
    rate, mu, v = settings_of(w, config)
    wd, decoupled = decay_of(config)
    new = mu * v + (dw if decoupled else dw + wd * w)
    return w - rate * new - (rate * wd * w if decoupled else 0.0), stored(config, new)


@misconception(
    "sgd_momentum_decay.in_place",
    hint="Return a new array; the caller may still need the old weights.",
    caught_by=("test_decay_leaves_its_arguments_alone",),
)
def sgd_momentum_decay_in_place(w, dw, config):
    """w is shrunk in place."""
    wd, _decoupled = decay_of(config)
    result = sgd_momentum_decay(w, dw, config)
    w *= 1 - config.get("learning_rate", 1e-2) * wd
    return result


@misconception(
    "sgd_momentum_decay.gradient_in_place",
    hint="The gradient has changed. The caller may want to look at it without the penalty.",
    caught_by=("test_decay_leaves_its_arguments_alone",),
)
def sgd_momentum_decay_gradient_in_place(w, dw, config):
    """dw += weight_decay w."""
    wd, _decoupled = decay_of(config)
    result = sgd_momentum_decay(w, dw, config)
    dw += wd * w
    return result


@misconception(
    "sgd_momentum_decay.velocity_in_place",
    hint="Somebody may have kept the old velocity. Build a new array.",
    caught_by=("test_decay_leaves_its_arguments_alone",),
)
def sgd_momentum_decay_velocity_in_place(w, dw, config):
    """The stored velocity is changed in place."""
    velocity = config["velocity"]
    next_w, config = sgd_momentum_decay(w, dw, config)
    velocity[...] = config["velocity"]
    return next_w, stored(config, velocity)
