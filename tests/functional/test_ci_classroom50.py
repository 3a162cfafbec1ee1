"""The autograder of `grade ci classroom50`, run in a student's checkout as its runner does."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from grader.kits import Host
from tests.fakes.hosts import StepResult, Tools, classroom50_run
from tests.fakes.kits import ADDS, hostile_work_in, links_in, work_in, written_kit
from tests.fakes.small_course import COINS_CHECKS, write_course

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="its runners run Linux")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # pytest's own words for a failed `any()` name an address in memory, which no recording can hold.
    checks = COINS_CHECKS.replace("(first != second).any()", "share").replace(
        "    assert share", "    share = (first != second).mean()\n    assert share"
    )
    return write_course(tmp_path_factory.mktemp("classroom50") / "course", COINS_CHECKS=checks)


@pytest.fixture(scope="module")
def kit(course: Path) -> Path:
    return written_kit(course, Host.CLASSROOM50)


@pytest.fixture
def bundle(kit: Path, tmp_path: Path) -> Path:
    return shutil.copytree(kit, tmp_path / "kit") / "small"


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    return Tools(tmp_path / "tools")


def _run(bundle: Path, student: Path, tools: Tools) -> tuple[StepResult, Path]:
    return classroom50_run(bundle.parents[1], bundle, student, tools)


def _result(checkout: Path) -> dict[str, Any]:
    """Read the result and hold it against the contract."""
    assert not (checkout / "result.json").is_symlink()
    result: dict[str, Any] = json.loads((checkout / "result.json").read_text("utf-8"))
    assert result["schema"] == "classroom50/result/v1"
    assert (result["classroom"], result["assignment"]) == ("deep-learning", "homework-1")
    assert result["submission"].startswith("submit/")
    for name in ("commit", "release", "review"):
        assert result[name].startswith("https://")
    for score in ("score", "max-score"):
        assert all(type(test[score]) is int for test in result["tests"])
        assert result[score] == sum(test[score] for test in result["tests"])
    assert all(test["test-name"] and type(test["passed"]) is bool for test in result["tests"])
    return result


def test_right_work_has_the_full_score(bundle: Path, tmp_path: Path, tools: Tools) -> None:
    done, checkout = _run(bundle, work_in(tmp_path / "alice"), tools)
    assert done.status == 0, done.log
    result = _result(checkout)
    assert result["score"] == result["max-score"]
    assert done.outputs == {"status": "success", "summary": "100/100 points"}
    assert (checkout / "release-body.md").read_text("utf-8").startswith("# Small: 100 / 100")


def test_lost_points_are_a_result_and_no_error(bundle: Path, tmp_path: Path, tools: Tools) -> None:
    done, checkout = _run(bundle, work_in(tmp_path / "alice", scale=ADDS), tools)
    assert done.status == 0
    result = _result(checkout)
    assert 0 < result["score"] < result["max-score"]
    assert done.outputs["status"] == "failure"


def test_hostile_work_runs_nothing_and_sees_no_token(bundle: Path, tmp_path: Path, tools: Tools) -> None:
    done, checkout = _run(bundle, hostile_work_in(tmp_path / "alice", tmp_path / "trap"), tools)
    assert list((tmp_path / "trap").iterdir()) == []
    result = _result(checkout)
    assert result["score"] < result["max-score"]
    assert "t0k3n" not in done.log + json.dumps(result)


def test_results_that_a_student_committed_are_replaced(bundle: Path, tmp_path: Path, tools: Tools) -> None:
    work = work_in(tmp_path / "alice", scale=ADDS)
    precious = tmp_path / "precious"
    precious.write_text("keep", encoding="utf-8")
    (work / "result.json").symlink_to(precious)
    (work / "release-body.md").mkdir()
    _, checkout = _run(bundle, work, tools)
    assert precious.read_text("utf-8") == "keep"
    assert _result(checkout)["score"] > 0


def test_nothing_to_grade_is_a_result_that_says_so(bundle: Path, tmp_path: Path, tools: Tools) -> None:
    (tmp_path / "alice").mkdir()
    done, checkout = _run(bundle, tmp_path / "alice", tools)
    assert done.status == 0, done.log
    assert _result(checkout)["score"] == 0
    assert "nothing to grade" in (checkout / "release-body.md").read_text("utf-8")


def test_links_are_not_followed(bundle: Path, course: Path, tmp_path: Path, tools: Tools) -> None:
    _, checkout = _run(bundle, links_in(tmp_path / "eve", course / "solutions" / "small"), tools)
    assert _result(checkout)["score"] == 0


@pytest.mark.parametrize("damage", ["course", "kit"])
def test_a_fault_of_ours_is_an_error_of_the_runner_and_leaves_no_result(
    bundle: Path, tmp_path: Path, tools: Tools, damage: str
) -> None:
    if damage == "kit":
        (bundle / "kit.zip").write_bytes(b"PK damaged")
    else:
        with zipfile.ZipFile(bundle / "kit.zip", "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
            packed.writestr("course/assignments/small/assignment.toml", "title = 1\n")
    work = work_in(tmp_path / "alice")
    (work / "result.json").write_text('{"score": 100}', encoding="utf-8")
    done, checkout = _run(bundle, work, tools)
    assert done.status != 0
    assert not (checkout / "result.json").exists()


def test_no_solution_is_in_what_students_can_read(bundle: Path) -> None:
    with zipfile.ZipFile(bundle / "kit.zip") as packed:
        names = packed.namelist()
        assert "course/assignments/small/recording.bin" in names
        assert not any("solutions" in name or "misconceptions" in name for name in names)
        assert not any(b"return factor * x" in packed.read(name) for name in names if name.startswith("course/"))


def test_it_is_the_same_whenever_it_is_made(course: Path, bundle: Path) -> None:
    shutil.rmtree(course.parent / "kit-classroom50")
    assert (written_kit(course, Host.CLASSROOM50) / "small" / "kit.zip").read_bytes() == (
        bundle / "kit.zip"
    ).read_bytes()


def test_the_autograder_is_plain_python(bundle: Path) -> None:
    ruff = Path(sys.executable).with_name("ruff")
    linted = subprocess.run(
        [ruff, "check", "--isolated", "--select", "E,F,I,B", "--line-length", "120", bundle / "autograder.py"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 0, linted.stdout
