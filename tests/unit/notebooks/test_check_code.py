"""A test becomes a check where it means the same there, and says why where it does not."""

import pytest

from grader.notebooks.check_code import CheckCode, NotConvertedError, convert_test


def converted(source: str, output: str | None = None, *, shows_value: bool = False) -> CheckCode:
    return convert_test(source, output, {"f", "g"}, {"np"}, shows_value=shows_value)


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("assert f(1) == 1", "assert student.f(1) == 1"),
        ("for x in range(3):\n    assert f(x) == x, x", "for x in range(3):\n    assert student.f(x) == x, x"),
        ("import math\nassert f(1) == math.pi", "import math\nassert student.f(1) == math.pi"),
        ("assert all(f(x) > 0 for x in [1, 2])", "assert all((student.f(x) > 0 for x in [1, 2]))"),
        ("key = lambda a: f(a)\nassert key(1) == 1", "key = lambda a: student.f(a)\nassert key(1) == 1"),
        ("if f(1) != 1:\n    raise AssertionError('no')", "if student.f(1) != 1:\n    raise AssertionError('no')"),
        ("np.testing.assert_allclose(f(1), g(f))", "np.testing.assert_allclose(student.f(1), student.g(student.f))"),
        ("λ = f('é'); assert λ == f(1)", "λ = student.f('é')\nassert λ == student.f(1)"),
        (
            "try:\n    f(1, k=2)\nexcept ValueError:\n    pass\nelse:\n    assert False",
            "assert_raises(ValueError, student.f, 1, k=2)",
        ),
        ("def test_it(f, g):\n    assert f(1) == g(1)", "assert student.f(1) == student.g(1)"),
    ],
)
def test_the_students_functions_stand_in_the_place_of_the_notebooks(source: str, body: str) -> None:
    assert converted(source).body == body


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("assert f(1) == answer", "it uses answer of another cell"),
        ("f(1)", "it asserts nothing"),
        ("assert 1 == 1", "it calls no function of a student"),
        ("f = 3\nassert f == 3", "it gives f another value"),
        ("try:\n    f(1)\nexcept ValueError as e:\n    assert 'x' in str(e)", "it catches an exception"),
        ("np.testing.assert_raises(ValueError, f, 1)", "it expects an exception"),
        ("with assert_raises(ValueError):\n    f(1)", "what it does stands in a with statement"),
        ("def helper(x):\n    return f(x)\nassert helper(1) == 1", "it defines or deletes names"),
        ("assert eval('f(1)') == f(1)", "it calls eval"),
        ("assert f(1) == (", "it is not Python"),
        ("def test_a(f):\n    assert f(1)\nx = 1", "it defines a test function beside other code"),
        ("def test_a(f, env):\n    assert f(1) == env['x']", "it uses env of another cell"),
    ],
)
def test_what_could_mean_something_else_is_left_with_the_reason(source: str, reason: str) -> None:
    with pytest.raises(NotConvertedError, match=reason.replace("(", r"\(")):
        converted(source)


@pytest.mark.parametrize(
    ("source", "output", "body"),
    [
        ("f(1)", "3", "assert student.f(1) == 3"),
        ("f(1) == 3", "True", "assert student.f(1) == 3"),
        ("f(1)", "'a'", "assert student.f(1) == 'a'"),
        ("f(1)", "(1, [2])", "assert student.f(1) == (1, [2])"),
        ("x = 2\nf(x)", "0.1", "x = 2\nassert_close(student.f(x), 0.1)"),
        ("assert f(1) == 3", None, "assert student.f(1) == 3"),
    ],
)
def test_a_shown_value_is_compared_with_what_it_was(source: str, output: str | None, body: str) -> None:
    assert converted(source, output, shows_value=True).body == body


@pytest.mark.parametrize("output", [None, "<object at 0x7f>", "array([1, 2])", "(" * 100])
def test_a_shown_value_that_is_not_known_is_not_guessed(output: str | None) -> None:
    with pytest.raises(NotConvertedError, match="what it should show"):
        converted("f(1)", output, shows_value=True)


def test_the_title_is_what_the_test_says_of_itself() -> None:
    assert converted('"""It\n  doubles."""\nassert f(1) == 2').title == "It doubles."
    assert converted("# It doubles.\nassert f(1) == 2").title == "It doubles."
    assert converted("assert f(1) == 2").title == ""


def test_a_helper_that_the_test_defines_itself_is_not_imported() -> None:
    assert converted("assert_close = np.allclose\nassert assert_close(f(1), 1)").helpers == frozenset()
