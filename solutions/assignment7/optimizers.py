"""Update rules: how a gradient becomes a step.

Most of them are called as `next_w, config = rule(w, dw, config)`. The dictionary `config` holds the settings, and what
a rule remembers from step to step; the one that came back goes into the next step.
"""

from collections.abc import Callable
from typing import Any

import numpy as np


def sgd(w: np.ndarray, dw: np.ndarray, config: dict[str, Any]) -> tuple[np.ndarray, dict[str, Any]]:
    """Return the weights after one step of plain gradient descent.

    Formula: next_w = w - learning_rate * dw.

    Args:
        w: weights, any shape.
        dw: gradient, of w's shape.
        config: "learning_rate" (1e-2).

    Returns:
        next_w: a new array of w's shape.
        config: the settings, for the next step.

    Example:
        >>> w, dw = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[2.0, 0.0], [-2.0, 4.0]])
        >>> sgd(w, dw, {"learning_rate": 0.5})[0]
        array([[0., 2.],
               [4., 2.]])
    """
    learning_rate = config.get("learning_rate", 1e-2)
    ### BEGIN SOLUTION
    return w - learning_rate * dw, config
    ### END SOLUTION


def sgd_momentum(w: np.ndarray, dw: np.ndarray, config: dict[str, Any]) -> tuple[np.ndarray, dict[str, Any]]:
    """Return the weights after one step of gradient descent with momentum (Polyak 1964).

    Formulas: v <- momentum * v - learning_rate * dw; next_w = w + v. The velocity v is kept in the config that is
    returned, as a new array; the learning rate is inside it.

    Args:
        w: weights, any shape.
        dw: gradient, of w's shape.
        config: "learning_rate" (1e-2), "momentum" (0.9), "velocity" (zeros of w's shape before the first step).

    Returns:
        next_w: a new array of w's shape.
        config: the settings, with the new "velocity".

    Example:
        >>> w, dw = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[2.0, 0.0], [-2.0, 4.0]])
        >>> config = {"learning_rate": 0.5, "momentum": 0.5, "velocity": np.array([[4.0, 0.0], [0.0, 2.0]])}
        >>> next_w, config = sgd_momentum(w, dw, config)
        >>> config["velocity"]
        array([[ 1.,  0.],
               [ 1., -1.]])
        >>> next_w
        array([[2., 2.],
               [4., 3.]])
    """
    learning_rate = config.get("learning_rate", 1e-2)
    momentum = config.get("momentum", 0.9)
    velocity = config.get("velocity", np.zeros_like(w))
    ### BEGIN SOLUTION
    config["velocity"] = momentum * velocity - learning_rate * dw
    return w + config["velocity"], config
    ### END SOLUTION


def nesterov_step(
    w: np.ndarray, v: np.ndarray, grad_fn: Callable[[np.ndarray], np.ndarray], learning_rate: float, momentum: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return weights and velocity after one step with Nesterov's momentum (Sutskever et al. 2013, section 2).

    The gradient is taken where the velocity is about to lead: g = grad_fn(w + momentum * v). Then as with ordinary
    momentum: next_v = momentum * v - learning_rate * g; next_w = w + next_v.

    Args:
        w: weights, any shape.
        v: velocity, of w's shape.
        grad_fn: gives the gradient at any point; it is expensive, so ask it once.
        learning_rate, momentum: numbers.

    Returns:
        next_w: a new array of w's shape.
        next_v: a new array of w's shape.

    Example:
        The gradient of |w|^2 / 2 is w itself.

        >>> w, v = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[2.0, 0.0], [-2.0, 4.0]])
        >>> next_w, next_v = nesterov_step(w, v, lambda point: point, learning_rate=0.5, momentum=0.5)
        >>> next_v
        array([[ 0., -1.],
               [-2., -1.]])
        >>> next_w
        array([[1., 1.],
               [1., 3.]])
    """
    ### BEGIN SOLUTION
    next_v = momentum * v - learning_rate * grad_fn(w + momentum * v)
    return w + next_v, next_v
    ### END SOLUTION


def sgd_nesterov(w: np.ndarray, dw: np.ndarray, config: dict[str, Any]) -> tuple[np.ndarray, dict[str, Any]]:
    """Return the weights after one step with Nesterov's momentum, where the stored weights are the ones ahead.

    A training loop has the gradient at the weights that it holds. So hold those at which `nesterov_step` would ask
    for it, w_ahead = w + momentum * v, and rewrite the step in them (Bengio et al. 2013):
    v_new = momentum * v - learning_rate * dw; next_w = w - momentum * v + (1 + momentum) * v_new.

    Args:
        w: weights, any shape, already ahead.
        dw: gradient at w, of w's shape.
        config: "learning_rate" (1e-2), "momentum" (0.9), "velocity" (zeros of w's shape before the first step).

    Returns:
        next_w: a new array of w's shape, ahead again.
        config: the settings, with the new "velocity".

    Example:
        >>> w, dw = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[2.0, 0.0], [-2.0, 4.0]])
        >>> config = {"learning_rate": 0.5, "momentum": 0.5, "velocity": np.array([[4.0, 0.0], [0.0, 2.0]])}
        >>> next_w, config = sgd_nesterov(w, dw, config)
        >>> config["velocity"]
        array([[ 1.,  0.],
               [ 1., -1.]])
        >>> next_w
        array([[0.5, 2. ],
               [4.5, 1.5]])
    """
    learning_rate = config.get("learning_rate", 1e-2)
    momentum = config.get("momentum", 0.9)
    velocity = config.get("velocity", np.zeros_like(w))
    ### BEGIN SOLUTION
    config["velocity"] = momentum * velocity - learning_rate * dw
    return w - momentum * velocity + (1 + momentum) * config["velocity"], config
    ### END SOLUTION


def sgd_momentum_decay(w: np.ndarray, dw: np.ndarray, config: dict[str, Any]) -> tuple[np.ndarray, dict[str, Any]]:
    """Return the weights after one step with momentum and weight decay (Loshchilov and Hutter 2019).

    With decoupled=False the decay is the gradient of an L2 penalty and goes through the velocity:

        v <- momentum * v - learning_rate * (dw + weight_decay * w);     next_w = w + v

    With decoupled=True it shrinks the weights beside it, scaled by the learning rate:

        v <- momentum * v - learning_rate * dw;     next_w = w + v - learning_rate * weight_decay * w

    Args:
        w: weights, any shape.
        dw: gradient of the loss without a penalty, of w's shape.
        config: "learning_rate" (1e-2), "momentum" (0.9), "weight_decay" (0), "decoupled" (False), "velocity" (zeros
            of w's shape before the first step).

    Returns:
        next_w: a new array of w's shape.
        config: the settings, with the new "velocity".

    Example:
        >>> w, dw = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[2.0, 0.0], [-2.0, 4.0]])
        >>> settings = {"learning_rate": 0.5, "momentum": 0.5, "weight_decay": 0.5}
        >>> settings["velocity"] = np.array([[4.0, 0.0], [0.0, 2.0]])
        >>> _, coupled = sgd_momentum_decay(w, dw, {**settings, "decoupled": False})
        >>> coupled["velocity"]
        array([[ 0.75, -0.5 ],
               [ 0.25, -2.  ]])
        >>> next_w, decoupled = sgd_momentum_decay(w, dw, {**settings, "decoupled": True})
        >>> decoupled["velocity"]
        array([[ 1.,  0.],
               [ 1., -1.]])
        >>> next_w
        array([[1.75, 1.5 ],
               [3.25, 2.  ]])
    """
    learning_rate = config.get("learning_rate", 1e-2)
    momentum = config.get("momentum", 0.9)
    weight_decay = config.get("weight_decay", 0.0)
    decoupled = config.get("decoupled", False)
    velocity = config.get("velocity", np.zeros_like(w))
    ### BEGIN SOLUTION
    pull = weight_decay * w
    config["velocity"] = momentum * velocity - learning_rate * (dw if decoupled else dw + pull)
    next_w = w + config["velocity"]
    return next_w - learning_rate * pull if decoupled else next_w, config
    ### END SOLUTION
