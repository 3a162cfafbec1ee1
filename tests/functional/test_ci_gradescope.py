"""The autograder of `grade ci gradescope`, in the folders of its image."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.kits import Host
from tests.fakes.hosts import GradescopeImage, Tools
from tests.fakes.kits import committed_course, hostile_work_in, links_in, work_in, written_kit
from tests.fakes.small_course import COINS, MANIFEST, write_course

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="an image runs Linux")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return committed_course(tmp_path / "course")


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    return Tools(tmp_path / "tools")


LATE = """[late]
due = 2026-10-01T12:00:00+02:00
percent_per_day = 10
cap_percent = 50

[[questions]]
id = "scale_forward"
"""
LATE_MANIFEST = MANIFEST.replace('[[questions]]\nid = "scale_forward"\n', LATE, 1)


def _metadata(created_at: str, **assignment: Any) -> str:
    return json.dumps(
        {
            "created_at": created_at,
            "assignment": {"due_date": None, "title": "Small", **assignment},
            "users": [{"name": "Alice", "email": "alice@example.org"}],
            "previous_submissions": [],
        }
    )


ON_TIME = _metadata("2026-10-01T11:00:00.000000+02:00")


@pytest.fixture
def image(course: Path, tmp_path: Path, tools: Tools) -> GradescopeImage:
    return _image(course, tmp_path, tools)


def _image(course: Path, tmp_path: Path, tools: Tools) -> GradescopeImage:
    image = GradescopeImage(tmp_path, written_kit(course, Host.GRADESCOPE) / "small-gradescope.zip", tools)
    built = image.build()
    assert built.status == 0, built.log
    return image


def _results(image: GradescopeImage) -> dict[str, Any]:
    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    found: dict[str, Any] = json.loads(image.results.read_text("utf-8"), parse_constant=refuse)
    _require_gradescope_format(found)
    return found


def _require_gradescope_format(results: dict[str, Any]) -> None:
    """The rules of Gradescope's specification."""
    visibilities = {"hidden", "after_due_date", "after_published", "visible"}
    formats = {"text", "html", "simple_format", "md", "ansi"}
    tests = results.get("tests", [])
    # Without a score there is no mark, which is what an ungraded submission has.
    assert ("score" in results) is ("grader's side" not in results["output"])
    assert isinstance(results.get("score", 0), int | float)
    assert results.get("output_format", "text") in formats
    for test in tests:
        assert test.get("visibility", "visible") in visibilities
        assert test.get("output_format", "text") in formats
        assert test.get("status", "passed") in {"passed", "failed"}
        assert {"score", "max_score"} <= set(test) or "score" not in test
    assert results.get("stdout_visibility", "hidden") in visibilities


def test_the_scripts_are_sound(course: Path, tmp_path: Path) -> None:
    kit = written_kit(course, Host.GRADESCOPE)
    shutil.unpack_archive(kit / "small-gradescope.zip", tmp_path / "source")
    checker = Path(sys.executable).with_name("shellcheck")
    for name in ("setup.sh", "run_autograder"):
        script = tmp_path / "source" / name
        subprocess.run(["bash", "-n", str(script)], check=True)  # noqa: S607 - whichever there is
        done = subprocess.run([checker, str(script)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_the_zip_is_the_same_whenever_it_is_made(course: Path) -> None:
    first = (written_kit(course, Host.GRADESCOPE) / "small-gradescope.zip").read_bytes()
    for path in course.rglob("*"):
        os.utime(path, (0, 0))
    shutil.rmtree(course.parent / "kit-gradescope")
    assert (written_kit(course, Host.GRADESCOPE) / "small-gradescope.zip").read_bytes() == first


def test_right_work_earns_all_points(image: GradescopeImage, tmp_path: Path) -> None:
    done = image.grade(work_in(tmp_path / "alice"), ON_TIME)
    results = _results(image)
    assert (done.status, results["score"]) == (0, 100), done.log
    assert sum(test["max_score"] for test in results["tests"]) == pytest.approx(100)


def test_work_of_the_day_after_tomorrow_loses_what_the_policy_says(tmp_path: Path, tools: Tools) -> None:
    course = write_course(tmp_path / "course", MANIFEST=LATE_MANIFEST)
    image = _image(course, tmp_path, tools)
    image.grade(work_in(tmp_path / "alice"), _metadata("2026-10-03T11:00:00+02:00"))
    results = _results(image)
    assert results["score"] == 80
    assert "2 days late" in results["output"]


def test_an_extension_moves_the_due_date(tmp_path: Path, tools: Tools) -> None:
    course = write_course(tmp_path / "course", MANIFEST=LATE_MANIFEST)
    image = _image(course, tmp_path, tools)
    image.grade(
        work_in(tmp_path / "alice"), _metadata("2026-10-03T11:00:00+02:00", due_date="2026-10-03T12:00:00+02:00")
    )
    assert _results(image)["score"] == 100


@pytest.mark.parametrize("metadata", [None, '{"created_at": 7', "{}"])
def test_nobody_is_late_when_nobody_knows_when(tmp_path: Path, tools: Tools, metadata: str | None) -> None:
    course = write_course(tmp_path / "course", MANIFEST=LATE_MANIFEST)
    image = _image(course, tmp_path, tools)
    done = image.grade(work_in(tmp_path / "alice"), metadata)
    assert _results(image)["score"] == 100
    assert "lateness is not counted" in done.log


def test_hostile_work_runs_nothing_and_writes_no_result(image: GradescopeImage, tmp_path: Path) -> None:
    work = hostile_work_in(tmp_path / "alice", tmp_path / "trap")
    forged = f"\nopen({str(image.results)!r}, 'w').write('{{\"score\": 100}}')\n"
    with (work / "coins.py").open("a", encoding="utf-8") as file:
        file.write(forged)
    image.grade(work, ON_TIME)
    assert list((tmp_path / "trap").iterdir()) == []
    assert _results(image)["score"] < 100


def test_links_to_the_solution_earn_nothing(image: GradescopeImage, tmp_path: Path) -> None:
    image.grade(links_in(tmp_path / "eve", image.root / "source" / "course" / "solutions" / "small"), ON_TIME)
    assert _results(image)["score"] == 0


def test_nothing_to_grade_is_told_to_the_student(image: GradescopeImage, tmp_path: Path) -> None:
    (tmp_path / "alice").mkdir()
    image.grade(tmp_path / "alice", ON_TIME)
    assert "nothing to grade" in _results(image)["output"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda root: (root / "source/course/assignments/small/assignment.toml").write_text("title = 1"),
        lambda root: (root / "venv/bin/python").unlink(),
        lambda root: (root / "venv/bin/python").write_text("#!/bin/sh\nkill -9 $$\n"),
        lambda root: (root / "venv/bin/python").write_text("#!/bin/sh\nsleep 60\n"),
    ],
    ids=["manifest", "missing", "killed", "hangs"],
)
def test_whatever_breaks_there_is_a_result_and_it_says_whose_fault_it_is(
    image: GradescopeImage, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    runner = image.root / "run_autograder"
    runner.write_text(runner.read_text("utf-8").replace("=10 540", "=10 5"), encoding="utf-8")
    damage(image.root)
    done = image.grade(work_in(tmp_path / "alice"), ON_TIME)
    results = _results(image)
    assert done.status == 0
    assert "score" not in results
    assert "grader's side" in results["output"]


def test_the_image_is_not_built_where_the_reference_loses_points(course: Path, tmp_path: Path, tools: Tools) -> None:
    (course / "solutions" / "small" / "coins.py").write_text(COINS.replace("0.5", "0.9"), encoding="utf-8")
    kit = written_kit(course, Host.GRADESCOPE)
    built = GradescopeImage(tmp_path, kit / "small-gradescope.zip", tools).build()
    assert built.status == 1
    assert "the reference does not earn all points in this image" in built.log


@pytest.mark.usefixtures("image")
def test_what_is_installed_is_the_grader_that_wrote_the_kit(tools: Tools) -> None:
    (line,) = tools.installed
    assert "dl_grader-" in line
    assert "--constraint" in line
