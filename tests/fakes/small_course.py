"""A whole course of one assignment, small enough to read: two deterministic questions and a random one."""

from pathlib import Path
from textwrap import dedent

MANIFEST = """
title = "Small"
seed = 7

[[questions]]
id = "scale_forward"
module = "scale"
title = "Scale a matrix"
points = 40
difficulty = 1
returns = ["out: array", "cache: opaque"]
reading = ["A paper, section 1"]

[[questions]]
id = "scale_backward"
module = "scale"
title = "Pass the gradient back"
points = 30
difficulty = 2
returns = ["dx: array"]

[[questions]]
id = "coin_mask"
module = "coins"
title = "Toss coins"
points = 30
difficulty = 1
returns = ["mask: array"]
"""

SCALE = '''
"""Scaling."""

import numpy as np


def scale_forward(x, factor=2.0):
    """Return factor * x."""
    ### BEGIN SOLUTION
    return factor * x, factor
    ### END SOLUTION


def scale_backward(dout, cache):
    """Return the gradient."""
    ### BEGIN SOLUTION
    return dout * cache
    ### END SOLUTION
'''

COINS = '''
"""Coins."""

import numpy as np


def coin_mask(shape, rng):
    """Return independent zeros and ones."""
    ### BEGIN SOLUTION
    return (rng.random(shape) < 0.5).astype(float)
    ### END SOLUTION
'''

SCALE_CHECKS = '''
import numpy as np
from grader.checks import assert_close, assert_gradient_of, assert_unchanged, check


@check("scale_forward", hint="Multiply every entry.")
def test_values(student, reference, rng):
    """Every entry is multiplied"""
    for factor in (2.0, 3.0):
        x = rng.normal(size=(3, 4))
        assert_close(student.scale_forward(x, factor)[0], reference.scale_forward(x, factor)[0], name="out")


@check("scale_forward")
def test_zero(student):
    """Zeros stay zeros"""
    assert_close(student.scale_forward(np.zeros((2, 2)))[0], np.zeros((2, 2)), name="out")


@check("scale_forward", group="contract")
def test_pure(student, rng):
    """The input is left alone"""
    assert_unchanged(student.scale_forward.call(rng.normal(size=(2, 2))))


@check("scale_backward")
def test_reference(student, rng):
    """The gradient is that of the right forward pass"""
    x, dout = rng.normal(size=(2, 3, 4))
    _, cache = student.scale_forward(x, 3.0)
    assert_close(student.scale_backward(dout, cache), 3.0 * dout, name="dx")


@check("scale_backward", follow_through=True)
def test_numerical(student, reference, rng):
    """The gradient is that of your own forward pass"""
    x, dout = rng.normal(size=(2, 3, 4))
    _, cache = student.scale_forward(x, 3.0)
    assert_gradient_of(
        lambda points: [out for out, _ in student.scale_forward.many([(point, 3.0) for point in points])],
        student.scale_backward(dout, cache),
        at=x,
        upstream=dout,
        reference_forward=lambda points: [reference.scale_forward(point, 3.0)[0] for point in points],
        name="dx",
    )
'''

COINS_CHECKS = '''
import numpy as np
from grader.checks import check


@check("coin_mask")
def test_rate(student, rng):
    """Half of the entries are ones"""
    share = student.coin_mask((200, 200), rng).mean()
    assert abs(share - 0.5) < 0.02, f"{share:.2f} of the entries are ones"


@check("coin_mask")
def test_draws_differ(student, rng):
    """Two calls give two masks"""
    first, second = student.coin_mask((50, 50), rng), student.coin_mask((50, 50), rng)
    assert (first != second).any(), "two calls gave the same mask"
'''

SCALE_MISCONCEPTIONS = '''
from grader.checks import misconception


@misconception("scale_forward.adds", hint="Is the factor added or multiplied?", caught_by=("test_values",))
def adds(x, factor=2.0):
    """Adds the factor."""
    return factor + x, factor


@misconception("scale_forward.squares", hint="How often is the factor used?", caught_by=("test_values",))
def squares(x, factor=2.0):
    """Uses the factor twice."""
    return factor * factor * x, factor


@misconception("scale_forward.writes", hint="Your caller's matrix changed.", caught_by=("test_pure",))
def writes(x, factor=2.0):
    """Works in place."""
    x *= factor
    return x, factor


@misconception("scale_backward.forgets", hint="Where is the factor?", caught_by=("test_reference", "test_numerical"))
def forgets(dout, cache):
    """Returns dout."""
    return dout + 0
'''

COINS_MISCONCEPTIONS = '''
import numpy as np
from grader.checks import misconception


@misconception("coin_mask.unfair", hint="How many ones do you expect?", caught_by=("test_rate",))
def unfair(shape, rng):
    """Keeps nine of ten."""
    return (rng.random(shape) < 0.9).astype(float)


@misconception("coin_mask.fixed", hint="Toss again for every call.", caught_by=("test_draws_differ",))
def fixed(shape, rng):
    """Always the same coins."""
    return (np.random.default_rng(3).random(shape) < 0.5).astype(float)
'''


def write_course(folder: Path, **replacements: str) -> Path:
    """Write the course into `folder` and return it. `replacements` gives other texts, by the name of the constant."""
    from grader.course import stub_of

    texts = {
        name: replacements.get(name, globals()[name])
        for name in ("MANIFEST", "SCALE", "COINS", "SCALE_CHECKS", "COINS_CHECKS")
    }
    files = {
        "assignments/small/assignment.toml": texts["MANIFEST"],
        "assignments/small/README.md": "# Small\n",
        "assignments/small/scale.py": stub_of(dedent(texts["SCALE"]).lstrip(), "scale.py"),
        "assignments/small/coins.py": stub_of(dedent(texts["COINS"]).lstrip(), "coins.py"),
        "assignments/small/checks/test_scale.py": texts["SCALE_CHECKS"],
        "assignments/small/checks/test_coins.py": texts["COINS_CHECKS"],
        "solutions/small/scale.py": texts["SCALE"],
        "solutions/small/coins.py": texts["COINS"],
        "solutions/small/misconceptions/scale.py": SCALE_MISCONCEPTIONS,
        "solutions/small/misconceptions/coins.py": COINS_MISCONCEPTIONS,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return folder
