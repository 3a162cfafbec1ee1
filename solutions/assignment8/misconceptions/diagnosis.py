"""Known mistakes in diagnosis.py."""

from collections.abc import Sequence

from diagnosis import count_parameters as right_count
from diagnosis import diagnose as right_diagnosis

from grader.checks import misconception

Diagnosis = dict[str, float | bool]


def _told(bias: float, variance: float, tol: float) -> Diagnosis:
    return {"bias": bias, "variance": variance, "high_bias": bias > tol, "high_variance": variance > tol}


# diagnose


@misconception(
    "diagnose.exclusive",
    hint="Both can occur at once. Does one of your branches keep the other from being asked?",
    caught_by=("test_cases_of_the_lecture",),
)
def exclusive(train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02) -> Diagnosis:
    """Either bias or variance, never both."""
    diagnosis = right_diagnosis(train_error, dev_error, target_error, tol)
    if diagnosis["high_bias"]:
        diagnosis["high_variance"] = False
    return diagnosis


@misconception(
    "diagnose.ratio",
    hint="Going from 0.5 % to 1 % doubles the error but is a tiny gap. Use the difference.",
    caught_by=("test_cases_of_the_lecture", "test_bias_and_variance_are_differences"),
)
def ratio(train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02) -> Diagnosis:
    """The variance is the ratio of dev and training error."""
    diagnosis = right_diagnosis(train_error, dev_error, target_error, tol)
    ratio = dev_error / train_error - 1
    return {**diagnosis, "variance": ratio, "high_variance": ratio > tol}


@misconception(
    "diagnose.target_ignored",
    hint="People make 14 % errors here. How much of 15 % could a network avoid?",
    caught_by=("test_cases_of_the_lecture", "test_bias_and_variance_are_differences"),
)
def target_ignored(train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02) -> Diagnosis:
    """The bias is the training error."""
    right_diagnosis(train_error, dev_error, target_error, tol)
    return _told(train_error, dev_error - train_error, tol)


@misconception(
    "diagnose.variance_from_target",
    hint="Variance is about training and dev error. With what do you compare the dev error?",
    caught_by=("test_cases_of_the_lecture", "test_bias_and_variance_are_differences"),
)
def variance_from_target(
    train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02
) -> Diagnosis:
    """The variance is measured from the target."""
    right_diagnosis(train_error, dev_error, target_error, tol)
    return _told(train_error - target_error, dev_error - target_error, tol)


@misconception(
    "diagnose.variance_is_dev_error",
    hint="A dev error of 16 % after a training error of 15 %: how much got lost on the way?",
    caught_by=("test_cases_of_the_lecture", "test_bias_and_variance_are_differences"),
)
def variance_is_dev_error(
    train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02
) -> Diagnosis:
    """The variance is the dev error."""
    right_diagnosis(train_error, dev_error, target_error, tol)
    return _told(train_error - target_error, dev_error, tol)


@misconception(
    "diagnose.sizes",
    hint="If the dev error is the smaller one, is that high variance?",
    caught_by=("test_cases_of_the_lecture", "test_bias_and_variance_are_differences"),
)
def sizes(train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02) -> Diagnosis:
    """Differences without their sign."""
    right_diagnosis(train_error, dev_error, target_error, tol)
    return _told(abs(train_error - target_error), abs(dev_error - train_error), tol)


@misconception(
    "diagnose.signs",
    hint="The dev error is larger than the training error. Which sign has your variance?",
    caught_by=("test_cases_of_the_lecture", "test_bias_and_variance_are_differences"),
)
def signs(train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02) -> Diagnosis:
    """Training error minus dev error."""
    right_diagnosis(train_error, dev_error, target_error, tol)
    return _told(train_error - target_error, train_error - dev_error, tol)


@misconception(
    "diagnose.exchanged",
    hint="A bad training error: is that bias, or variance?",
    caught_by=("test_cases_of_the_lecture", "test_bias_and_variance_are_differences"),
)
def exchanged(train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02) -> Diagnosis:
    """Bias and variance are exchanged."""
    right_diagnosis(train_error, dev_error, target_error, tol)
    return _told(dev_error - train_error, train_error - target_error, tol)


@misconception(
    "diagnose.percent",
    hint="The errors come as fractions. In which unit is your bias?",
    caught_by=("test_cases_of_the_lecture", "test_bias_and_variance_are_differences"),
)
def percent(train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02) -> Diagnosis:
    """Differences in percent, compared with tol."""
    right_diagnosis(train_error, dev_error, target_error, tol)
    return _told(100 * (train_error - target_error), 100 * (dev_error - train_error), tol)


@misconception(
    "diagnose.tol_fixed",
    hint="Your border is the same for every tol.",
    caught_by=("test_tol_is_what_counts_as_small",),
)
def tol_fixed(train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02) -> Diagnosis:
    """0.02 whatever tol is."""
    return right_diagnosis(train_error, dev_error, target_error)


@misconception(
    "diagnose.tol_for_bias_only",
    hint="tol changes your verdict on the bias. Does it change that on the variance?",
    caught_by=("test_tol_is_what_counts_as_small",),
)
def tol_for_bias_only(train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02) -> Diagnosis:
    """tol is used for the bias only."""
    fixed = right_diagnosis(train_error, dev_error, target_error)
    return {**right_diagnosis(train_error, dev_error, target_error, tol), "high_variance": fixed["high_variance"]}


@misconception(
    "diagnose.any_gap",
    hint="A gap of half a percent is no reason to act. Where does high begin?",
    caught_by=("test_cases_of_the_lecture", "test_tol_is_what_counts_as_small"),
)
def any_gap(train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02) -> Diagnosis:
    """High means above 0."""
    diagnosis = right_diagnosis(train_error, dev_error, target_error, tol)
    return {**diagnosis, "high_bias": diagnosis["bias"] > 0, "high_variance": diagnosis["variance"] > 0}


@misconception(
    "diagnose.words",
    hint="The verdict is read by a program. Which kind of value can it branch on?",
    caught_by=("test_cases_of_the_lecture", "test_tol_is_what_counts_as_small"),
)
def words(train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02) -> Diagnosis:
    """High and low as texts."""
    diagnosis = right_diagnosis(train_error, dev_error, target_error, tol)
    names = {True: "high", False: "low"}
    high = {key: names[bool(diagnosis[key])] for key in ("high_bias", "high_variance")}
    return {**diagnosis, **high}  # type: ignore[dict-item] # the mistake


@misconception(
    "diagnose.no_errors",
    hint="What would a training error of 15 be as a fraction? Nobody is told.",
    caught_by=("test_errors_are_fractions",),
)
def no_errors(train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02) -> Diagnosis:
    """Any numbers are accepted."""
    return _told(train_error - target_error, dev_error - train_error, tol)


@misconception(
    "diagnose.target_not_checked",
    hint="The target is an error, too. Is it a fraction?",
    caught_by=("test_errors_are_fractions",),
)
def target_not_checked(train_error: float, dev_error: float, target_error: float = 0.0, tol: float = 0.02) -> Diagnosis:
    """The target error is not checked."""
    right_diagnosis(train_error, dev_error, 0.0, tol)
    return _told(train_error - target_error, dev_error - train_error, tol)


# count_parameters


@misconception(
    "count_parameters.units",
    hint="Capacity here means weights and biases: every connection counts.",
    caught_by=("test_weights_and_biases_are_counted", "test_batch_normalization_adds_scales_and_shifts"),
)
def units(layer_dims: Sequence[int], batchnorm: bool = False) -> int:
    """Counts units."""
    return sum(layer_dims)


@misconception(
    "count_parameters.without_biases",
    hint="Each unit beyond the inputs has a number that belongs to no connection.",
    caught_by=("test_weights_and_biases_are_counted", "test_batch_normalization_adds_scales_and_shifts"),
)
def without_biases(layer_dims: Sequence[int], batchnorm: bool = False) -> int:
    """Weights only."""
    return right_count(layer_dims, batchnorm) - sum(layer_dims[1:])


@misconception(
    "count_parameters.biases_of_inputs",
    hint="Do the inputs have a bias?",
    caught_by=("test_weights_and_biases_are_counted", "test_batch_normalization_adds_scales_and_shifts"),
)
def biases_of_inputs(layer_dims: Sequence[int], batchnorm: bool = False) -> int:
    """A bias for every unit, the inputs included."""
    return right_count(layer_dims, batchnorm) + layer_dims[0]


@misconception(
    "count_parameters.one_bias_a_layer",
    hint="How many units does a layer shift?",
    caught_by=("test_weights_and_biases_are_counted", "test_batch_normalization_adds_scales_and_shifts"),
)
def one_bias_a_layer(layer_dims: Sequence[int], batchnorm: bool = False) -> int:
    """One bias for each layer."""
    return right_count(layer_dims, batchnorm) - sum(layer_dims[1:]) + len(layer_dims) - 1


@misconception(
    "count_parameters.all_pairs",
    hint="Which layers are connected with each other?",
    caught_by=("test_weights_and_biases_are_counted", "test_batch_normalization_adds_scales_and_shifts"),
)
def all_pairs(layer_dims: Sequence[int], batchnorm: bool = False) -> int:
    """Every layer is connected with every later one."""
    skipped = sum(n * m for i, n in enumerate(layer_dims) for m in layer_dims[i + 2 :])
    return right_count(layer_dims, batchnorm) + skipped


@misconception(
    "count_parameters.hidden_only",
    hint="The last layer learns, too.",
    caught_by=("test_weights_and_biases_are_counted", "test_batch_normalization_adds_scales_and_shifts"),
)
def hidden_only(layer_dims: Sequence[int], batchnorm: bool = False) -> int:
    """The output layer is left out."""
    return right_count(layer_dims, batchnorm) - (layer_dims[-2] + 1) * layer_dims[-1]


@misconception(
    "count_parameters.bn_output",
    hint="Only hidden layers are normalized.",
    caught_by=("test_batch_normalization_adds_scales_and_shifts",),
)
def bn_output(layer_dims: Sequence[int], batchnorm: bool = False) -> int:
    """Batch normalization also on the output layer."""
    return right_count(layer_dims, batchnorm) + (2 * layer_dims[-1] if batchnorm else 0)


@misconception(
    "count_parameters.bn_ignored",
    hint="batchnorm changes nothing in your count.",
    caught_by=("test_batch_normalization_adds_scales_and_shifts",),
)
def bn_ignored(layer_dims: Sequence[int], batchnorm: bool = False) -> int:
    """batchnorm has no effect."""
    return right_count(layer_dims)


@misconception(
    "count_parameters.statistics_too",
    hint="Running means are measured, not learnt.",
    caught_by=("test_batch_normalization_adds_scales_and_shifts",),
)
def statistics_too(layer_dims: Sequence[int], batchnorm: bool = False) -> int:
    """The running statistics are counted as well."""
    return right_count(layer_dims, batchnorm) + (2 * sum(layer_dims[1:-1]) if batchnorm else 0)


@misconception(
    "count_parameters.bn_inputs",
    hint="The inputs are not batch-normalized here.",
    caught_by=("test_batch_normalization_adds_scales_and_shifts",),
)
def bn_inputs(layer_dims: Sequence[int], batchnorm: bool = False) -> int:
    """Scale and shift also for the inputs."""
    return right_count(layer_dims, batchnorm) + (2 * layer_dims[0] if batchnorm else 0)


@misconception(
    "count_parameters.bn_replaces_biases",
    hint="A shift makes the bias superfluous, and it is there all the same. What does the handout count?",
    caught_by=("test_batch_normalization_adds_scales_and_shifts",),
)
def bn_replaces_biases(layer_dims: Sequence[int], batchnorm: bool = False) -> int:
    """Biases of hidden layers are left out with batch normalization."""
    return right_count(layer_dims, batchnorm) - (sum(layer_dims[1:-1]) if batchnorm else 0)
