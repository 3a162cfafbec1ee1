"""Results as the harness could give them: the examples that every report is tried on."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from grader.model.assignment import Group, Visibility
from grader.model.evidence import DistributionEvidence, EntriesEvidence, Evidence, MaskEvidence
from grader.model.result import (
    CheckResult,
    Environment,
    Frame,
    GradedSubmission,
    Outcome,
    QuestionResult,
    Traceback,
)

HOSTILE = (
    "</style><script>alert(1)</script> \x1b[31mred\x1b[0m \u202ecba\u202c\n::error::forged\n##[error]forged\n"
    "```` [bold]loud[/bold] {{ 7 * 7 }} | a \x00 \x9b2J \ud800 <!-- & \r end"
)
"""Text that each format would obey if it were not escaped."""


def check(test: str, title: str, outcome: Outcome = Outcome.PASSED, most: float = 2.0, **fields: Any) -> CheckResult:
    """Build a check's result; a passed one earns `most` points."""
    return CheckResult(
        **{
            "id": test,
            "title": title,
            "group": Group.CORE,
            "visibility": Visibility.VISIBLE,
            "outcome": outcome,
            "points": most if outcome is Outcome.PASSED else 0.0,
            "max_points": most,
            "seconds": 0.004,
            **fields,
        }
    )


def question(name: str, module: str, title: str, checks: Sequence[CheckResult], **fields: Any) -> QuestionResult:
    """Build a question's result; its points are the sum of its checks' points."""
    return QuestionResult(
        **{
            "id": name,
            "module": module,
            "title": title,
            "points": math.fsum(each.points for each in checks),
            "max_points": math.fsum(each.max_points for each in checks),
            "checks": tuple(checks),
            **fields,
        }
    )


def graded(questions: Sequence[QuestionResult], **fields: Any) -> GradedSubmission:
    """Build a whole result; its points are the sum of its questions' points."""
    return GradedSubmission(
        **{
            "assignment": "assignment3",
            "title": "L2 and L1",
            "submission": "late_night",
            "seed": 20,
            "points": math.fsum(each.points for each in questions),
            "max_points": math.fsum(each.max_points for each in questions),
            "seconds": 0.41,
            "questions": tuple(questions),
            "environment": environment(),
            **fields,
        }
    )


def environment(**isolation: str) -> Environment:
    """Build the environment of a run on Linux; `isolation` replaces what a protection says."""
    return Environment(
        python="3.11.9",
        numpy="2.1.3",
        platform="Linux-6.8-x86_64",
        isolation={"rlimits": "on", "landlock": "on", "seccomp": "on", **isolation},
        assignment_digest="sha256:" + "a1" * 32,
        submission_digest="sha256:" + "b2" * 32,
    )


def entries(
    name: str, shape: tuple[int, ...], *, ratio: float = 0.5, every: int = 1, shift: float = 0.0
) -> EntriesEvidence:
    """Build an array in which each `every`-th entry is `ratio` times the expected one."""
    columns = shape[-1] if shape else 1
    rows = math.prod(shape[:-1]) if shape else 1
    expected = tuple(round(math.sin(1.7 * i + 0.3) * (1 + i % 3), 4) for i in range(rows * columns))
    differs = tuple(i % every == 0 for i in range(rows * columns))
    got = tuple(round(value * ratio + shift, 4) if off else value for value, off in zip(expected, differs, strict=True))
    return EntriesEvidence(
        name=name, shape=shape, rows=rows, columns=columns, expected=expected, got=got, differs=differs
    )


def distribution() -> DistributionEvidence:
    """Build a sample that is spread half as wide as its law."""
    edges = tuple(round(-0.15 + 0.01 * i, 4) for i in range(31))
    centres = [(left + right) / 2 for left, right in pairwise(edges)]
    curve_x = tuple(round(-0.15 + 0.3 * i / 80, 5) for i in range(81))
    return DistributionEvidence(
        name="W1",
        law="normal, standard deviation 0.05",
        edges=edges,
        density=tuple(_normal(x, 0.025) * (1 + 0.06 * math.sin(40 * i)) for i, x in enumerate(centres)),
        curve_x=curve_x,
        curve_density=tuple(_normal(x, 0.05) for x in curve_x),
    )


def mask() -> MaskEvidence:
    """Build a mask whose rows are all the same."""
    row = [(i * 7) % 10 < 8 and i % 9 != 4 for i in range(48)]
    return MaskEvidence(
        name="mask", rows=24, columns=48, kept=tuple(row * 24), kept_share=sum(row) / 48, expected_share=0.8
    )


def perfect() -> GradedSubmission:
    """Everything passes."""
    return graded([_finished(each) for each in half_right().questions], submission="solutions")


def untouched() -> GradedSubmission:
    """No stub has been written yet."""
    return graded([_not_started(each) for each in half_right().questions], submission="assignment3")


def half_right() -> GradedSubmission:
    """Some questions are complete, some differ, one is not started, one waits."""
    return graded([_frobenius(), _l2_penalty(), _l2_grad(), _cost(), _backward(), _decay(), _soft_threshold()])


def broken() -> GradedSubmission:
    """Errors, time, crashes and values that are not data, on a machine that lacks a protection."""
    return graded(
        [_raises(), _never_ends(), _dies(), _returns_an_object(), _cannot_be_loaded()],
        submission="crashed",
        environment=environment(landlock="this kernel does not offer it"),
    )


def random_parts() -> GradedSubmission:
    """Statistical checks with their pictures, a hidden check and one that shows later."""
    return graded(
        [_mask_question(), _initialization(), _withheld()],
        assignment="assignment2",
        title="Dropout",
        submission="alice",
    )


def hostile() -> GradedSubmission:
    """Every text that a student's code can influence tries to take over the report."""
    frame = Frame(
        filename="a</pre>.py", line=3, function="<b>f</b>", code="x = '</code></pre><script>alert(2)</script>'"
    )
    taken = check(
        "penalties.test_values",
        "Values are right.",
        Outcome.ERRORED,
        message=HOSTILE,
        hint=HOSTILE,
        call=HOSTILE,
        stdout=HOSTILE + "\n" + "long " * 4000 + "\n" * 300,
        traceback=Traceback(error=HOSTILE, frames=(frame,)),
    )
    shown = check(
        "penalties.test_more",
        HOSTILE,
        Outcome.FAILED,
        message=HOSTILE,
        evidence=replace(entries("W", (2, 2)), name=HOSTILE),
    )
    return graded(
        [question("l2_penalty", "penalties", HOSTILE, [taken, shown], reading=(HOSTILE,), note=HOSTILE)],
        submission=HOSTILE,
    )


def ungraded() -> GradedSubmission:
    """A fault of ours."""
    return graded(
        [],
        gradable=False,
        errors=(
            "check penalties.test_no_bias raised KeyError: 'W1' (solutions/assignment3/checks/test_penalties.py:41)",
        ),
        points=0.0,
        max_points=100.0,
    )


EXAMPLES = {
    "perfect": perfect,
    "half_right": half_right,
    "untouched": untouched,
    "broken": broken,
    "random_parts": random_parts,
    "hostile": hostile,
    "ungraded": ungraded,
}


def _normal(x: float, deviation: float) -> float:
    return math.exp(-0.5 * (x / deviation) ** 2) / (deviation * math.sqrt(2 * math.pi))


def _finished(each: QuestionResult) -> QuestionResult:
    checks = [check(one.id, one.title, most=one.max_points, group=one.group) for one in each.checks]
    return question(each.id, each.module, each.title, checks, reading=each.reading)


def _not_started(each: QuestionResult) -> QuestionResult:
    checks = [check(one.id, one.title, Outcome.NOT_ATTEMPTED, one.max_points, group=one.group) for one in each.checks]
    return question(each.id, each.module, each.title, checks, reading=each.reading)


def _frobenius() -> QuestionResult:
    checks = [
        check("penalties.test_sum_of_squares", "The result is the sum of all squared entries.", most=2.1),
        check("penalties.test_scale", "Three times the weights give nine times the result.", most=2.1),
        check("penalties.test_zeros", "Zero weights give exactly zero.", most=1.8, group=Group.EDGE),
    ]
    return question("frobenius_norm_squared", "penalties", "Sum the squares of a weight array", checks)


def _l2_penalty() -> QuestionResult:
    call = "l2_penalty(parameters: dict of 6 arrays (W1 (4, 3), b1 (3,), …), lambd=0.7, m=5)"
    checks = [
        check("penalties.test_l2_quadratic", "Doubling the weights makes the penalty four times as large.", most=3.5),
        check("penalties.test_l2_examples", "Twice as many examples halve the penalty.", most=3.5),
        check(
            "penalties.test_l2_value",
            "The penalty is lambda/(2m) times the sum of squared weights.",
            Outcome.FAILED,
            3.5,
            call=call,
            message="a number differs: expected 4.7213, got 9.4426 (tolerance 4.7e-09); 2 times the expected value",
            hint="Differentiate your penalty. Is the gradient (lambda/m) W, or twice that?",
            misconception="l2_penalty.no_half",
        ),
        check(
            "penalties.test_l2_biases",
            "Biases stay free.",
            Outcome.FAILED,
            3.5,
            call=call,
            message="the penalty changed by 8400 when 100 was added to every bias; expected no change",
            hint="Shift the biases by 100: the penalty should not notice.",
        ),
    ]
    return question(
        "l2_penalty",
        "penalties",
        "Penalize large weights",
        checks,
        reading=(
            "CS231n notes, “Regularization”: https://cs231n.github.io/neural-networks-2/#reg",
            "Goodfellow et al. 2016, section 7.1.1",
        ),
    )


def _l2_grad() -> QuestionResult:
    checks = [
        check("penalties.test_grad_keys", "Every parameter has a gradient of its own shape.", most=3.0),
        check(
            "penalties.test_grad_values",
            "The gradients equal the reference's.",
            Outcome.FAILED,
            4.5,
            call="l2_penalty_grad(parameters: dict of 4 arrays, lambd=0.7, m=5)",
            message=(
                "dW1: 12 of 12 entries differ\n"
                "  index    expected    got\n"
                "  [0, 0]   0.2955      0.1478\n"
                "  [0, 1]   1.8186      0.9093\n"
                "everywhere 0.5 times the expected value"
            ),
            hint="The derivative of w^2/2 is w: the 2 from the exponent cancels the 2 below.",
            misconception="l2_penalty_grad.half_left",
            evidence=entries("dW1", (4, 3)),
        ),
        check(
            "penalties.test_grad_pure",
            "The parameters are left as they were.",
            most=1.5,
            group=Group.CONTRACT,
        ),
    ]
    return question(
        "l2_penalty_grad",
        "penalties",
        "Differentiate the penalty",
        checks,
        points=3.0,
        note=("edge cases and contract count once half of the core points are earned"),
        reading=("Deep Learning Specialization, course 2, week 1, “Regularization”",),
    )


def _cost() -> QuestionResult:
    checks = [
        check(
            "network.test_cost",
            "The cost is the cross-entropy plus the penalty.",
            Outcome.SKIPPED,
            12.0,
            message="needs l2_penalty, which is not answered yet",
        )
    ]
    return question("compute_cost_with_regularization", "network", "Add the penalty to the cost", checks)


def _backward() -> QuestionResult:
    checks = [
        check("network.test_biases", "The bias gradients do not change with lambda.", most=6.0),
        check(
            "network.test_large",
            "The gradients of a wide network equal a central difference.",
            Outcome.FAILED,
            8.0,
            call="backward_propagation_with_regularization(X: float64 (40, 12), Y: float64 (40, 1), cache, lambd=0.1)",
            message="dW2: 100 of 900 entries differ; first at [0, 0]: expected 0.2955, got -0.2955",
            hint="Look at the sign of what a dead unit passes back.",
            evidence=entries("dW2", (30, 30), ratio=-1.0, every=9),
        ),
        check(
            "network.test_bias_vector",
            "The last bias gradient is a row sum.",
            Outcome.FAILED,
            6.0,
            call="backward_propagation_with_regularization(X: float64 (40, 12), Y: float64 (40, 1), cache, lambd=0.1)",
            message="db2: 3 of 5 entries differ; first at [0]: expected 0.2955, got a value that is not finite",
            evidence=replace(entries("db2", (5,), every=2), got=(None, 1.8186, -0.0, 0.2, 1.0)),
        ),
        check(
            "network.test_copies",
            "Gradients of different layers do not share memory.",
            Outcome.FAILED,
            0.0,
            group=Group.ADVICE,
            message="dW1 and dW2 are views of one array",
        ),
    ]
    return question("backward_propagation_with_regularization", "network", "Backpropagate through the penalty", checks)


def _decay() -> QuestionResult:
    checks = [check("decay.test_step", "One step is plain descent after a shrink.", most=12.0)]
    return question("update_parameters_with_weight_decay", "decay", "Decay the weights in the update", checks)


def _soft_threshold() -> QuestionResult:
    checks = [
        check("decay.test_threshold", "Small weights become exact zeros.", Outcome.NOT_ATTEMPTED, 5.6),
        check("decay.test_argmin", "The result minimizes the proximal objective.", Outcome.NOT_ATTEMPTED, 2.4),
    ]
    return question("soft_threshold", "decay", "Shrink towards zero", checks)


def _raises() -> QuestionResult:
    frames = (
        Frame(
            filename="network.py",
            line=58,
            function="backward_propagation_with_regularization",
            code="dW2 = layer_gradient(A1, dZ2, W2, lambd, m)  # hidden layer",
        ),
        Frame(
            filename="network.py",
            line=12,
            function="layer_gradient",
            code='return A_prev.T @ dZ + (lamb / m) * W  # "lamb" as in the lecture',
        ),
    )
    trouble = Traceback(error="NameError: name 'lamb' is not defined", frames=frames)
    call = "backward_propagation_with_regularization(X: float64 (5, 3), Y: float64 (5, 1), cache, lambd=0.7)"
    checks = [
        check(
            f"network.test_{name}",
            title,
            Outcome.ERRORED,
            5.0,
            call=call,
            message="",
            traceback=trouble,
            stdout="A1 (5, 4)\ndZ2 (5, 4)\nW2 (4, 4)\n" if name == "gradient" else "",
            hint="Every name inside a function comes from its arguments or from the lines above.",
        )
        for name, title in (
            ("gradient", "The gradients equal a central difference of the cost."),
            ("delta", "The part that lambda adds to dW is W/N."),
            ("biases", "The bias gradients do not change with lambda."),
        )
    ]
    return question("backward_propagation_with_regularization", "network", "Backpropagate through the penalty", checks)


def _never_ends() -> QuestionResult:
    checks = [
        check("penalties.test_small", "A network of three layers.", most=4.0),
        check(
            "penalties.test_deep",
            "A network of twelve layers.",
            Outcome.TIMED_OUT,
            4.0,
            call="l2_penalty(parameters: dict of 24 arrays, lambd=0.7, m=5)",
            message="gave no answer within 5 s",
            hint="Which loop ends only when it meets a key that is not there?",
            stdout="\n".join(f"layer {i}" for i in range(500)),
        ),
    ]
    return question("l2_penalty", "penalties", "Penalize large weights", checks)


def _dies() -> QuestionResult:
    checks = [
        check(
            "decay.test_step",
            "One step is plain descent after a shrink.",
            Outcome.CRASHED,
            6.0,
            call="update_parameters_with_weight_decay(parameters: dict of 4 arrays, …)",
            message="needed more than 1 GiB of memory",
        ),
        check(
            "decay.test_pure",
            "The parameters are left as they were.",
            Outcome.CRASHED,
            6.0,
            message="ended the process with exit status 0",
        ),
    ]
    return question("update_parameters_with_weight_decay", "decay", "Decay the weights in the update", checks)


def _returns_an_object() -> QuestionResult:
    checks = [
        check(
            "penalties.test_sum",
            "The result is the sum of all squared entries.",
            Outcome.REJECTED,
            6.0,
            call="frobenius_norm_squared(W: float64 (3, 3))",
            message="returned a value of type numpy.matrix",
            hint="Return a plain number; float(…) makes one of a 0-d array.",
        )
    ]
    return question("frobenius_norm_squared", "penalties", "Sum the squares of a weight array", checks)


def _cannot_be_loaded() -> QuestionResult:
    frames = (Frame(filename="decay.py", line=9, function="<module>", code="def soft_threshold(w, t)"),)
    trouble = Traceback(error="SyntaxError: expected ':'", frames=frames)
    checks = [
        check(
            f"decay.test_{i}",
            title,
            Outcome.ERRORED,
            2.0,
            message="decay.py could not be loaded: SyntaxError: expected ':'",
            traceback=trouble,
        )
        for i, title in enumerate(("Small weights become exact zeros.", "The sign stays.", "t below 0 is refused."))
    ]
    return question("soft_threshold", "decay", "Shrink towards zero", checks)


def _mask_question() -> QuestionResult:
    checks = [
        check("layers.test_values", "A mask holds 0 and 1/keep_prob.", most=7.0),
        check(
            "layers.test_independent",
            "Every example draws its own mask.",
            Outcome.FAILED,
            7.0,
            call="dropout_mask(shape=(1000, 100), keep_prob=0.8, rng=Generator(PCG64))",
            message="two rows agree in 1.000 of their entries; 0.680 expected, 0.629 to 0.731 allowed",
            hint="Every example should train its own thinned network. Compare two rows of your mask.",
            misconception="dropout_mask.per_feature",
            evidence=mask(),
        ),
    ]
    return question(
        "dropout_mask", "layers", "Draw a dropout mask", checks, reading=("Srivastava et al. 2014, section 4",)
    )


def _initialization() -> QuestionResult:
    checks = [
        check(
            "layers.test_spread",
            "Weights have the standard deviation that He et al. derive.",
            Outcome.FAILED,
            10.0,
            call="initialize_parameters_he(layers_dims=[400, 100, 1], rng=Generator(PCG64))",
            message="W1: standard deviation 0.0250; 0.0487 to 0.0513 allowed",
            hint="How large is the variance of a sum of n products?",
            evidence=distribution(),
        ),
    ]
    return question(
        "initialize_parameters_he",
        "layers",
        "Start with the right spread",
        checks,
        reading=("He et al. 2015, section 2.2",),
    )


def _withheld() -> QuestionResult:
    secret = {
        "message": "SECRET 4.2",
        "call": "SECRET(x)",
        "hint": "SECRET hint",
        "stdout": "SECRET printed",
        "misconception": "dropout_forward.SECRET",
        "traceback": Traceback(error="SECRET: 1", frames=()),
    }
    evidence: Evidence = replace(entries("SECRET", (2, 2)), name="SECRET")
    checks = [
        check("layers.test_ones", "Ones keep their mean.", most=8.0),
        check(
            "layers.test_later",
            "The rate holds for every keep_prob.",
            Outcome.FAILED,
            6.0,
            **secret,
            visibility=Visibility.AFTER_DUE_DATE,
            evidence=evidence,
        ),
        check(
            "layers.test_SECRET",
            "SECRET title.",
            Outcome.FAILED,
            6.0,
            **secret,
            visibility=Visibility.HIDDEN,
            evidence=evidence,
        ),
    ]
    return question("dropout_forward", "layers", "Apply inverted dropout", checks)
