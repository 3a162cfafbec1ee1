"""Plain loops and branches; further keys in the diagnosis."""


def diagnose(train_error, dev_error, target_error=0.0, tol=0.02):
    """Two separate questions."""
    for error in [train_error, dev_error, target_error]:
        if error < 0 or error > 1:
            raise ValueError("not a fraction")
    result = {"high_bias": False, "high_variance": False, "advice": []}
    result["bias"] = train_error - target_error
    if result["bias"] > tol:
        result["high_bias"] = True
        result["advice"].append("a bigger network")
    result["variance"] = dev_error - train_error
    if result["variance"] > tol:
        result["high_variance"] = True
        result["advice"].append("more data")
    return result


def count_parameters(layer_dims, batchnorm=False):
    """Layer by layer."""
    total = 0
    for layer in range(1, len(layer_dims)):
        total += layer_dims[layer] * layer_dims[layer - 1]
        total += layer_dims[layer]
        if batchnorm and layer != len(layer_dims) - 1:
            total += layer_dims[layer] + layer_dims[layer]
    return total
