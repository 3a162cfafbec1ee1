"""Two graders that may give different points are told apart."""

from dataclasses import replace

import numpy as np

from grader.workflows.grader_code import differences, versions


def test_a_grader_is_like_itself() -> None:
    own = versions()
    assert own.numpy == np.__version__
    assert differences(versions(), own) == ""


def test_each_difference_is_named_with_both_sides() -> None:
    own = replace(versions(), python="3.11", numpy="2.3.1")
    theirs = replace(own, python="3.12", numpy="1.26.4")
    assert differences(theirs, own) == "python 3.12 (here 3.11), numpy 1.26.4 (here 2.3.1)"
