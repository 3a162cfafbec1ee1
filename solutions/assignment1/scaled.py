"""First weights that keep signals alive through many layers: their variance follows the fan.

A unit adds up n_in products of a weight and an input. With independent weights of mean 0 the variances add up too, so
the sum has n_in * Var(w) times the second moment of the inputs; to keep that in bounds is what all functions here do.
"""

from collections.abc import Sequence

import numpy as np


def compute_fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return fan_in and fan_out: how many numbers flow into one unit, and to how many units one number flows.

    A weight matrix has the shape (n_in, n_out), and these are its fans. The kernels of a convolution have the shape
    (C_out, C_in, kH, kW): one output value adds up C_in * kH * kW products, one input value reaches C_out * kH * kW
    output values (He et al. 2015, section 2.2).

    Arguments:
        shape: of a weight matrix or of the kernels of a convolution.

    Returns:
        fan_in, fan_out: whole numbers.

    Raises:
        ValueError: the shape has neither two nor four axes.

    Examples, a 2 x 2 matrix and 6 kernels of 3 x 3 over 2 channels:

    >>> compute_fans((2, 2))
    (2, 2)
    >>> compute_fans((6, 2, 3, 3))
    (18, 54)
    """
    ### BEGIN SOLUTION
    if len(shape) == 2:
        fan_in, fan_out = shape
        return fan_in, fan_out
    if len(shape) == 4:
        channels_out, channels_in, height, width = shape
        return channels_in * height * width, channels_out * height * width
    raise ValueError(f"a shape with 2 or 4 axes is needed, got {shape}")
    ### END SOLUTION


def variance_scaling(
    shape: tuple[int, ...],
    rng: np.random.Generator,
    scale: float = 1.0,
    mode: str = "fan_in",
    distribution: str = "normal",
) -> np.ndarray:
    """Return random weights of mean 0 and variance scale / n, where n is a fan of the shape.

    mode "fan_in":  n = fan_in                     (LeCun et al. 1998, with scale 1)
    mode "fan_out": n = fan_out
    mode "fan_avg": n = (fan_in + fan_out) / 2     (Glorot and Bengio 2010, with scale 1)

    distribution "normal":  N(0, scale / n), with all of its tails: nothing is cut off
    distribution "uniform": U(-L, L) with the L that gives the same variance; Var U(-L, L) = L^2 / 3

    Arguments:
        shape: (n_in, n_out) or (C_out, C_in, kH, kW), as in `compute_fans`.
        rng: the only source of random numbers. Which of its methods you use, and in which order, is free.
        scale: the variance times n, positive.
        mode: "fan_in", "fan_out" or "fan_avg".
        distribution: "normal" or "uniform".

    Returns:
        Independent draws of this shape, in float64.

    Raises:
        ValueError: mode or distribution is none of the above.

    A 2 x 2 example: n is 2 in every mode, so with scale = 2 the variance is 1 and L is the square root of 3.

    >>> W = variance_scaling((2, 2), np.random.default_rng(1), scale=2.0)
    >>> W.round(2)
    array([[ 0.35,  0.82],
           [ 0.33, -1.3 ]])
    >>> W = variance_scaling((2, 2), np.random.default_rng(1), scale=2.0, distribution="uniform")
    >>> bool(np.all(np.abs(W) <= np.sqrt(3)))
    True
    """
    ### BEGIN SOLUTION
    fan_in, fan_out = compute_fans(shape)
    fans = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}
    if mode not in fans:
        raise ValueError(f"mode must be one of {', '.join(fans)}, got '{mode}'")
    variance = scale / fans[mode]
    if distribution == "normal":
        return rng.normal(0.0, np.sqrt(variance), shape)
    if distribution == "uniform":
        limit = np.sqrt(3 * variance)
        return rng.uniform(-limit, limit, shape)
    raise ValueError(f"distribution must be 'normal' or 'uniform', got '{distribution}'")
    ### END SOLUTION


def initialize_parameters_xavier(
    layer_dims: Sequence[int],
    rng: np.random.Generator,
    distribution: str = "normal",
    mode: str = "fan_avg",
) -> dict[str, np.ndarray]:
    """Return the weights that keep signals of a linear or tanh network at their size; biases are zero.

    mode "fan_avg": Var(w) = 2 / (n_in + n_out), a compromise between the way forward and the way back (Glorot and
                    Bengio 2010); uniform weights lie between -L and L, L = sqrt(6 / (n_in + n_out)) (equation 16)
    mode "fan_in":  Var(w) = 1 / n_in, the way forward alone; courses call it Xavier initialization too

    Arguments:
        layer_dims: the sizes n_0 (input), n_1, ..., n_L (output); layer l has n_in = n_{l-1} and n_out = n_l.
        rng: the only source of random numbers.
        distribution: "normal" or "uniform", with the same variance.
        mode: "fan_avg" or "fan_in".

    Returns:
        `W1` of shape (n_0, n_1), `b1` of shape (n_1,), ..., `W{L}`, `b{L}`, in float64.

    A 2 x 2 example: the variance is 2 / (2 + 2) = 0.5.

    >>> parameters = initialize_parameters_xavier([2, 2], np.random.default_rng(1))
    >>> parameters["W1"].round(2)
    array([[ 0.24,  0.58],
           [ 0.23, -0.92]])
    >>> parameters["b1"]
    array([0., 0.])
    """
    ### BEGIN SOLUTION
    parameters = {}
    for layer in range(1, len(layer_dims)):
        shape = (layer_dims[layer - 1], layer_dims[layer])
        parameters[f"W{layer}"] = variance_scaling(shape, rng, mode=mode, distribution=distribution)
        parameters[f"b{layer}"] = np.zeros(layer_dims[layer])
    return parameters
    ### END SOLUTION


def initialize_parameters_he(
    layer_dims: Sequence[int],
    rng: np.random.Generator,
    distribution: str = "normal",
    negative_slope: float = 0.0,
) -> dict[str, np.ndarray]:
    """Return the weights that keep signals of a ReLU network at their size; biases are zero.

    Var(w) = 2 / ((1 + a^2) n_in), where a is the slope of the activation function on the negative side: 0 for a ReLU
    (He et al. 2015, section 2.2). All layers are treated alike, the last one too. Uniform weights have the same
    variance.

    Arguments:
        layer_dims: the sizes n_0 (input), n_1, ..., n_L (output); layer l has n_in = n_{l-1}.
        rng: the only source of random numbers.
        distribution: "normal" or "uniform".
        negative_slope: a, for instance 0.01 for a leaky ReLU.

    Returns:
        `W1` of shape (n_0, n_1), `b1` of shape (n_1,), ..., `W{L}`, `b{L}`, in float64.

    A 2 x 2 example with a = 0: the variance is 2 / 2 = 1.

    >>> parameters = initialize_parameters_he([2, 2], np.random.default_rng(1))
    >>> parameters["W1"].round(2)
    array([[ 0.35,  0.82],
           [ 0.33, -1.3 ]])
    >>> parameters["b1"]
    array([0., 0.])
    """
    ### BEGIN SOLUTION
    scale = 2 / (1 + negative_slope**2)
    parameters = {}
    for layer in range(1, len(layer_dims)):
        shape = (layer_dims[layer - 1], layer_dims[layer])
        parameters[f"W{layer}"] = variance_scaling(shape, rng, scale=scale, distribution=distribution)
        parameters[f"b{layer}"] = np.zeros(layer_dims[layer])
    return parameters
    ### END SOLUTION
