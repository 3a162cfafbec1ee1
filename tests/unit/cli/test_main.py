"""Whatever happens in a command becomes one message, one hint and one exit code."""

from pathlib import Path

import pytest

from grader.cli.main import run
from grader.errors import AssignmentError, GraderError, IsolationError, SubmissionError, UsageError


def _run_failing(arguments: list[str], error: BaseException) -> int:
    """Run a command whose search for the course fails, with which every command begins."""

    def cwd() -> Path:
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "cwd", cwd)
        return run(arguments)


@pytest.mark.parametrize(
    ("error", "code"), [(UsageError, 2), (SubmissionError, 2), (AssignmentError, 3), (IsolationError, 3)]
)
def test_an_error_shows_its_message_and_its_hint(
    capsys: pytest.CaptureFixture[str], error: type[GraderError], code: int
) -> None:
    assert _run_failing(["list"], error("the bridge is closed", hint="take the ferry")) == code
    assert capsys.readouterr() == ("", "error: the bridge is closed\nhint: take the ferry\n")


def test_an_error_without_a_hint_has_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    _run_failing(["list"], UsageError("the bridge is closed"))
    assert capsys.readouterr().err == "error: the bridge is closed\n"


def test_a_bug_of_ours_is_a_fault_that_shows_its_traceback_to_those_who_ask(capsys: pytest.CaptureFixture[str]) -> None:
    bug = ZeroDivisionError("division by zero")
    assert _run_failing(["small"], bug) == 3
    short = capsys.readouterr().err
    assert "ZeroDivisionError: division by zero" in short
    assert "Traceback" not in short
    assert _run_failing(["small", "-v"], bug) == 3
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run_failing(["list"], KeyboardInterrupt()) == 130
    assert capsys.readouterr().err.split() == ["interrupted"]


def test_control_characters_of_a_message_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    _run_failing(["list"], SubmissionError("it holds \x1b[2Jnothing\n::error::", hint="rename \u202ethat"))
    shown = capsys.readouterr().err
    assert len(shown.splitlines()) == 2
    assert "\x1b" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["small", "--colour"], "no such option"),
        (["small", "--seed", "-1"], "invalid value for '--seed'"),
        (["small", "--seed", "one"], "invalid value for '--seed'"),
        (["small", "--fail-under", "101"], "invalid value for '--fail-under'"),
        (["small", "--format", "pdf"], "invalid value for '--format'"),
        (["small", "--isolation", "none"], "invalid value for '--isolation'"),
        (["small", "a", "b"], "unexpected extra argument"),
        (["--seed", "3"], "missing argument 'ASSIGNMENT'"),
        (["--seed", "3", "list"], "options stand before the command"),
    ],
)
def test_wrong_usage_says_what_and_where_to_look(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert run(arguments) == 2
    error, hint = capsys.readouterr().err.splitlines()
    assert message in error
    assert hint.startswith("hint: ")


def test_no_words_at_all_show_the_help_and_are_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert capsys.readouterr().err.startswith("Usage: grade ASSIGNMENT")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["small", "--help"]])
def test_the_help_is_one_for_all(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run(arguments) == 0
    shown = capsys.readouterr().out
    for word in ("SUBMISSION", "--course", "--version", "list", "Exit codes"):
        assert word in shown
