"""Hosts that grade, as far as a kit can see them: what they put into folders and variables, and what they obey."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

SECONDS = 300

_SHIM = """\
#!/usr/bin/env bash
# Python, but for two things that need the network or much time: pip notes what it was asked for, venv makes a link.
arguments=("$@")
for ((i = 0; i < $#; i++)); do
    if [ "${{arguments[i]}}" = -m ]; then
        case "${{arguments[i + 1]}}" in
            pip) echo "${{arguments[@]}}" >>"{log}"; exit 0 ;;
            venv) folder=${{arguments[-1]}}; mkdir -p "$folder/bin"; cp "{shim}" "$folder/bin/python"; exit 0 ;;
            grader) break ;;
        esac
    fi
done
exec "{python}" "$@"
"""
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


@dataclass
class Tools:
    """A folder for `PATH` with a Python in it that installs nothing: the grader under test is there already."""

    folder: Path

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        self.pip_log = self.folder / "pip.log"
        shim = self.folder / "python"
        shim.write_text(_SHIM.format(log=self.pip_log, shim=shim, python=sys.executable), encoding="utf-8")
        shim.chmod(0o755)
        for name in ("python3", f"python{sys.version_info.major}.{sys.version_info.minor}"):
            shutil.copy2(shim, self.folder / name)

    @property
    def path(self) -> str:
        """The value of `PATH`."""
        return f"{self.folder}:/usr/local/bin:/usr/bin:/bin"

    @property
    def installed(self) -> list[str]:
        """What pip was called with, one line each."""
        return self.pip_log.read_text(encoding="utf-8").splitlines() if self.pip_log.exists() else []


@dataclass
class StepResult:
    """What a step of a job left."""

    status: int
    log: str
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)


class GitHubJob:
    """Runs the steps of a workflow's only job, for one entry of its matrix. Actions are played, scripts are run."""

    def __init__(self, root: Path, workflow: Path, *, course: Path, student: Path, tools: Tools) -> None:
        self.workflow: dict[Any, Any] = yaml.safe_load(workflow.read_text(encoding="utf-8"))
        (self.job,) = self.workflow["jobs"].values()
        self.workspace = root / "work" / "alice-homework" / "alice-homework"
        self.artifacts = root / "artifacts"
        self.results: dict[str, StepResult] = {}
        self.failed = False
        self._root, self._course, self._student, self._tools = root, course, student, tools

    def run(self, **matrix: str) -> "GitHubJob":
        """Run all steps."""
        self.workspace.mkdir(parents=True)
        for step in self.job["steps"]:
            if self.failed and "cancelled" not in step.get("if", ""):
                continue
            filled = _filled(step, {f"matrix.{name}": value for name, value in matrix.items()})
            if "uses" in filled:
                self._play(filled["uses"].partition("@")[0], filled.get("with", {}))
            else:
                result = self.results[step["name"]] = self._script(filled)
                self.failed = self.failed or result.status != 0
        return self

    def _play(self, action: str, given: Mapping[str, str]) -> None:
        match action:
            case "actions/checkout":
                source = self._course if "repository" in given else self._student
                shutil.copytree(source, self.workspace / given["path"], symlinks=True)
            case "actions/setup-python":
                assert given["python-version"]
            case "actions/upload-artifact":
                found = self.workspace / given["path"]
                assert found.is_dir() or given["if-no-files-found"] == "ignore"
                if found.is_dir():
                    shutil.copytree(found, self.artifacts / given["name"])
            case _:
                raise AssertionError(f"nobody knows {action}")

    def _script(self, step: Mapping[str, Any]) -> StepResult:
        summary, output = self._root / "summary.md", self._root / "output.txt"
        for file in (summary, output):
            file.write_text("", encoding="utf-8")
        script = self._root / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        environment = {
            "PATH": self._tools.path,
            "HOME": str(self._root),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_REPOSITORY": "org/alice-homework",
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_OUTPUT": str(output),
            "SECRET_TOKEN": "t0k3n",
            **step.get("env", {}),
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],  # noqa: S607 - whichever there is
            cwd=self.workspace,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
        return StepResult(
            status=done.returncode,
            log=done.stdout.decode(),
            summary=summary.read_text(encoding="utf-8"),
            outputs=dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines()),
        )


def obeyed_commands(log: str) -> list[tuple[str, str]]:
    """Return the commands in a log that GitHub's runner obeys, each as (name, the rest)."""
    found: list[tuple[str, str]] = []
    stopped_until = ""
    for line in log.splitlines():
        text = line.lstrip()
        if stopped_until:
            if text == f"::{stopped_until}::":
                stopped_until = ""
            continue
        if match := re.fullmatch(r"::([\w-]+)(?: [^:]*(?::(?!:)[^:]*)*)?::(.*)", text):
            if match[1] == "stop-commands":
                stopped_until = match[2]
            found.append((match[1], text))
        elif re.search(r"##\[\w", line):
            found.append(("old", line))
    assert not stopped_until, "commands were stopped and never allowed again"
    return found


def gitlab_job(
    root: Path, pipeline: Path, name: str, *, student: Path, tools: Tools, remotes: Mapping[str, Path]
) -> tuple[StepResult, Path]:
    """Run a job of a pipeline in a checkout of the student's; return its log and its artifacts.

    `remotes` are the repositories that stand for addresses.
    """
    jobs: dict[str, Any] = yaml.safe_load(pipeline.read_text(encoding="utf-8"))
    job = {**jobs.get(jobs[name].get("extends"), {}), **jobs[name]}
    checkout = root / "builds" / "alice" / "homework"
    shutil.copytree(student, checkout, symlinks=True)
    redirected = {
        "GIT_CONFIG_COUNT": str(len(remotes)),
        **{
            key: value
            for i, (address, folder) in enumerate(remotes.items())
            for key, value in ((f"GIT_CONFIG_KEY_{i}", f"url.{folder}.insteadOf"), (f"GIT_CONFIG_VALUE_{i}", address))
        },
    }
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join([*job["before_script"], *job["script"]])],  # noqa: S607 - whichever there is
        cwd=checkout,
        env={
            "PATH": tools.path,
            "HOME": str(root),
            "CI_PROJECT_DIR": str(checkout),
            "CI_PROJECT_PATH": "course/alice-homework",
            "CI_JOB_TOKEN": "t0k3n",
            **redirected,
            **job["variables"],
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=SECONDS,
        check=False,
    )
    (folder,) = job["artifacts"]["paths"]
    return StepResult(status=done.returncode, log=done.stdout.decode()), checkout / folder


class GradescopeImage:
    """The folders of an autograder: built once, then one submission after the other."""

    def __init__(self, root: Path, kit: Path, tools: Tools) -> None:
        self.root = root / "autograder"
        self.results = self.root / "results" / "results.json"
        self._tools = tools
        self._source = self.root / "source"
        for folder in (self._source, self.root / "submission", self.results.parent):
            folder.mkdir(parents=True)
        with zipfile.ZipFile(kit) as packed:
            for entry in packed.infolist():
                # zipfile drops the permissions, which count here.
                Path(packed.extract(entry, self._source)).chmod(entry.external_attr >> 16 & 0o777)
        shutil.copy2(self._source / "run_autograder", self.root / "run_autograder")

    def build(self) -> StepResult:
        """Run `setup.sh`, as the image's build does."""
        return self._run([str(self._source / "setup.sh")])

    def grade(self, submission: Path, metadata: str | None) -> StepResult:
        """Run the autograder on a submission; the result is in `results` then."""
        shutil.rmtree(self.root / "submission")
        shutil.copytree(submission, self.root / "submission", symlinks=True)
        if metadata is not None:
            (self.root / "submission_metadata.json").write_text(metadata, encoding="utf-8")
        self.results.unlink(missing_ok=True)
        return self._run([str(self.root / "run_autograder")])

    def _run(self, command: list[str]) -> StepResult:
        done = subprocess.run(
            command,
            cwd=self.root,
            env={**_only_path(self._tools), "AUTOGRADER_ROOT": str(self.root)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
        return StepResult(status=done.returncode, log=done.stdout.decode())


def classroom50_run(root: Path, bundle: Path, student: Path, tools: Tools) -> tuple[StepResult, Path]:
    """Run an autograder in a student's checkout, as Classroom 50's runner does; return its log and the checkout."""
    checkout = root / "checkout"
    shutil.copytree(student, checkout, symlinks=True)
    output = root / "output.txt"
    output.write_text("", encoding="utf-8")
    temporary = root / "temporary"
    temporary.mkdir()
    # The script installs into an environment that it makes with its own Python: here, with the one that only notes it.
    start = "import runpy, sys; sys.executable = sys.argv[1]; runpy.run_path(sys.argv[2], run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", start, str(tools.folder / "python"), str(bundle / "autograder.py")],
        cwd=checkout,
        env={
            **_only_path(tools),
            "RUNNER_TEMP": str(temporary),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_TOKEN": "t0k3n",
            "CLASSROOM": "deep-learning",
            "ASSIGNMENT": "homework-1",
            "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
            "COMMIT_URL": "https://github.com/org/dl-homework-1-alice/commit/a1b2c3d",
            "RELEASE_URL": "https://github.com/org/dl-homework-1-alice/releases/tag/submit%2F2026",
            "REVIEW_URL": "https://github.com/org/dl-homework-1-alice/compare/0...a1b2c3d",
            "USERNAME": "alice",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=SECONDS,
        check=False,
    )
    outputs = dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
    return StepResult(status=done.returncode, log=done.stdout.decode(), outputs=outputs), checkout


def _only_path(tools: Tools) -> dict[str, str]:
    return {"PATH": tools.path, "HOME": os.devnull}


def _filled(step: Any, values: Mapping[str, str]) -> Any:
    if isinstance(step, str):
        return _EXPRESSION.sub(lambda match: values.get(match[1], match[0]), step)
    if isinstance(step, dict):
        return {key: _filled(value, values) for key, value in step.items()}
    return [_filled(item, values) for item in step] if isinstance(step, list) else step
