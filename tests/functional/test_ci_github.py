"""The workflow of `grade ci github`, run as GitHub would run it."""

import json
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

from grader.kits import Host
from grader.kits.actions import ACTIONS
from tests.fakes.hosts import GitHubJob, Tools, obeyed_commands
from tests.fakes.kits import ADDS, committed_course, hostile_work_in, links_in, work_in, written_kit
from tests.fakes.small_course import SCALE

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="GitHub's runners run Linux")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return committed_course(tmp_path / "course")


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    return Tools(tmp_path / "tools")


def _run(course: Path, student: Path, tools: Tools, **options: object) -> GitHubJob:
    workflow = written_kit(course, Host.GITHUB, **options) / ".github" / "workflows" / "grade.yml"
    return GitHubJob(course.parent / "github", workflow, course=course, student=student, tools=tools).run(
        assignment="small"
    )


def test_a_workflow_has_least_permissions_and_pins_what_it_uses(course: Path) -> None:
    text = (written_kit(course, Host.GITHUB) / ".github/workflows/grade.yml").read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    assert set(workflow[True]) == {"push", "workflow_dispatch"}
    for use in re.findall(r"uses: (.*)", text):
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)
    (job,) = workflow["jobs"].values()
    checkouts = [step["with"] for step in job["steps"] if "checkout" in step.get("uses", "")]
    assert all(each["persist-credentials"] is False for each in checkouts)
    assert re.fullmatch("[0-9a-f]{40}", checkouts[0]["ref"])
    assert "secrets." not in text
    assert not any("${{" in step.get("run", "") for step in job["steps"])


def test_right_work_passes_with_a_summary_and_numbers(course: Path, tmp_path: Path, tools: Tools) -> None:
    job = _run(course, work_in(tmp_path / "alice"), tools)
    step = job.results["Grade"]
    assert step.status == 0, step.log
    assert step.summary.startswith("# Small: 100 / 100")
    assert step.outputs == {"gradable": "true", "points": "100", "max-points": "100", "percent": "100.00"}
    artifacts = job.artifacts / "grade-small"
    assert {path.name for path in artifacts.iterdir()} == {"report.html", "result.json", "junit.xml"}
    result = json.loads((artifacts / "result.json").read_text("utf-8"))
    assert (result["submission"], result["points"]) == ("alice-homework", 100)
    assert all(state.startswith("on") for state in result["environment"]["isolation"].values())
    assert ET.parse(artifacts / "junit.xml").getroot().tag == "testsuites"  # noqa: S314 - our own
    assert not job.failed


def test_lost_points_fail_the_job_with_marks_beside_the_lines(course: Path, tmp_path: Path, tools: Tools) -> None:
    work = work_in(tmp_path / "alice" / "homework", scale=ADDS)
    job = _run(course, work.parent, tools)
    step = job.results["Grade"]
    assert (step.status, job.failed) == (1, True)
    assert (job.artifacts / "grade-small" / "junit.xml").exists()
    commands = obeyed_commands(step.log)
    line = SCALE.lstrip("\n").split("\n").index("def scale_forward(x, factor=2.0):") + 2
    assert any(text.startswith(f"::warning file=homework/scale.py,line={line},title=") for _, text in commands)
    assert commands[-1][0] == "notice"


def test_the_share_that_is_enough_is_the_instructors(course: Path, tmp_path: Path, tools: Tools) -> None:
    work = work_in(tmp_path / "alice", coins="import numpy as np\n")
    assert _run(course, work, tools, fail_under_percent=70.0).results["Grade"].status == 0


def test_hostile_work_runs_nothing_outside_the_sandbox_and_commands_nothing(
    course: Path, tmp_path: Path, tools: Tools
) -> None:
    step = _run(course, hostile_work_in(tmp_path / "alice", tmp_path / "trap"), tools).results["Grade"]
    assert list((tmp_path / "trap").iterdir()) == []
    commands = obeyed_commands(step.log)
    assert {name for name, _ in commands} <= {"stop-commands", "warning", "error", "notice"}
    assert not any("forged" in text and not text.startswith("::warning file=scale.py") for _, text in commands)
    assert float(step.outputs["points"]) < 100
    assert set(step.outputs) == {"gradable", "points", "max-points", "percent"}
    assert "t0k3n" not in step.log + step.summary


def test_links_to_the_solution_earn_nothing(course: Path, tmp_path: Path, tools: Tools) -> None:
    checkout = tmp_path / "github" / "work" / "alice-homework" / "alice-homework"
    linked = links_in(tmp_path / "eve", checkout / "course" / "solutions" / "small")
    step = _run(course, linked, tools).results["Grade"]
    assert float(step.outputs["points"]) == 0
    assert step.status != 0


def test_nothing_to_grade_says_so_on_the_jobs_page(course: Path, tmp_path: Path, tools: Tools) -> None:
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / "notes.txt").write_text("later", encoding="utf-8")
    step = _run(course, tmp_path / "alice", tools).results["Grade"]
    assert step.status == 2
    assert "nothing to grade" in step.summary
    assert "scale.py" in step.summary
    assert [name for name, _ in obeyed_commands(step.log)] == ["stop-commands", "error"]


def test_a_fault_of_ours_is_told_as_one_and_is_no_zero(course: Path, tmp_path: Path, tools: Tools) -> None:
    (course / "solutions" / "small" / "scale.py").write_text("raise RuntimeError('ours')\n", encoding="utf-8")
    job = _run(course, work_in(tmp_path / "alice"), tools)
    step = job.results["Grade"]
    assert step.status == 3
    assert "not graded" in step.summary
    assert step.outputs["gradable"] == "false"


def test_pip_takes_no_settings_of_the_environment(course: Path, tmp_path: Path, tools: Tools) -> None:
    _run(course, work_in(tmp_path / "alice"), tools, package="dl-grader==0.1.0")
    (line,) = tools.installed
    assert line.startswith("-I -m pip --isolated install ")
    assert " dl-grader==0.1.0 numpy==" in line


def test_a_course_below_the_top_of_its_repository_is_found(tmp_path: Path, tools: Tools) -> None:
    repository = tmp_path / "repository"
    course = committed_course(repository / "teaching", repository=repository)
    workflow = written_kit(course, Host.GITHUB) / ".github" / "workflows" / "grade.yml"
    job = GitHubJob(tmp_path / "github", workflow, course=repository, student=work_in(tmp_path / "alice"), tools=tools)
    assert job.run(assignment="small").results["Grade"].status == 0


@pytest.mark.parametrize("workflow", sorted((ROOT / ".github" / "workflows").glob("*.yml")), ids=lambda path: path.name)
def test_this_projects_own_workflows_keep_the_same_rules(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
    uses = re.findall(r"uses: (.*)", text)
    assert uses
    assert set(uses) <= set(ACTIONS.values())
    assert "bash .ci/run" in text
