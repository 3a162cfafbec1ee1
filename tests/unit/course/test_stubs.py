"""A stub is the reference without its solution regions."""

import pytest

from grader.course import stub_of
from grader.errors import AssignmentError

REFERENCE = """\
def f(x):
    \"\"\"Return x.\"\"\"
    ### BEGIN SOLUTION
    y = x
    return y
    ### END SOLUTION


class A:
    def g(self):
        ### BEGIN SOLUTION
        return 1
        ### END SOLUTION
"""


def test_each_region_becomes_a_stub_at_its_indentation() -> None:
    assert stub_of(REFERENCE, "f.py") == (
        'def f(x):\n    """Return x."""\n    # YOUR CODE HERE\n    raise NotImplementedError\n\n\n'
        "class A:\n    def g(self):\n        # YOUR CODE HERE\n        raise NotImplementedError\n"
    )


def test_a_text_without_regions_stays_as_it_is() -> None:
    assert stub_of("x = 1\r\n\n\ty = 2", "f.py") == "x = 1\r\n\n\ty = 2"


def test_a_stub_has_no_solution_left_to_remove() -> None:
    stub = stub_of(REFERENCE, "f.py")
    assert stub_of(stub, "f.py") == stub


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", 2, "opens inside the one of line 1"),
        ("x\n### BEGIN SOLUTION\ny", 2, "never closes"),
        ("x\ny\n### END SOLUTION", 3, "never opened"),
        ("# BEGIN SOLUTION\nx\n# END SOLUTION", 1, "looks like a solution marker"),
        ("### BEGIN SOLUTION\nx  ### END SOLUTION", 2, "looks like a solution marker"),
        ("### begin solution\nx", 1, "looks like a solution marker"),
        ("### BEGIN_SOLUTION\nx", 1, "looks like a solution marker"),
    ],
)
def test_a_marker_that_could_give_the_solution_away_is_refused(text: str, line: int, message: str) -> None:
    with pytest.raises(AssignmentError, match=message) as caught:
        stub_of(text, "f.py")
    assert caught.value.message.startswith(f"f.py, line {line}: ")
    assert caught.value.hint
