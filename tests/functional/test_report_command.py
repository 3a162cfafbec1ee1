"""`grade report` as an instructor meets it: a folder of pages from a gradebook, with names or without."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest

from grader.gradebook import open_gradebook, pseudonyms_of, replace_similar
from grader.model.gradebook import Adjustment, Member
from grader.model.result import Frame, GradedSubmission, Outcome, Traceback
from grader.model.similarity import SimilarPair
from tests.fakes.class_gradebook import MOMENT, graded_class
from tests.fakes.class_records import PASSAGE
from tests.fakes.graded import check, graded, half_right, perfect, question, random_parts, ungraded, untouched
from tests.fakes.html_page import Page
from tests.fakes.processes import SECONDS, wait_until

ROSTER = [
    Member(id="ada_l", name="Ada Lovelace", email="countess@example.org", section="Tuesday"),
    Member(id="4711815", name="Blaise Pascal", email="blaise.p@example.org", section="Friday"),
    Member(id="Sofia K.", name="Sofia Kovalevskaya", email="sofia@example.org", section="Friday"),
    Member(id="grace", name="Grace Hopper", email="amazing@example.org", section="Tuesday"),
    Member(id="emilie", name="Émilie du Châtelet", section="Tuesday"),
]
HELP = Adjustment(
    student="ada_l", assignment="assignment3", points=4.0, comment="Ada explained it", author="Babbage", made_at=MOMENT
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "assignments").mkdir()
    graded_class(
        tmp_path / "gradebook.sqlite",
        {
            "ada_l": [half_right(), _telling()],
            "4711815": [replace(perfect(), submission="4711815-blaise")],
            "Sofia K.": [untouched()],
            "grace": [replace(ungraded(), errors=("grace.zip is not a ZIP archive",))],
        },
        roster=ROSTER,
        adjustments=[HELP],
        regraded={"4711815": half_right()},
    )
    with open_gradebook(str(tmp_path / "gradebook.sqlite")) as gradebook:
        pair = SimilarPair(first="ada_l", second="Sofia K.", share=0.8, lines=3, passages=(PASSAGE,))
        replace_similar(gradebook, "assignment3", [pair])
    return tmp_path


def test_the_report_has_the_class_and_two_pages_for_everyone_who_handed_in(course: Path) -> None:
    done = _report(course, "assignment3")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"L2 and L1 · 5 students, 4 with feedback\n  open {course / 'report' / 'index.html'}\n"
    names = _files(course / "report")
    assert len(names) == 1 + 2 * 4
    assert {"index.html", "students/ada_l.html", "feedback/ada_l.html", "students/4711815.html"} <= names
    shown = Page(_text(course / "report" / "index.html")).text
    for text in ("Ada Lovelace", "4 of 5 students handed in", "grace.zip is not a ZIP archive", "l2_penalty.no_half"):
        assert text in shown
    assert "1 attempt was graded again: 0 gained, 1 lost" in shown
    assert "Ada Lovelace and Sofia Kovalevskaya" in shown


def test_no_link_leads_nowhere(course: Path) -> None:
    graded_class(course / "gradebook.sqlite", {"ada_l": [perfect()], "new one": [perfect()]}, assignment="Assignment 4")
    assert _report(course).returncode == 0
    site = course / "report"
    files = _files(site)
    assert {"index.html", "assignment3/index.html"} <= files
    for name in files:
        for target in Page(_text(site / name)).values("href"):
            path = target.partition("#")[0]
            if path and not path.startswith(("data:", "https:")):
                assert unquote(urljoin(f"/{name}", path))[1:] in files, f"{name} leads to {target}"


def test_a_page_says_how_the_mark_came_about_and_feedback_does_so_to_its_student(course: Path) -> None:
    _report(course, "assignment3")
    staff = Page(_text(course / "report" / "students" / "ada_l.html")).text
    given = Page(_text(course / "report" / "feedback" / "ada_l.html")).text
    for text in (staff, given):
        assert "+4 given by hand" in text
        assert "10 for 2 days late" in text
        assert "Ada explained it" in text
    assert "Babbage" in staff
    assert "Babbage" not in given
    assert "this is the code: lovelace" in staff


def test_hidden_checks_do_not_leave_the_staffs_pages(course: Path) -> None:
    graded_class(course / "gradebook.sqlite", {"ada_l": [random_parts()]}, assignment="assignment2")
    assert _report(course, "assignment2").returncode == 0
    assert "SECRET" in _text(course / "report" / "students" / "ada_l.html")
    assert "SECRET" not in _text(course / "report" / "feedback" / "ada_l.html")


def test_an_anonymous_report_holds_nothing_that_tells_who_it_is(course: Path) -> None:
    done = _report(course, "--anonymous")
    assert (done.returncode, done.stderr) == (0, "")
    site = course / "report"
    everything = {path.relative_to(site).as_posix(): _text(path) for path in site.rglob("*") if path.is_file()}
    told = "\n".join([*everything, *everything.values(), done.stdout.partition("\n  open")[0]]).casefold()
    words = {word.casefold() for each in ROSTER for text in (each.id, each.name, each.email) for word in text.split()}
    also = (
        "explained",
        "babbage",
        "late_night",
        "13:07",
        "2026-10-02",
        "not a zip",
        "tuesday",
        "the code",
        "printed",
        "for w in weights",
    )
    for text in (*words - {"du", "k."}, *also):
        assert text not in told, f"{text} is left"
    assert "sha256:ada_l" not in told
    with open_gradebook(str(course / "gradebook.sqlite")) as gradebook:
        pseudonyms = pseudonyms_of(gradebook)
    assert {f"feedback/{pseudonyms[name]}.html" for name in ("ada_l", "4711815", "Sofia K.", "grace")} <= set(
        everything
    )
    listed = [line for line in Page(everything["index.html"]).text.split() if line in pseudonyms.values()]
    assert set(listed) == set(pseudonyms.values())


def test_pseudonyms_are_the_same_in_the_next_report(course: Path) -> None:
    _report(course, "--anonymous")
    first = _files(course / "report")
    graded_class(course / "gradebook.sqlite", {"aaron": [perfect()]})
    _report(course, "--anonymous")
    assert _files(course / "report") > first


def test_the_line_of_risk_can_be_moved(course: Path) -> None:
    _report(course, "assignment3", "--at-risk", "0")
    shown = Page(_text(course / "report" / "index.html")).text
    assert "below 0 points (0 %)" in shown


def test_an_earlier_report_is_replaced_and_nothing_else(course: Path) -> None:
    assert _report(course, "assignment3", "--output", "out").returncode == 0
    assert _report(course, "assignment3", "--output", "out").returncode == 0
    (course / "out" / "notes.txt").write_text("mine")
    refused = _report(course, "assignment3", "--output", "out")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "would be lost: notes.txt" in refused.stderr
    refused = _report(course, "assignment3", "--output", ".")
    assert (refused.returncode, "holds other files" in refused.stderr) == (2, True)
    assert (course / "gradebook.sqlite").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["assignment9"], "does not know assignment9; it knows assignment3"),
        (["--gradebook", "none.sqlite"], "there is no gradebook"),
        (["--at-risk", "101"], "is not in the range"),
        (["--at-risk", "nan"], "nan is not a number"),
        (["--output", "gradebook.sqlite"], "it is a file"),
        (["--output", "/"], "it holds other files"),
        (["assignment3", "more"], "unexpected extra argument"),
    ],
)
def test_wrong_usage_says_what_to_change_and_makes_nothing(course: Path, arguments: list[str], message: str) -> None:
    before = sorted(path.name for path in course.iterdir())
    done = _report(course, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert sorted(path.name for path in course.iterdir()) == before


def test_a_gradebook_that_knows_no_class_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "assignments").mkdir()
    with open_gradebook(str(tmp_path / "gradebook.sqlite")):
        pass
    done = _report(tmp_path)
    assert (done.returncode, "grade a class first" in done.stderr) == (2, True)


def test_an_interruption_leaves_the_earlier_report(course: Path) -> None:
    _report(course, "assignment3")
    graded_class(course / "gradebook.sqlite", {f"student{number}": [half_right()] for number in range(120)})
    before = _files(course / "report")
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "report"], cwd=course, stderr=subprocess.PIPE, text=True, env=_environment()
    )
    wait_until(lambda: (course / ".report.unfinished" / "students").exists() or process.poll() is not None)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=SECONDS)
    assert (process.returncode, error.split()) == (130, ["interrupted"])
    assert _files(course / "report") == before
    assert not (course / ".report.unfinished").exists()


def test_the_marker_lists_the_files_of_the_report(course: Path) -> None:
    _report(course, "assignment3")
    marker = json.loads(_text(course / "report" / ".grade-report.json"))
    assert marker["schema"] == "grade-report/v1"
    assert set(marker["files"]) == _files(course / "report")


def _telling() -> GradedSubmission:
    """Return a result that says who wrote it wherever it can."""
    frame = Frame(filename="ada_l.py", line=3, function="lovelace", code="raise E  # this is the code: lovelace")
    telling = check(
        "penalties.test_l2_value",
        "The penalty is right.",
        Outcome.ERRORED,
        message="KeyError: 'Ada, with Blaise Pascal'",
        call="l2_penalty({'lovelace_W': …})",
        traceback=Traceback(error="KeyError: 'Ada, with Blaise Pascal'", frames=(frame,)),
        stdout="printed by Ada Lovelace <countess@example.org>, see Sofia",
    )
    return graded([question("l2_penalty", "penalties", "Penalty", [telling])], submission="ada_l", max_points=100.0)


def _report(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "grader", "report", *arguments],
        cwd=course,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "GRADE_GRADEBOOK"}
    return {**kept, "PYTHONUTF8": "1", "COLUMNS": "100"}


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
