import numpy as np

ACTIVATIONS = {
    "relu": (lambda z: np.maximum(z, 0), lambda a: a > 0),
    "tanh": (np.tanh, lambda a: 1 - a**2),
    "linear": (lambda z: z, lambda a: np.ones_like(a)),
}


def forward_signal(x, weights, activation):
    if activation not in ACTIVATIONS:
        raise ValueError(f"unknown activation {activation}")
    f, _ = ACTIVATIONS[activation]
    a, mean, std, dead = x, [], [], []
    for W in weights:
        a = f(a @ W)
        mean.append(a.mean())
        std.append(a.std())
        dead.append(np.mean(a == 0))
    return {"mean": np.array(mean), "std": np.array(std), "dead": np.array(dead)}


def backward_signal(x, weights, activation, dout):
    if activation not in ACTIVATIONS:
        raise ValueError(f"unknown activation {activation}")
    f, df = ACTIVATIONS[activation]
    acts = [x]
    for W in weights:
        acts.append(f(acts[-1] @ W))
    norms = []
    da = dout
    for W, a_in, a_out in zip(reversed(weights), reversed(acts[:-1]), reversed(acts[1:])):
        dz = da * df(a_out)
        norms.append(np.linalg.norm(a_in.T @ dz))
        da = dz @ W.T
    return np.array(norms[::-1])


def growth_rate(scales):
    if len(scales) < 2 or min(scales) < 0:
        raise ValueError("need at least two scales, none negative")
    ratios = scales[1:] / scales[:-1]
    return float(np.mean(ratios))
