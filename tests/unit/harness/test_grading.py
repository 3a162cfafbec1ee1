"""Graded submissions of the small course: points, outcomes, hints."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course import open_course, read_submission
from grader.harness import CheckRun, grade_run, load_reference
from grader.model.result import CheckResult, GradedSubmission, Outcome, QuestionResult
from grader.sandbox.trusted import TrustedWorker

Grade = Callable[..., GradedSubmission]


def question(graded: GradedSubmission, name: str) -> QuestionResult:
    return next(result for result in graded.questions if result.id == name)


def check(graded: GradedSubmission, name: str) -> CheckResult:
    return next(result for each in graded.questions for result in each.checks if result.id == name)


def test_the_reference_earns_every_point(grade: Grade) -> None:
    graded = grade()
    assert graded.errors == ()
    assert graded.gradable
    assert graded.points == graded.max_points == 100


def test_the_stub_earns_nothing_and_is_not_attempted(grade: Grade) -> None:
    graded = grade(
        {
            "scale": ("return factor * x, factor", "raise NotImplementedError"),
            "coins": ("return (rng", "raise NotImplementedError\n    return (rng"),
        }
    )
    assert question(graded, "scale_forward").attempted is False
    assert question(graded, "coin_mask").attempted is False
    assert question(graded, "scale_forward").points == question(graded, "coin_mask").points == 0


def test_a_backward_pass_is_not_attempted_when_forward_and_backward_are_stubs(grade: Grade) -> None:
    graded = grade({"scale": ("    ### BEGIN SOLUTION\n", "    raise NotImplementedError\n")})
    assert {result.outcome for result in question(graded, "scale_backward").checks} == {Outcome.NOT_ATTEMPTED}


def test_a_written_backward_pass_waits_for_its_forward_pass(grade: Grade) -> None:
    graded = grade({"scale": ("return factor * x, factor", "raise NotImplementedError")})
    results = question(graded, "scale_backward").checks
    assert {result.outcome for result in results} == {Outcome.SKIPPED}
    assert "scale_forward, which is not written yet" in results[0].message


def test_equal_outputs_name_the_misconception(grade: Grade) -> None:
    graded = grade({"scale": ("return factor * x, factor", "return x + factor, factor")})
    named = check(graded, "scale.test_values")
    assert named.misconception == "scale_forward.adds"
    assert named.hint == "Is the factor added or multiplied?"


def test_other_outputs_get_the_checks_own_hint(grade: Grade) -> None:
    graded = grade({"scale": ("return factor * x, factor", "return x - factor, factor")})
    failed = check(graded, "scale.test_values")
    assert failed.misconception is None
    assert failed.hint == "Multiply every entry."


def test_the_only_misconception_that_fails_the_same_checks_is_named_for_random_outputs(grade: Grade) -> None:
    graded = grade({"coins": ("rng.random(shape) < 0.5", "rng.random(shape) > 0.2")})
    assert check(graded, "coins.test_rate").misconception == "coin_mask.unfair"


def test_a_question_shows_one_hint(grade: Grade) -> None:
    graded = grade({"scale": ("return factor * x, factor", "return 'no', factor")})
    assert sum(bool(result.hint) for result in question(graded, "scale_forward").checks) <= 1


def test_in_place_work_costs_the_contract_only_and_is_named(grade: Grade) -> None:
    graded = grade({"scale": ("return factor * x, factor", "x *= factor\n    return x, factor")})
    result = question(graded, "scale_forward")
    assert result.points == pytest.approx(36)
    assert check(graded, "scale.test_pure").misconception == "scale_forward.writes"


@pytest.mark.parametrize("body", ["return x, factor", "return x.copy(), factor", "return np.zeros_like(x), factor"])
def test_an_invariant_alone_earns_nothing(grade: Grade, body: str) -> None:
    graded = grade({"scale": ("return factor * x, factor", body)})
    result = question(graded, "scale_forward")
    assert check(graded, "scale.test_zero").outcome is Outcome.PASSED
    assert result.points == 0
    assert "does not depend on the input" in result.note


def test_the_right_gradient_of_a_wrong_forward_pass_earns_most_core_points(grade: Grade) -> None:
    graded = grade({"scale": ("return factor * x, factor", "return 2 * factor * x, 2 * factor")})
    result = question(graded, "scale_backward")
    assert check(graded, "scale.test_reference").outcome is Outcome.FAILED
    assert check(graded, "scale.test_numerical").outcome is Outcome.PASSED
    assert result.points == pytest.approx(21)
    assert "own forward pass" in result.note


@pytest.mark.parametrize("value", ["None", "3", "'text'", "(1, 2, 3)", "[None, None]"])
def test_a_value_of_another_kind_fails_in_words(grade: Grade, value: str) -> None:
    graded = grade({"scale": ("return factor * x, factor", f"return {value}")})
    failed = check(graded, "scale.test_values")
    assert graded.gradable
    assert failed.outcome is Outcome.FAILED
    assert "expected" in failed.message


def test_an_exception_shows_the_students_line(grade: Grade) -> None:
    graded = grade({"scale": ("return factor * x, factor", "return factor * missing, factor")})
    errored = check(graded, "scale.test_values")
    assert errored.outcome is Outcome.ERRORED
    assert errored.traceback is not None
    assert errored.traceback.frames[-1].code.strip() == "return factor * missing, factor"
    assert "NameError" in errored.message


def test_another_signature_is_explained(grade: Grade) -> None:
    graded = grade({"scale": ("def scale_forward(x, factor=2.0)", "def scale_forward(x)")})
    errored = check(graded, "scale.test_values")
    assert "scale_forward(x, factor=2.0)" in errored.message
    assert "def line" in errored.hint


def test_a_misspelt_function_is_suggested(grade: Grade) -> None:
    graded = grade({"scale": ("def scale_forward", "def scale_foward")})
    assert "scale_foward" in check(graded, "scale.test_values").hint


def test_a_syntax_error_costs_its_module_only(grade: Grade) -> None:
    graded = grade({"scale": ("return factor * x, factor", "return factor * x, factor)")})
    assert check(graded, "scale.test_values").outcome is Outcome.ERRORED
    assert question(graded, "coin_mask").points == 30


def test_a_module_that_imports_a_broken_one_keeps_its_points(grade: Grade) -> None:
    broken = ("return factor * x, factor", "return factor * x, factor)")
    borrowing = ("import numpy as np", "import numpy as np\nfrom scale import scale_forward")
    graded = grade({"scale": broken, "coins": borrowing})
    assert question(graded, "coin_mask").points == 30
    assert question(graded, "scale_forward").points == 0


def test_an_import_of_what_is_not_there_is_the_modules_own_error(grade: Grade) -> None:
    graded = grade({"coins": ("import numpy as np", "import numpy as np\nimport nowhere")})
    errored = check(graded, "coins.test_rate")
    assert errored.outcome is Outcome.ERRORED
    assert "nowhere" in errored.message


def test_one_question_can_be_graded_alone(grade: Grade) -> None:
    graded = grade(only="coin_mask")
    assert [result.id for result in graded.questions] == ["coin_mask"]
    assert graded.partial
    assert graded.max_points == 30


def test_the_same_seed_gives_the_same_result(grade: Grade) -> None:
    changes = {"scale": ("return factor * x, factor", "return x - factor, factor")}
    first, second, other = grade(changes), grade(changes), grade(changes, seed=8)
    message = check(first, "scale.test_values").message
    assert message == check(second, "scale.test_values").message
    assert message != check(other, "scale.test_values").message


def test_a_check_that_stumbles_over_the_students_value_fails_the_student(grade: Grade, course: Path) -> None:
    path = course / "assignments/small/checks/test_coins.py"
    path.write_text(path.read_text().replace("(first != second).any()", "(first.reshape(50, 50) != second).any()"))
    graded = grade({"coins": ("random(shape)", "random((3,))")})
    failed = check(graded, "coins.test_draws_differ")
    assert graded.gradable
    assert failed.outcome is Outcome.FAILED
    assert "could not work with what coin_mask returned" in failed.message


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("assignments/small/checks/test_coins.py", "0.5) < 0.02", "0.5) < 0.02 / 0", "test_coins.py"),
        ("assignments/small/checks/test_coins.py", "import numpy as np", "import nowhere", "test_coins.py, line 1"),
        (
            "assignments/small/checks/test_coins.py",
            "def test_rate(student, rng",
            "def test_rate(student, tmp_path",
            "asks for",
        ),
        ("assignments/small/checks/test_coins.py", '"""Half of the entries are ones"""', "", "no docstring"),
        ("assignments/small/checks/test_coins.py", '@check("coin_mask")', '@check("coin")', "names no question: coin"),
        ("assignments/small/checks/test_coins.py", '@check("coin_mask")\n', "", "is not a check"),
        ("solutions/small/coins.py", "< 0.5", "< 0.9", "the reference does not pass"),
    ],
)
def test_a_fault_of_ours_leaves_the_submission_ungraded(
    grade: Grade, course: Path, file: str, old: str, new: str, said: str
) -> None:
    path = course / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    graded = grade({"scale": ("return factor * x, factor", "return x, factor")})
    assert graded.gradable is False
    assert graded.questions == ()
    assert said in " ".join(graded.errors)


def test_a_submission_has_an_end_and_keeps_what_it_earned_until_then(grade: Grade) -> None:
    graded = grade(seconds=1e-9)
    first, *others = [check for question in graded.questions for check in question.checks]
    assert first.outcome is Outcome.PASSED
    assert {check.outcome for check in others} == {Outcome.TIMED_OUT}
    assert {check.message for check in others} == {
        "not run: the checks before this one used up the time for the whole submission"
    }
    assert graded.gradable
    assert 0 < graded.points < 100


TRAINING = '''

@check("coin_mask", slow=True, weight=2, hint="Count.")
def test_reach(student, rng):
    """Many ones"""
    from grader.checks import assert_reaches, curve_evidence
    for size in (40, 60):
        mask = student.coin_mask((size, size), rng)
    student.show(curve_evidence("ones", {"share": [0.0, float(mask.mean())]}))
    assert_reaches(float(mask.mean()), nothing_at=0.1, all_at=0.4, name="the share of ones", hint="Few ones came.")
'''


def with_training(course: Path) -> None:
    path = course / "assignments/small/checks/test_coins.py"
    path.write_text(path.read_text() + TRAINING)


def test_a_check_that_gets_halfway_earns_half(grade: Grade, course: Path) -> None:
    with_training(course)
    reached = check(grade({"coins": ("< 0.5", "< 0.25")}), "coins.test_reach")
    assert reached.outcome is Outcome.FAILED
    assert reached.max_points == 15
    assert 0.3 * 15 < reached.points < 0.7 * 15


def test_what_a_check_shows_is_kept_whether_it_passes_or_not(grade: Grade, course: Path) -> None:
    with_training(course)
    passed, failed = grade(), grade({"coins": ("< 0.5", "< 0.25")})
    assert check(passed, "coins.test_reach").outcome is Outcome.PASSED
    for graded in (passed, failed):
        shown = check(graded, "coins.test_reach").evidence
        assert shown is not None
        assert shown.kind == "curve"


def test_a_constant_earns_no_part_of_the_points(grade: Grade, course: Path) -> None:
    with_training(course)
    graded = grade({"coins": ("(rng.random(shape) < 0.5).astype(float)", "np.full(shape, 0.3)")})
    assert question(graded, "coin_mask").points == 0


def test_a_slow_check_is_not_run_again_to_explain_a_failure(grade: Grade, course: Path) -> None:
    with_training(course)
    path = course / "assignments/small/checks/test_coins.py"
    counting = 'RUNS = []\n\n@check("coin_mask", slow=True, weight=2'
    text = path.read_text().replace('@check("coin_mask", slow=True, weight=2', counting)
    text = text.replace("    for size in (40, 60):", "    RUNS.append(1)\n    for size in (40, 60):")
    path.write_text(text.replace('name="the share of ones"', 'name=f"the share of ones in run {len(RUNS)}"'))
    graded = grade({"coins": ("< 0.5", "< 0.25")})
    assert "run 1" in check(graded, "coins.test_reach").message


def test_a_failure_may_choose_its_hint(grade: Grade, course: Path) -> None:
    with_training(course)
    path = course / "assignments/small/checks/test_coins.py"
    path.write_text(path.read_text().replace("< 0.02,", "< 2,"))
    graded = grade({"coins": ("(rng.random(shape) < 0.5)", "(rng.random(shape) < 0.25)")})
    assert check(graded, "coins.test_reach").hint == "Few ones came."


def test_progress_tells_what_a_slow_check_is_doing(course: Path) -> None:
    with_training(course)
    assignment = open_course(course).assignment("small")
    told: list[tuple[int, int, str]] = []
    run = CheckRun(
        assignment=assignment,
        submission=read_submission(assignment.solution_folder, assignment),
        solution=load_reference(assignment),
        seed=7,
        open_worker=TrustedWorker,
        only_question="coin_mask",
        on_attempt=lambda done, total, title: told.append((done, total, title)),
    )
    grade_run(run, assignment_digest="sha256:0", isolation={})
    doing = [(done, title) for done, _, title in told if "of: Many" in title]
    assert doing == [(2, "coin_mask, call 1 of: Many ones"), (2, "coin_mask, call 2 of: Many ones")]
    assert told[-1] == (3, 3, "Many ones")
