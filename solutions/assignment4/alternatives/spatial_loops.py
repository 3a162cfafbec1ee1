"""Normalization of images with loops over images, channels and groups; caches are lists."""

import numpy as np


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    mode, eps, momentum = bn_param["mode"], bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if mode not in ["train", "test"]:
        raise ValueError("mode must be train or test")
    C = x.shape[1]
    means, variances = bn_param.get("running_mean", np.zeros(C)), bn_param.get("running_var", np.ones(C))
    out, cache = np.zeros_like(x), [mode]
    new_means, new_variances = np.zeros(C), np.zeros(C)
    for c in range(C):
        values = x[:, c]
        mu, var = (values.mean(), values.var()) if mode == "train" else (means[c], variances[c])
        new_means[c] = momentum * means[c] + (1 - momentum) * mu
        new_variances[c] = momentum * variances[c] + (1 - momentum) * var
        normalized = (values - mu) / np.sqrt(var + eps)
        out[:, c] = gamma[c] * normalized + beta[c]
        cache.append([normalized, np.sqrt(var + eps), gamma[c]])
    if mode == "train":
        bn_param["running_mean"] = new_means
        bn_param["running_var"] = new_variances
    return out, cache


def spatial_batchnorm_backward(dout, cache):
    dx, dgamma, dbeta = np.zeros_like(dout), [], []
    for c, (normalized, root, gamma) in enumerate(cache[1:]):
        d = dout[:, c]
        dgamma.append(np.vdot(d, normalized))
        dbeta.append(d.sum())
        if cache[0] == "train":
            d = d - d.mean() - normalized * np.mean(d * normalized)
        dx[:, c] = gamma / root * d
    return dx, np.array(dgamma), np.array(dbeta)


def instancenorm_forward(x, gamma, beta, in_param):
    out = np.zeros_like(x)
    for n, image in enumerate(x):
        for c, channel in enumerate(image):
            root = np.sqrt(channel.var() + in_param.get("eps", 1e-5))
            out[n, c] = gamma[c] * (channel - channel.mean()) / root + beta[c]
    return out, None


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    N, C = x.shape[:2]
    if C // G * G != C:
        raise ValueError(f"{C} channels cannot be shared out among {G} groups")
    size = C // G
    xhat, roots = np.zeros_like(x), {}
    for n in range(N):
        for start in range(0, C, size):
            group = x[n, start : start + size]
            roots[n, start] = np.sqrt(group.var() + gn_param.get("eps", 1e-5))
            xhat[n, start : start + size] = (group - group.mean()) / roots[n, start]
    out = np.stack([gamma[c] * xhat[:, c] + beta[c] for c in range(C)], axis=1)
    return out, [xhat, roots, gamma, size]


def spatial_groupnorm_backward(dout, cache):
    xhat, roots, gamma, size = cache
    dx = np.zeros_like(dout)
    for (n, start), root in roots.items():
        here = (n, slice(start, start + size))
        g = dout[here] * gamma[start : start + size].reshape(-1, 1, 1)
        dx[here] = (g - g.mean() - xhat[here] * (g * xhat[here]).mean()) / root
    dgamma = np.array([np.sum(dout[:, c] * xhat[:, c]) for c in range(len(gamma))])
    return dx, dgamma, np.array([dout[:, c].sum() for c in range(len(gamma))])
