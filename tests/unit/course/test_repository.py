"""What git says of a course."""

import subprocess
from pathlib import Path

import pytest

from grader.course.repository import remote_url, require_committed, resolve_revision
from grader.errors import UsageError


def _git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", *identity, "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    _git(folder, "init", "--quiet")
    (folder / "a.txt").write_text("a", encoding="utf-8")
    _git(folder, "add", ".")
    _git(folder, "commit", "--quiet", "-m", "first")
    _git(folder, "tag", "v1.0")
    return folder


def test_a_name_becomes_the_number_of_its_commit(repository: Path) -> None:
    commit = _git(repository, "rev-parse", "HEAD")
    for name in (None, "v1.0", "HEAD"):
        found = resolve_revision(repository, name)
        assert (found.commit, found.name) == (commit, name or "")
        assert not found.has_changes


def test_changes_that_are_not_committed_are_noticed(repository: Path) -> None:
    (repository / "b.txt").write_text("b", encoding="utf-8")
    assert resolve_revision(repository, None).has_changes


def test_a_full_number_needs_no_repository(tmp_path: Path) -> None:
    assert resolve_revision(tmp_path, "0" * 40).commit == "0" * 40


@pytest.mark.parametrize("name", [None, "v9", "--output=x", "0" * 39])
def test_what_git_does_not_know_is_wrong_usage(tmp_path: Path, name: str | None) -> None:
    with pytest.raises(UsageError, match="commit") as caught:
        resolve_revision(tmp_path, name)
    assert "--ref" in caught.value.hint


@pytest.mark.parametrize(
    ("remote", "url"),
    [
        ("https://github.com/org/course.git", "https://github.com/org/course"),
        ("https://somebody:token@github.com/org/course", "https://github.com/org/course"),
        ("git@github.com:org/course.git", "https://github.com/org/course"),
        ("ssh://git@gitlab.example.org:2222/group/sub/course.git", "https://gitlab.example.org/group/sub/course"),
        ("/srv/git/course.git", ""),
    ],
)
def test_an_origin_becomes_an_address_without_credentials(repository: Path, remote: str, url: str) -> None:
    _git(repository, "remote", "add", "origin", remote)
    assert remote_url(repository) == url


def test_without_an_origin_there_is_no_address(repository: Path, tmp_path: Path) -> None:
    assert remote_url(repository) == ""
    assert remote_url(tmp_path) == ""


def test_a_course_may_lie_below_the_top_of_its_repository(repository: Path) -> None:
    (repository / "teaching").mkdir()
    assert resolve_revision(repository / "teaching", None).place == "teaching"
    assert resolve_revision(repository, None).place == ""


def test_what_is_not_committed_is_noticed_before_a_job_misses_it(repository: Path) -> None:
    (repository / "b.txt").write_text("b", encoding="utf-8")
    revision = resolve_revision(repository, None)
    require_committed(repository, revision, ["a.txt"])
    with pytest.raises(UsageError, match=r"does not hold b\.txt"):
        require_committed(repository, revision, ["a.txt", "b.txt"])


def test_a_commit_of_another_repository_is_believed(repository: Path, tmp_path: Path) -> None:
    other = resolve_revision(repository, "1" * 40)
    require_committed(repository, other, ["b.txt"])
    require_committed(tmp_path, other, ["b.txt"])
