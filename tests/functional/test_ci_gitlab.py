"""The pipeline of `grade ci gitlab`, run as GitLab would run it."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from grader.kits import Host
from tests.fakes.hosts import Tools, gitlab_job
from tests.fakes.kits import ADDRESS, ADDS, committed_course, hostile_work_in, work_in, written_kit
from tests.fakes.small_course import SCALE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="GitLab's runners run Linux")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return committed_course(tmp_path / "course")


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    return Tools(tmp_path / "tools")


def _run(course: Path, student: Path, tools: Tools) -> tuple[int, str, Path]:
    result, artifacts = gitlab_job(
        course.parent / "gitlab",
        written_kit(course, Host.GITLAB) / "grade.gitlab-ci.yml",
        "grade small",
        student=student,
        tools=tools,
        remotes={ADDRESS: course},
    )
    return result.status, result.log, artifacts


def test_right_work_passes_and_leaves_a_junit_report(course: Path, tmp_path: Path, tools: Tools) -> None:
    status, log, artifacts = _run(course, work_in(tmp_path / "alice"), tools)
    assert status == 0, log
    suites = ET.parse(artifacts / "junit.xml").getroot()  # noqa: S314 - our own
    assert (suites.get("failures"), suites.get("errors")) == ("0", "0")
    assert json.loads((artifacts / "result.json").read_text("utf-8"))["submission"] == "alice-homework"


def test_the_course_is_that_of_the_commit(course: Path, tmp_path: Path, tools: Tools) -> None:
    kit = written_kit(course, Host.GITLAB)
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"],  # noqa: S607 - whichever git there is
        cwd=course,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert commit in (kit / "grade.gitlab-ci.yml").read_text("utf-8")


def test_lost_points_fail_the_job(course: Path, tmp_path: Path, tools: Tools) -> None:
    work = work_in(tmp_path / "alice", scale=ADDS)
    status, _, artifacts = _run(course, work, tools)
    assert status == 1
    assert int(ET.parse(artifacts / "junit.xml").getroot().get("failures", "0")) > 0  # noqa: S314 - our own


def test_hostile_work_runs_nothing_and_redirects_nothing(course: Path, tmp_path: Path, tools: Tools) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    elsewhere.chmod(0o777)
    work = hostile_work_in(tmp_path / "alice", tmp_path / "trap")
    (work / "grade-results").symlink_to(elsewhere)
    status, log, artifacts = _run(course, work, tools)
    assert status == 1
    assert list((tmp_path / "trap").iterdir()) == []
    assert list(elsewhere.iterdir()) == []
    assert (artifacts / "junit.xml").is_file()
    assert "t0k3n" not in log


def test_a_flood_of_output_leaves_a_report_that_gitlab_reads(course: Path, tmp_path: Path, tools: Tools) -> None:
    """GitLab parses JUnit reports of a bounded size only, and no very long text in them."""
    flood = SCALE.replace("return factor * x", 'print("long " * 200_000)\n    return x')
    _, log, artifacts = _run(course, work_in(tmp_path / "alice", scale=flood), tools)
    assert (artifacts / "junit.xml").stat().st_size < 200_000
    assert len(log) < 200_000
