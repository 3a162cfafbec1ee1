def diagnose(train_error, dev_error, target_error=0.0, tol=0.02):
    for e in (train_error, dev_error, target_error):
        if e < 0 or e > 1:
            raise ValueError(f"error must be in [0, 1], got {e}")
    bias = train_error - target_error
    variance = dev_error - target_error
    return {"bias": bias, "variance": variance, "high_bias": bias > tol, "high_variance": variance > tol}


def count_parameters(layer_dims, batchnorm=False):
    total = 0
    for n_in, n_out in zip(layer_dims[:-1], layer_dims[1:]):
        total += n_in * n_out + n_out
        if batchnorm:
            total += 2 * n_out
    return total
